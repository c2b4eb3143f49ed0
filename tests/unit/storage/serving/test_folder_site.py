"""A built folder as a site."""

import pytest

from shopwright.errors import StorageError
from shopwright.storage.serving import folder_site as module
from shopwright.storage.serving.folder_site import FolderSite


def test_files_rules_and_forms(make_site):
    site = FolderSite(make_site(_headers="/\n  A: 1\n", _redirects="/old /new 301", index_dot_html_dot_br="br"))
    found = site.find("index.html")
    assert found.headers["A"] == "1"
    assert found.headers["Last-Modified"].endswith("GMT")
    assert found.encodings["br"].size == 2
    assert site.find("_headers") is site.find("_redirects") is site.find("de") is site.find("x" * 5_000) is None
    assert site.redirect("/old").location == "/new"
    assert site.redirect("/other") is None


def test_rules_are_read_again_when_they_change(make_site):
    site = FolderSite(make_site())
    assert "A" not in site.find("index.html").headers
    make_site(_headers="/*\n  A: 1\n")
    assert site.find("index.html").headers["A"] == "1"


def test_validators_follow_the_content(make_site):
    site = FolderSite(make_site())
    before = site.find("index.html").identity.etag
    assert site.find("index.html").identity.etag == before
    make_site(index_dot_html="changed!")
    assert site.find("index.html").identity.etag != before


def test_links_that_lead_out_are_no_files(make_site, tmp_path):
    folder = make_site()
    (tmp_path / "secret").write_text("secret")
    (folder / "x.txt").symlink_to(tmp_path / "secret")
    (folder / "y.txt").symlink_to(folder / "index.html")
    site = FolderSite(folder)
    assert site.find("x.txt") is None
    assert site.find("y.txt") is not None


def test_a_file_that_is_gone_is_told(make_site):
    folder = make_site()
    found = FolderSite(folder).find("index.html")
    (folder / "index.html").unlink()
    with pytest.raises(StorageError, match="the file is gone"):
        found.identity.opened()


def test_hashes_are_remembered_within_a_bound(make_site, monkeypatch):
    monkeypatch.setattr(module, "_HASHES_KEPT", 2)
    site = FolderSite(make_site())
    for path in ("index.html", "404.html", "sw.js", "de/index.html"):
        assert site.find(path)
    assert len(site._hashes) == 2
