"""Content codings, negotiated (shopwright.storage.serving.resource)."""

import gzip
import io

import brotli
import pytest

from shopwright.storage.serving.coding import MOST_BYTES, Compressor, accepted
from shopwright.storage.serving.resource import Form, Resource

TEXT = b"shop " * 200


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("gzip", ("gzip",)),
        ("x-gzip", ("gzip",)),
        ("br;q=0, gzip;q=0.5", ("gzip",)),
        ("*", ("br", "gzip")),
        ("*;q=0, gzip", ("gzip",)),
        ("gzip;q=x", ()),
        ("BR ; Q=1", ("br",)),
        ("identity", ()),
        ("", ()),
        (",;,=" * 1_000, ()),
    ],
)
def test_what_a_client_accepts(header, codings):
    assert accepted(header) == codings


def resource(data=TEXT, kind="text/html; charset=utf-8", encodings=None):
    form = Form(len(data), '"tag"', lambda: io.BytesIO(data))
    return Resource({"Content-Type": kind}, form, encodings or {})


def read(form):
    with form.opened() as file:
        return file.read()


def test_text_is_compressed_as_the_client_likes():
    compressor = Compressor()
    coding, form = compressor.chosen(resource(), "gzip, br")
    assert (coding, form.etag, brotli.decompress(read(form))) == ("br", '"tag-br"', TEXT)
    coding, form = compressor.chosen(resource(), "gzip")
    assert (coding, form.etag, gzip.decompress(read(form))) == ("gzip", '"tag-gzip"', TEXT)
    assert form.size == len(read(form)) < len(TEXT)


def test_what_was_compressed_before_is_sent():
    ready = Form(5, '"ready"', lambda: io.BytesIO(b"ready"))
    assert Compressor().chosen(resource(encodings={"br": ready}), "br, gzip") == ("br", ready)
    assert Compressor().chosen(resource(encodings={"br": ready}), "gzip")[0] == "gzip"


@pytest.mark.parametrize(
    "found",
    [
        resource(b"short"),
        resource(kind="image/avif"),
        Resource({"Content-Type": "text/css"}, Form(MOST_BYTES + 1, '""', io.BytesIO)),
    ],
)
def test_what_gains_nothing_is_sent_as_it_is(found):
    assert Compressor().chosen(found, "br") == ("", found.identity)


def test_who_accepts_nothing_gets_it_as_it_is():
    assert Compressor().chosen(resource(), "")[0] == ""
