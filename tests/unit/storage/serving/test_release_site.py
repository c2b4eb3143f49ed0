"""A published target as a site."""

import pytest

from shopwright.errors import StorageError
from shopwright.storage.delivery import surrogate_key
from shopwright.storage.releases.document import read_release, release_key
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import Trust
from shopwright.storage.serving import release_site as module
from shopwright.storage.serving.release_site import ReleaseSite


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(module, "FRESH", 0.0)


def text(site, path):
    found = site.find(path)
    if found is None:
        return None
    with found.identity.opened() as file:
        return file.read().decode()


def test_the_live_release_is_served_with_its_headers(make_site, objects, signer, trust):
    release = publish(
        make_site(_headers="/de/\n  A: 1\n", _redirects="/old/ /new/ 301"), objects, signer, "/shops/luna"
    )
    site = ReleaseSite(objects, trust)
    assert site.base == "/shops/luna"
    assert text(site, "de/index.html") == "<h1>Start</h1>"
    found = site.find("de/index.html")
    assert found.headers["A"] == "1"
    assert found.headers["Surrogate-Key"] == surrogate_key("de/index.html")
    assert found.identity.etag.startswith('"')
    assert site.find("assets/site.0123.css").encodings["br"].etag.endswith('-br"')
    assert site.find("gone") is None
    assert site.redirect("/old/").location == "/new/"
    assert release.files == 6


def test_a_switch_is_seen_and_hashed_files_of_before_stay(make_site, objects, signer, trust):
    publish(make_site(assets__old_dot_1_dot_js="old", old_dot_html="old"), objects, signer)
    site = ReleaseSite(objects, trust)
    assert text(site, "old.html") == "old"
    publish(make_site(assets__old_dot_1_dot_js=None, old_dot_html=None, index_dot_html="new"), objects, signer)
    assert text(site, "index.html") == "new"
    assert text(site, "old.html") is None
    assert text(site, "assets/old.1.js") == "old"
    assert text(site, "assets/gone.1.js") is None
    for number in range(5):
        publish(make_site(index_dot_html=f"newer {number}"), objects, signer)
    assert text(site, "assets/old.1.js") is None


def test_a_release_before_that_is_pruned_is_passed_over(make_site, objects, signer, trust):
    first = publish(make_site(assets__old_dot_1_dot_js="old"), objects, signer)
    publish(make_site(assets__old_dot_1_dot_js=None, index_dot_html="new"), objects, signer)
    objects.delete([release_key(first.release)])
    assert text(ReleaseSite(objects, trust), "assets/old.1.js") is None


def test_the_pointer_is_not_asked_for_each_request(make_site, objects, signer, trust, monkeypatch):
    publish(make_site(), objects, signer)
    site = ReleaseSite(objects, trust)
    monkeypatch.setattr(module, "FRESH", 60.0)
    publish(make_site(index_dot_html="new"), objects, signer)
    assert text(site, "index.html") == "<h1>home</h1>"


def test_nothing_untrusted_or_damaged_is_served(make_site, objects, signer, trust):
    done = publish(make_site(), objects, signer)
    with pytest.raises(StorageError, match="is not trusted"):
        ReleaseSite(objects, Trust([]))
    site = ReleaseSite(objects, trust)
    blob = read_release(objects, done.release, trust).files["index.html"].blob
    objects.write(blob.key, b"<h1>evil</h1>")
    with pytest.raises(StorageError, match="missing or corrupt"):
        text(site, "index.html")
    objects.delete([blob.key])
    with pytest.raises(StorageError, match="missing or corrupt"):
        text(site, "index.html")


def test_nothing_is_served_where_nothing_is_published(objects, trust):
    with pytest.raises(StorageError, match="nothing is published there"):
        ReleaseSite(objects, trust)
