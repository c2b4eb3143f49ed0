"""Publishing, to folders and to buckets (shopwright.storage.releases.upload, shopwright.storage.releases.pointer)."""

import hashlib

import pytest

from shopwright.errors import StorageError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases import publish as module
from shopwright.storage.releases import upload as upload_module
from shopwright.storage.releases.document import read_release, release_key
from shopwright.storage.releases.pointer import KEY, Pointer, live_pointer, read_pointer, sequence_of, switch
from shopwright.storage.releases.publish import publish


def live_text(objects, trust, path="index.html"):
    """What a visitor reads now, the hard way: pointer, document, blob."""
    release = read_release(objects, live_pointer(objects).release, trust)
    return objects.read(release.files[path].blob.key).data.decode()


def test_the_first_publish_brings_everything(make_site, objects, signer, trust):
    calls = []
    done = publish(make_site(), objects, signer, progress=lambda *counts: calls.append(counts))
    assert (done.files, done.uploaded) == (6, 6)
    assert calls[-1] == (7, 7)  # the style is also sent compressed
    assert live_text(objects, trust) == "<h1>home</h1>"
    assert live_pointer(objects) == done.pointer == Pointer(done.release)
    assert list(objects.list("publishing/")) == []


def test_the_same_site_is_the_same_release_and_nothing_is_sent(make_site, objects, signer):
    first = publish(make_site(), objects, signer)
    again = publish(make_site("copy"), objects, signer)
    assert (again.release, again.uploaded, again.bytes_uploaded, again.pointer) == (first.release, 0, 0, first.pointer)


def test_only_what_changed_is_sent(make_site, objects, signer, trust):
    first = publish(make_site(), objects, signer)
    done = publish(make_site(index_dot_html="new", copy_dot_html="new"), objects, signer)
    assert (done.files, done.uploaded, done.bytes_uploaded) == (7, 1, 3)
    assert done.pointer == Pointer(done.release, (first.release,), 2)
    assert live_text(objects, trust) == "new"


def test_who_was_overtaken_before_it_began_publishes_nothing(make_site, objects, signer, trust):
    before = sequence_of(read_pointer(objects)[0])
    publish(make_site(index_dot_html="faster"), objects, signer, after=before)
    with pytest.raises(StorageError, match="another release was made live meanwhile"):
        publish(make_site(index_dot_html="overtaken"), objects, signer, after=before)
    assert live_text(objects, trust) == "faster"
    publish(make_site(index_dot_html="next"), objects, signer, after=before + 1)
    assert live_text(objects, trust) == "next"


def test_what_lies_at_the_target_is_what_its_name_says(make_site, objects, signer):
    publish(make_site(), objects, signer)
    for stored in objects.list("blobs/"):
        assert hashlib.sha256(objects.read(stored.key).data).hexdigest() == stored.key.removeprefix("blobs/")


def test_a_truncated_blob_or_document_is_sent_again(make_site, objects, signer, trust):
    done = publish(make_site(), objects, signer)
    blob = read_release(objects, done.release, trust).files["index.html"].blob
    objects.write(blob.key, b"<h1>")
    objects.write(release_key(done.release), b"half")
    assert publish(make_site(), objects, signer).uploaded == 1
    assert live_text(objects, trust) == "<h1>home</h1>"


def test_a_stopped_publish_changes_nothing_and_the_next_goes_on(make_site, objects, signer, trust, monkeypatch):
    publish(make_site(), objects, signer)
    later = make_site(**{f"p{number}_dot_html": f"page {number}" for number in range(40)}, index_dot_html="new")
    write, sent = type(objects).write, []

    def failing(self, key, data, headers=None):
        if key.startswith("blobs/"):
            if len(sent) >= 10:
                raise StorageError("the network is gone.", where=key)
            sent.append(key)
        write(self, key, data, headers)

    monkeypatch.setattr(type(objects), "write", failing)
    with pytest.raises(StorageError, match="the network is gone"):
        publish(later, objects, signer)
    assert live_text(objects, trust) == "<h1>home</h1>"
    monkeypatch.setattr(type(objects), "write", write)
    assert publish(later, objects, signer).uploaded == 41 - 10
    assert live_text(objects, trust) == "new"


def test_of_two_publishers_one_wins_and_the_other_says_so(make_site, objects, signer, trust, monkeypatch):
    publish(make_site(), objects, signer)
    show = module.show_tree
    other = make_site("other", index_dot_html="theirs")
    done = []

    def meanwhile(*arguments):
        if not done:
            done.append(None)
            done.append(publish(other, objects, signer))
        show(*arguments)

    monkeypatch.setattr(module, "show_tree", meanwhile)
    with pytest.raises(StorageError, match=r"another publisher made release \w+ live meanwhile, so \w+ is not live"):
        publish(make_site(index_dot_html="mine"), objects, signer)
    assert live_text(objects, trust) == "theirs"
    assert live_pointer(objects).release == done[1].release


def test_two_publishers_of_the_same_site_agree(make_site, objects, signer):
    release = publish(make_site(), objects, signer).release
    assert switch(objects, release, (None, None)).release == release


def test_a_pointer_that_is_none_is_not_overwritten(make_site, objects, signer):
    for data in (b"text", b"[]", b'{"release":"../x","before":[],"sequence":1}', b'{"release":1}'):
        objects.write(KEY, data)
        with pytest.raises(StorageError, match="no pointer to a release"):
            publish(make_site(), objects, signer)


def test_before_the_first_release_there_is_no_pointer(objects):
    assert read_pointer(objects) == (None, None)
    with pytest.raises(StorageError, match=r"nothing is published there\. Run shopwright publish first"):
        live_pointer(objects)


def test_the_pointer_remembers_each_release_once_and_not_for_ever():
    pointer = Pointer("a")
    for name in ("b", "a", "c", *map(str, range(200))):
        pointer = pointer.switched(name)
    assert pointer.sequence == 204
    assert len(pointer.before) == 100
    assert Pointer("a").switched("b").switched("a") == Pointer("a", ("b",), 3)


def test_a_folder_is_ready_for_any_web_server(make_site, tmp_path, signer):
    objects = FolderObjects(tmp_path / "target")
    first = publish(make_site(assets__old_dot_1_dot_js="old"), objects, signer)
    live = tmp_path / "target" / "live"
    assert (live / "index.html").read_text() == "<h1>home</h1>"
    assert (live / "assets/site.0123.css.br").is_file()
    assert not (live / ".shopwright").exists()
    before = live.readlink()
    done = publish(make_site(assets__old_dot_1_dot_js=None, index_dot_html="new"), objects, signer)
    assert (live / "index.html").read_text() == "new"
    assert (live / "assets/old.1.js").read_text() == "old"  # pages that are still open need it
    assert (live.readlink().name, before.name) == (done.release, first.release)
    assert list((tmp_path / "target" / ".drafts").iterdir()) == []


def test_a_tree_of_copies_where_links_are_not_possible(make_site, tmp_path, signer, monkeypatch):
    def refuse(_self, _target):
        raise OSError(18, "Invalid cross-device link")

    objects = FolderObjects(tmp_path / "target")
    monkeypatch.setattr(type(tmp_path), "hardlink_to", refuse)
    publish(make_site(), objects, signer)
    assert (tmp_path / "target/live/index.html").read_text() == "<h1>home</h1>"


def test_an_interrupt_stops_the_uploads(make_site, objects, signer, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(make_site(), objects, signer, progress=interrupted)
    assert read_pointer(objects) == (None, None)
    assert list(objects.list("publishing/")) == []
    assert upload_module.AT_ONCE == 16
