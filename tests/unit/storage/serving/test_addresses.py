"""From a request's target to a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.storage.serving.addresses import decoded, is_plain, location


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "/de/products/luna/", "/café/", "/a.b/c..d", "/a:b"])
def test_plain_paths(path):
    assert is_plain(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "a",
        "//a",
        "/a//b",
        "/.env",
        "/a/.git/",
        "/../x",
        "/a/..",
        "/.",
        "/a\\b",
        "/a\x00",
        "/a\nb",
        "/" + "a" * 4_000,
    ],
)
def test_paths_that_name_no_file(path):
    assert not is_plain(path)


@given(st.text(max_size=50))
def test_a_plain_path_stays_inside(path):
    if is_plain(path):
        assert path.startswith("/")
        assert not any(part in ("..", ".") for part in path.split("/"))


def test_decoding_ends_at_the_query():
    assert decoded("/caf%C3%A9/?x=%2F#y") == "/café/"
    assert decoded("/%252e") == "/%2e"


def test_locations_keep_the_query_and_hold_no_line_ends():
    assert location("/a b/", "/a%20b?x=1#y") == "/a%20b/?x=1"
    assert location("/a\r\nb/", "/") == "/a%0D%0Ab/"
