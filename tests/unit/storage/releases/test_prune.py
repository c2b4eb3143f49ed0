"""Pruning, also beside a publish (shopwright.storage.releases.announce)."""

import os
import time

import pytest

from shopwright.errors import StorageError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases import announce
from shopwright.storage.releases import prune as module
from shopwright.storage.releases.announce import ABANDONED, STALE, PruneLock, announced
from shopwright.storage.releases.document import read_release, release_key
from shopwright.storage.releases.listing import kept_releases
from shopwright.storage.releases.pointer import live_pointer
from shopwright.storage.releases.prune import prune
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.rollback import rollback
from shopwright.storage.releases.verify import verify


@pytest.fixture
def four(make_site, objects, signer):
    texts = ("one", "two", "three", "four")
    return [publish(make_site(index_dot_html=text), objects, signer).release for text in texts]


def kept(objects):
    return [each.release for each in kept_releases(objects)]


def test_the_newest_and_the_live_one_stay(objects, trust, four):
    rollback(objects, trust, four[0])
    done = prune(objects, 2)
    assert set(done.releases) == {four[1], four[2]}
    assert (done.files, done.bytes) == (2, len("two") + len("three"))
    assert set(done.kept) == {four[0], four[3]} == set(kept(objects))
    assert verify(objects, trust).sound
    assert prune(objects, 2).files == 0


def test_one_is_always_left(objects, trust, four):
    assert prune(objects, 1).kept == (four[3],)
    assert verify(objects, trust).sound
    with pytest.raises(StorageError, match="there is no such release"):
        rollback(objects, trust)


def test_nothing_is_pruned_where_nothing_is_published(objects):
    with pytest.raises(StorageError, match="nothing is published there"):
        prune(objects, 1)
    assert list(objects.list("")) == []


def test_what_a_stopped_publish_left_is_removed(objects, trust, four):
    objects.write(f"blobs/{'0' * 64}", b"left")
    assert prune(objects, 9).files == 1


def test_nothing_is_removed_while_a_kept_release_cannot_be_read(objects, four):
    objects.write(release_key(four[3]), b"damaged")
    with pytest.raises(StorageError, match="not what its name says"):
        prune(objects, 1)
    assert len(list(objects.list("blobs/"))) == 10
    assert objects.find("prune-lock") is None


def test_what_is_being_published_stays(make_site, objects, signer, trust, four, monkeypatch):
    """A prune in the middle of a publish: after the blobs are there, before the release is known."""
    from shopwright.storage.releases import publish as publishing

    show, done = publishing.show_tree, []

    def meanwhile(*arguments):
        done.append(prune(objects, 1))
        show(*arguments)

    monkeypatch.setattr(publishing, "show_tree", meanwhile)
    five = publish(make_site(index_dot_html="five"), objects, signer)
    assert done[0].kept == (four[3],)
    assert five.release in kept(objects)
    assert verify(objects, trust).sound


def test_a_rollback_under_way_is_kept(objects, trust, four):
    with announced(objects, four[0]):
        assert four[0] not in prune(objects, 1).releases
    assert rollback(objects, trust, four[0]).release == four[0]


def test_an_announced_release_that_is_gone_is_no_trouble(objects, four):
    with announced(objects, "0" * 20):
        assert len(prune(objects, 1).kept) == 1


def test_two_prunes_do_not_work_at_once(objects, four):
    with PruneLock(objects), pytest.raises(StorageError, match="another prune of this target is at work"):
        prune(objects, 1)
    assert len(prune(objects, 1).kept) == 1


def test_of_two_that_begin_at_once_one_wins(objects, monkeypatch):
    monkeypatch.setattr(type(objects), "write_if", lambda *_: False)
    with pytest.raises(StorageError, match="another prune has just begun"), PruneLock(objects):
        pass


def test_a_publisher_waits_for_the_end_of_a_prune(make_site, objects, signer, monkeypatch):
    monkeypatch.setattr(announce, "PATIENCE", 0.1)
    monkeypatch.setattr(announce, "_PAUSE", 0.05)
    lock = PruneLock(objects)
    with lock:
        lock.renew()
        with pytest.raises(StorageError, match="files of this target are being pruned"):
            publish(make_site(), objects, signer)
    assert list(objects.list("publishing/")) == []
    assert publish(make_site(), objects, signer).uploaded == 6


def test_a_prune_that_lost_its_lock_stops(objects, monkeypatch):
    with PruneLock(objects) as lock:
        objects.write("prune-lock", b"another's")
        with pytest.raises(StorageError, match="took too long and was stopped"):
            lock.renew()
    with PruneLock(objects) as lock:
        late = time.monotonic() + STALE + 1
        monkeypatch.setattr(announce.time, "monotonic", lambda: late)
        with pytest.raises(StorageError, match="took too long"):
            lock.renew()


def test_what_dead_processes_left_is_nobody_s(make_site, tmp_path, signer):
    objects = FolderObjects(tmp_path / "target")
    release = publish(make_site(), objects, signer).release
    objects.write("prune-lock", b"dead")
    objects.write(f"publishing/{'0' * 20}-1", b"")
    old = time.time() - STALE - 60
    os.utime(objects.root / "prune-lock", (old, old))
    assert publish(make_site(index_dot_html="new"), objects, signer).uploaded == 1
    old = time.time() - ABANDONED - 60
    os.utime(objects.root / f"publishing/{'0' * 20}-1", (old, old))
    assert prune(objects, 1).releases == (release,)
    assert list(objects.list("publishing/")) == []


def test_a_folder_s_trees_and_drafts_go_too(make_site, tmp_path, signer):
    objects = FolderObjects(tmp_path / "target")
    publish(make_site(), objects, signer)
    done = publish(make_site(index_dot_html="new"), objects, signer)
    drafts = [objects.drafts() / name for name in ("old", "new")]
    for draft in drafts:
        draft.mkdir()
    os.utime(drafts[0], (0, 0))
    prune(objects, 1)
    assert [draft.name for draft in objects.drafts().iterdir()] == ["new"]
    assert [tree.name for tree in (objects.root / "trees").iterdir()] == [done.release]
    assert (objects.root / "live/index.html").read_text() == "new"


def test_batches_renew_the_lock(objects, four, monkeypatch):
    monkeypatch.setattr(module, "_BATCH", 2)
    renewed = []
    renew = PruneLock.renew
    monkeypatch.setattr(PruneLock, "renew", lambda self: renewed.append(renew(self)))
    prune(objects, 1)
    assert len(renewed) == 3
    assert read_release(objects, live_pointer(objects).release, None)
