"""Addresses as merchants write them."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.address import is_address, tidy_address
from shopwright.errors import PictureError


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("http://shop.example/a.jpg", "http://shop.example/a.jpg"),
        (" HTTPS://Shop.Example:8443/A.jpg?v=1&w=2#top ", "https://shop.example:8443/A.jpg?v=1&w=2"),
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("https://shop.example", "https://shop.example/"),
        ("https://shop.example/ä b%20c.jpg?q=ü", "https://shop.example/%C3%A4%20b%20c.jpg?q=%C3%BC"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]:80/a"),
    ],
)
def test_addresses_are_tidied(source: str, address: str) -> None:
    assert is_address(source.strip())
    assert tidy_address(source) == address


@pytest.mark.parametrize(
    "source",
    [
        "ftp://shop.example/a", "file:///etc/passwd", "javascript:alert(1)", "data:image/png;base64,AA", "http://",
        "http://user:word@shop.example/", "http://user@shop.example/", "http://shop.example:port/", "http://[::1/",
        "http://shop.example:99999/", "http://a b/", "http://" + "a" * 64 + ".example/", "http://a..b/", "a.jpg", "",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_refused(source: str) -> None:
    with pytest.raises(PictureError, match="picture address refused"):
        tidy_address(source)


def test_a_redirect_is_read_relative_to_where_it_came_from() -> None:
    assert tidy_address("../b.jpg", "http://shop.example/x/a.jpg") == "http://shop.example/b.jpg"
    assert tidy_address("//other.example/b", "http://shop.example/x") == "http://other.example/b"


@pytest.mark.parametrize("source", ["pictures/a.jpg", "/a.jpg", "ftp://a/b", "C:\\a.jpg", "", "https:a"])
def test_paths_are_no_addresses(source: str) -> None:
    assert not is_address(source)


@given(st.text(max_size=60).map("http://shop.example/".__add__) | st.text(max_size=60))
@settings(max_examples=80)
def test_an_address_is_ascii_and_tidying_again_changes_nothing(source: str) -> None:
    with contextlib.suppress(PictureError):
        address = tidy_address(source)
        assert address.isascii()
        assert address.isprintable()
        assert " " not in address
        assert tidy_address(address) == address
