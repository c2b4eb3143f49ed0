"""What a site consists of."""

from hypothesis import given
from hypothesis import strategies as st

from shopwright.generation.manifest import NAME, Entry, manifest_bytes, read_manifest

PAGE = Entry("index.html", "ab", 12, "key", "/", b'{"title":"Home","links":["/a/"]}')
FILE = Entry("assets/site.css", "cd", 3)


def written(site, data):
    (site / NAME).parent.mkdir(parents=True, exist_ok=True)
    (site / NAME).write_bytes(data)
    return read_manifest(site)


def test_what_is_written_is_read_back(tmp_path):
    assert written(tmp_path, manifest_bytes([PAGE, FILE])) == {"index.html": PAGE, "assets/site.css": FILE}


def test_the_same_files_make_the_same_bytes_in_any_order():
    assert manifest_bytes([PAGE, FILE]) == manifest_bytes([FILE, PAGE])


def test_a_site_without_one_has_no_entries(tmp_path):
    assert read_manifest(tmp_path) == {}


def test_another_version_counts_as_none(tmp_path):
    assert written(tmp_path, b'{"shopwright":0}\n' + PAGE.line()) == {}


@given(st.binary(max_size=200))
def test_a_damaged_manifest_counts_as_none(tmp_path_factory, damage):
    assert written(tmp_path_factory.mktemp("site"), b'{"shopwright":1}\n{"file":"a"' + damage) == {}
