"""What folders and buckets promise alike (shopwright.storage.objects.stored)."""

import threading
import time

import pytest

from shopwright.errors import StorageError


def test_what_was_written_is_read(objects):
    assert objects.read("a/b") is None
    assert objects.find("a/b") is None
    objects.write("a/b", b"one", {"Content-Type": "text/html", "Cache-Control": "no-cache"})
    objects.write("a/b", b"three")
    assert objects.read("a/b").data == b"three"
    found = objects.find("a/b")
    assert (found.key, found.size) == ("a/b", 5)
    assert abs(found.modified - time.time()) < 60


def test_only_what_is_below_a_folder_is_listed(objects):
    for key in ("blobs/1", "blobs/2", "blobsx/3", "blobs/deep/4"):
        objects.write(key, key.encode())
    assert {stored.key: stored.size for stored in objects.list("blobs/")} == {
        "blobs/1": 7,
        "blobs/2": 7,
        "blobs/deep/4": 12,
    }
    assert list(objects.list("nothing/")) == []


def test_what_is_deleted_is_gone_and_what_is_not_there_is_no_error(objects):
    objects.write("a", b"1")
    objects.delete(["a", "b"])
    objects.delete([])
    assert objects.read("a") is None


def test_a_write_compares_with_what_was_seen(objects):
    assert objects.write_if("pointer", b"1", None)
    assert not objects.write_if("pointer", b"2", None)
    first = objects.read("pointer").version
    assert objects.write_if("pointer", b"2", first)
    assert not objects.write_if("pointer", b"3", first)
    assert objects.read("pointer").data == b"2"
    assert not objects.write_if("other", b"1", first)


def test_of_many_at_once_one_wins(objects):
    won = []
    start = threading.Barrier(8)

    def write(number):
        start.wait()
        if objects.write_if("pointer", b"%d" % number, None):
            won.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert objects.read("pointer").data == b"%d" % won[0]


def test_large_objects_are_not_read(objects):
    objects.write("large", b"x" * 101)
    assert len(objects.read("large", 101).data) == 101
    with pytest.raises(StorageError, match=r"large: it is larger than 100 bytes"):
        objects.read("large", 100)
