"""Rolling back, the list of what is kept, and folders as web servers read them.

(shopwright.storage.releases.listing, shopwright.storage.releases.live_folder)
"""

import pytest

from shopwright.errors import StorageError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases import live_folder
from shopwright.storage.releases.document import read_release, release_key
from shopwright.storage.releases.listing import kept_releases
from shopwright.storage.releases.pointer import live_pointer
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.rollback import rollback


@pytest.fixture
def three(make_site, objects, signer):
    """Ids of three releases, the last one live."""
    return [publish(make_site(index_dot_html=text), objects, signer).release for text in ("one", "two", "three")]


def test_the_one_before_is_live_again(objects, trust, three):
    one, two, three_ = three
    assert rollback(objects, trust).order() == (two, three_, one)
    assert live_pointer(objects).release == two
    assert rollback(objects, trust).release == three_


def test_any_kept_release_can_be_named(objects, trust, three):
    assert rollback(objects, trust, three[0]).order() == (three[0], three[2], three[1])
    assert rollback(objects, trust, three[0]).order() == (three[0], three[2], three[1])


@pytest.mark.parametrize("name", ["x", "../../current", "0" * 20])
def test_what_is_no_release_is_told(objects, trust, three, name):
    with pytest.raises(StorageError, match=r"is no release|there is no such release"):
        rollback(objects, trust, name)
    assert live_pointer(objects).release == three[2]


def test_the_first_release_has_none_before(make_site, objects, signer, trust):
    publish(make_site(), objects, signer)
    with pytest.raises(StorageError, match="no release was live before"):
        rollback(objects, trust)


def test_a_release_that_lacks_a_file_is_not_made_live(objects, trust, three):
    blob = read_release(objects, three[1], trust).files["index.html"].blob
    objects.delete([blob.key])
    with pytest.raises(StorageError, match="lacks 1 of its files"):
        rollback(objects, trust)
    assert live_pointer(objects).release == three[2]
    assert list(objects.list("publishing/")) == []


def test_a_release_that_was_changed_is_not_made_live(objects, trust, three):
    document = objects.read(release_key(three[1])).data
    objects.write(release_key(three[1]), document.replace(b"text/html", b"text/evil"))
    with pytest.raises(StorageError, match="not what its name says"):
        rollback(objects, trust)


def test_the_list_has_the_live_one_first(objects, trust, three):
    rollback(objects, trust)
    listed = kept_releases(objects)
    assert [(each.release, each.live) for each in listed] == [(three[1], True), (three[2], False), (three[0], False)]
    assert [each.files for each in listed] == [6, 6, 6]
    assert listed[0].bytes == listed[2].bytes
    assert listed[0].published.endswith("+00:00")


def test_damaged_and_forgotten_releases_are_listed_too(objects, three):
    objects.write(release_key(three[0]), b"x")
    objects.write(release_key("0" * 20), b"x")
    assert [(each.release, each.files) for each in kept_releases(objects)] == [
        (three[2], 6),
        (three[1], 6),
        (three[0], 0),
        ("0" * 20, 0),
    ]


def test_a_folder_shows_the_release_and_the_files_of_the_one_before(make_site, tmp_path, signer, trust):
    objects = FolderObjects(tmp_path / "target")
    publish(make_site(), objects, signer)
    publish(make_site(assets__new_dot_1_dot_js="new", index_dot_html="new"), objects, signer)
    rollback(objects, trust)
    live = tmp_path / "target/live"
    assert (live / "index.html").read_text() == "<h1>home</h1>"
    assert (live / "assets/new.1.js").read_text() == "new"


def test_the_link_follows_the_pointer_whoever_comes_last(make_site, tmp_path, signer):
    objects = FolderObjects(tmp_path / "target")
    live_folder.switch_link(objects)
    assert not (tmp_path / "target/live").exists()
    done = publish(make_site(), objects, signer)
    (tmp_path / "target/live").unlink()
    live_folder.switch_link(objects)
    assert (tmp_path / "target/live").readlink().name == done.release


def test_a_tree_that_another_publisher_made_first_is_used(make_site, tmp_path, signer, trust, monkeypatch):
    objects = FolderObjects(tmp_path / "target")
    done = publish(make_site(), objects, signer)
    release = read_release(objects, done.release, trust)
    tree = tmp_path / "target/trees" / done.release
    monkeypatch.setattr(type(tree), "is_dir", lambda self: self != tree or bool(made))
    made = []
    rename = type(tree).rename

    def second(self, target):
        made.append(target)
        return rename(self, target)

    monkeypatch.setattr(type(tree), "rename", second)
    live_folder.show_tree(objects, release, [])
    assert made == [tree]


def test_a_tree_that_cannot_be_made_is_told(make_site, tmp_path, signer, monkeypatch):
    objects = FolderObjects(tmp_path / "target")

    def refuse(_self, _target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "rename", refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        publish(make_site(), objects, signer)
