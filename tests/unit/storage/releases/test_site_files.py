"""A built folder as a release."""

import os

import brotli
import pytest

from shopwright.errors import StorageError
from shopwright.storage.releases import site_files as module
from shopwright.storage.releases.site_files import read_site


def test_what_visitors_may_ask_for(make_site):
    site = make_site(_headers="/de/*\n  A: 1\n", _redirects="# moved\n\n/old/   /new/  301\n", _dot_env="secret")
    found = read_site(site, "/shops/luna")
    assert sorted(found.release.files) == [
        "404.html",
        "assets/a.avif",
        "assets/site.0123.css",
        "de/index.html",
        "index.html",
        "sw.js",
    ]
    assert found.release.base == "/shops/luna"
    assert found.release.files["de/index.html"].headers["A"] == "1"
    assert "A" not in found.release.files["index.html"].headers
    assert found.release.redirects == ("/old/ /new/ 301",)
    assert found.read(found.release.files["index.html"].blob) == b"<h1>home</h1>"


def test_shared_styles_and_scripts_are_kept_compressed_too(make_site):
    found = read_site(make_site())
    css = found.release.files["assets/site.0123.css"]
    assert brotli.decompress(found.read(css.encodings["br"])) == found.read(css.blob)
    assert css.encodings["br"].size < css.blob.size
    assert found.release.files["sw.js"].encodings == {}


def test_compressed_files_of_the_site_itself_are_used(make_site):
    found = read_site(
        make_site(assets__site_dot_0123_dot_css_dot_br="mine", index_dot_html_dot_gz="zipped", alone_dot_br="file")
    )
    files = found.release.files
    assert found.read(files["assets/site.0123.css"].encodings["br"]) == b"mine"
    assert found.read(files["index.html"].encodings["gzip"]) == b"zipped"
    assert "alone.br" in files
    assert "index.html.gz" not in files


def test_what_does_not_get_smaller_is_not_compressed(make_site):
    assert read_site(make_site(assets__x_dot_js="ab")).release.files["assets/x.js"].encodings == {}


def test_a_folder_with_a_home_page_is_a_site_and_another_is_not(tmp_path):
    with pytest.raises(StorageError, match="there is no built store"):
        read_site(tmp_path)
    (tmp_path / "index.html").write_text("x")
    assert list(read_site(tmp_path).release.files) == ["index.html"]


def test_links_are_refused(make_site, tmp_path):
    site = make_site()
    (tmp_path / "secret").write_text("secret")
    (site / "x.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(StorageError, match=r"x\.txt: it is no plain file"):
        read_site(site)


def test_rules_that_cannot_be_read_stop_it(make_site):
    with pytest.raises(StorageError, match="_headers, line 1"):
        read_site(make_site(_headers="x"))
    with pytest.raises(StorageError, match="_redirects, line 1"):
        read_site(make_site(_headers=None, _redirects="x"))
    (make_site(_redirects=None) / "_headers").write_bytes(b"\xff")
    with pytest.raises(StorageError, match="as UTF-8"):
        read_site(make_site())


def test_a_folder_that_is_exchanged_meanwhile_is_no_release(make_site, monkeypatch):
    site, other = make_site(), make_site("other")
    hashed = module._hashed

    def exchange(path):
        if path.name == "sw.js":
            site.rename(site.with_name("old"))
            other.rename(site)
        return hashed(path)

    monkeypatch.setattr(module, "_hashed", exchange)
    with pytest.raises(StorageError, match="the folder changed while it was read"):
        read_site(site)


def test_a_file_that_changes_is_not_published(make_site):
    site = make_site()
    found = read_site(site)
    (site / "index.html").write_text("other")
    with pytest.raises(StorageError, match="the file changed while it was published"):
        found.read(found.release.files["index.html"].blob)


def test_sizes_are_bounded(make_site, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 3)
    with pytest.raises(StorageError, match="more than 3 files"):
        read_site(make_site())
    monkeypatch.setattr(module, "MOST_FILES", 100)
    monkeypatch.setattr(module, "MOST_BYTES", 3)
    with pytest.raises(StorageError, match="larger than 3 bytes"):
        read_site(make_site())


def test_a_pipe_is_no_file(make_site):
    site = make_site()
    os.mkfifo(site / "pipe")
    with pytest.raises(StorageError, match="no plain file"):
        read_site(site)
