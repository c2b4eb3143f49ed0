"""Damage is found and repaired."""

import pytest

from shopwright.errors import StorageError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.document import read_release, release_key
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import Trust
from shopwright.storage.releases.verify import Verified, repair, verify


@pytest.fixture
def release(make_site, objects, signer, trust):
    return read_release(objects, publish(make_site(), objects, signer).release, trust)


def test_a_sound_target(objects, trust, release):
    assert verify(objects, trust) == Verified(1, 7)
    assert Verified(1, 7).sound


def test_missing_and_corrupt_files_are_found_and_repaired(make_site, objects, trust, release):
    objects.delete([release.files["index.html"].blob.key])
    objects.write(release.files["assets/a.avif"].blob.key, b"AVIF")  # the same length
    objects.write(release.files["assets/site.0123.css"].encodings["br"].key, b"")
    found = verify(objects, trust)
    assert (found.missing, found.corrupt) == (("index.html",), ("assets/a.avif", "assets/site.0123.css"))
    assert not found.sound
    done = repair(objects, trust, make_site("copy", sw_dot_js="other"))
    assert done.repaired == ("assets/a.avif", "assets/site.0123.css", "index.html")
    assert done.sound
    assert verify(objects, trust) == Verified(1, 7)


def test_what_the_folder_does_not_hold_stays_lost(make_site, objects, trust, release):
    objects.delete([release.files["index.html"].blob.key])
    done = repair(objects, trust, make_site("copy", index_dot_html="other"))
    assert (done.missing, done.repaired, done.sound) == (("index.html",), (), False)


def test_releases_that_are_damaged_or_of_strangers_are_named(objects, trust, release):
    stranger = Trust([])
    found = verify(objects, stranger)
    assert found.refused[0].startswith(f"{release.id}: it is signed with the key")
    assert not found.sound
    objects.delete([release_key(release.id)])
    assert verify(objects, trust).refused == (f"{release.id}: there is no such release.",)


def test_where_nothing_is_published_there_is_nothing_to_verify(objects, trust):
    with pytest.raises(StorageError, match="nothing is published there"):
        verify(objects, trust)


def test_a_web_server_s_tree_is_repaired_too(make_site, tmp_path, signer, trust):
    objects = FolderObjects(tmp_path / "target")
    publish(make_site(), objects, signer)
    page = objects.root / "live/index.html"
    page.write_text("defaced")  # and so the blob, which is the same file
    assert verify(objects, trust).corrupt == ("index.html",)
    assert repair(objects, trust, make_site()).sound
    assert page.read_text() == "<h1>home</h1>"
