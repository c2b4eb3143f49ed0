"""Kinds of pictures by their first bytes."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.sniff import is_cut_short, picture_kind
from shopwright.errors import PictureError


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n\0", "png"),
        (b"GIF87a..", "gif"),
        (b"GIF89a..", "gif"),
        (b"RIFF\n\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x1cftypavif", "avif"),
        (b"\0\0\0\x1cftypmif1", "avif"),
        (b"<svg>", "svg"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="x">', "svg"),
        (b'<!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]> <svg:svg xmlns:svg="x">', "svg"),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert picture_kind(head) == kind


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        (b"", "not a picture: the file is empty."),
        (b"<!doctype html><html><svg>", "not a picture: the file is a web page."),
        (b"<HTML>", "not a picture: the file is a web page."),
        (b"MZ\x90\0 program", "not a picture: the file begins with b'MZ\\x90\\x00 pro'."),
        (b"\x1f\x8b\x08 packed svg", "not a picture: the file begins with b'\\x1f\\x8b\\x08 pack'."),
        (b"II*\0", "not a picture: the file begins with b'II*\\x00'."),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(head: bytes, complaint: str) -> None:
    with pytest.raises(PictureError) as refusal:
        picture_kind(head)
    assert refusal.value.what == complaint
    assert refusal.value.remedy == "Give a JPEG, PNG, WebP, AVIF, GIF or SVG file."


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_have_a_kind_or_are_refused(head: bytes) -> None:
    with contextlib.suppress(PictureError):
        assert picture_kind(head) in {"jpeg", "png", "webp", "avif", "gif", "svg"}


@pytest.mark.parametrize("piece", [b"<!---->", b"<?a?>", b"<!doctype svg>", b"<!doctype svg[]>", b" \n"])
def test_no_prolog_takes_long_to_look_through(piece: bytes) -> None:
    started = time.thread_time()
    with pytest.raises(PictureError):
        picture_kind(piece * (4096 // len(piece)))
    assert time.thread_time() - started < 0.5


def test_a_missing_end_is_seen() -> None:
    assert is_cut_short("jpeg", b"\xff\xd8\xff rest")
    assert not is_cut_short("jpeg", b"\xff\xd8\xff rest \xff\xd9 \0\0")
    assert is_cut_short("webp", b"RIFF\xff\0\0\0WEBP")
    assert not is_cut_short("webp", b"RIFF\x04\0\0\0WEBP")
    assert not is_cut_short("svg", b"<svg>")
