"""A release as a value and as bytes."""

import dataclasses

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import StorageError
from shopwright.storage.releases.release import Blob, Release, ReleaseFile, is_release_id, parse_release

HTML = {"Content-Type": "text/html"}
BLOB = Blob("a" * 64, 5)
RELEASE = Release(
    "/shops/luna",
    {
        "index.html": ReleaseFile(BLOB, HTML),
        "assets/x.css": ReleaseFile(Blob("b" * 64, 9), {"Content-Type": "text/css"}, {"br": Blob("c" * 64, 4)}),
        "de/index.html": ReleaseFile(BLOB, HTML),
    },
    ("/old/ /new/ 301",),
)


def test_it_is_read_as_it_was_written():
    assert parse_release(RELEASE.payload) == RELEASE
    assert len(orjson.loads(RELEASE.payload)["headers"]) == 2
    assert {blob.size for blob in RELEASE.blobs().values()} == {5, 9, 4}
    assert BLOB.key == f"blobs/{'a' * 64}"


def test_the_same_site_is_the_same_release_in_whatever_order():
    turned = Release(RELEASE.base, dict(reversed(RELEASE.files.items())), RELEASE.redirects)
    assert turned.id == RELEASE.id
    assert is_release_id(RELEASE.id)


def test_what_visitors_would_notice_makes_another_release():
    files = {**RELEASE.files, "index.html": ReleaseFile(BLOB, {"Content-Type": "text/plain"})}
    others = [
        dataclasses.replace(RELEASE, base=""),
        dataclasses.replace(RELEASE, redirects=()),
        dataclasses.replace(RELEASE, files=files),
    ]
    assert len({RELEASE.id, *(other.id for other in others)}) == 4


def changed(**values):
    return orjson.dumps({**orjson.loads(RELEASE.payload), **values})


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        changed(shopwright=2),
        changed(files={"../etc/passwd": ["a" * 64, 1, 0]}),
        changed(files={"/x": ["a" * 64, 1, 0]}),
        changed(files={".hidden/x": ["a" * 64, 1, 0]}),
        changed(files={"a\\b": ["a" * 64, 1, 0]}),
        changed(files={"a\nb": ["a" * 64, 1, 0]}),
        changed(files={"x": ["A" * 64, 1, 0]}),
        changed(files={"x": ["../" * 20, 1, 0]}),
        changed(files={"x": ["a" * 64, -1, 0]}),
        changed(files={"x": ["a" * 64, True, 0]}),
        changed(files={"x": ["a" * 64, 2**60, 0]}),
        changed(files={"x": ["a" * 64, 1, 9]}),
        changed(files={"x": ["a" * 64, 1, -1]}),
        changed(files={"x": ["a" * 64, 1, 0, {"zip": ["a" * 64, 1]}]}),
        changed(files={"x": ["a" * 64]}),
        changed(files=[]),
        changed(headers=[{"A": "1\r\nB: 2"}]),
        changed(headers=[{"A": 1}]),
        changed(redirects=[1]),
        changed(base=None),
    ],
)
def test_what_is_no_release_is_refused(payload):
    with pytest.raises(StorageError, match="it is no release"):
        parse_release(payload)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["shopwright", "base", "headers", "files", "redirects", "x"]), inner, max_size=6
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_a_release_or_refused(value):
    try:
        parse_release(orjson.dumps(value))
    except (StorageError, TypeError):  # integers beyond 64 bits are not JSON here
        return


@pytest.mark.parametrize("text", ["", "A" * 20, "a" * 19, "a" * 21, "../" + "a" * 17, "a" * 20 + "\n"])
def test_what_is_no_id(text):
    assert not is_release_id(text)
