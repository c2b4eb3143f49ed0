import asyncio

import pytest
from fastapi import HTTPException, Request
from hypothesis import given
from hypothesis import strategies as st

from shopwright.api import bounds
from shopwright.api.bounds import USUAL, Bounds, bounded, bounds_of, limited, media_type, refuse_unbounded


def request_with(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw})


def status_of(limits=USUAL, **headers):
    try:
        refuse_unbounded(request_with(**headers), limits)
    except HTTPException as error:
        return error.status_code
    return 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"content_length": "10", "content_type": "application/json; charset=utf-8"}, 200),
        ({"content_length": "1000001", "content_type": "application/json"}, 413),
        ({"content_length": "9" * 40, "content_type": "application/json"}, 413),
        ({"content_length": "-1"}, 400),
        ({"content_length": "x"}, 400),
        ({"content_length": "10"}, 415),
        ({"transfer_encoding": "chunked", "content_type": "text/xml"}, 415),
        ({"content_encoding": "gzip"}, 415),
        ({"accept": "text/html"}, 406),
        ({"accept": "text/html, application/*;q=0.1"}, 200),
        ({"accept": "application/json;q=0"}, 406),
        ({"accept": ""}, 200),
    ],
)
def test_what_is_looked_at_before_anything_is_read(headers, status):
    assert status_of(**headers) == status


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60))
def test_whatever_is_accepted_is_answered(accept):
    assert status_of(accept=accept) in (200, 406)


def test_a_route_has_bounds_of_its_own():
    async def function():
        pass

    assert bounds_of(function) is USUAL
    assert bounds_of(bounded(Bounds(body=7))(function)).body == 7
    assert media_type(request_with(content_type="Text/CSV; header=present")) == "text/csv"


async def test_a_body_is_counted_as_it_comes():
    pieces = [{"type": "http.request", "body": b"12345", "more_body": True}] * 3

    async def receive():
        return pieces.pop()

    read = limited(receive, 10)
    await read()
    await read()
    with pytest.raises(HTTPException) as caught:
        await read()
    assert caught.value.status_code == 413


async def test_a_body_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(bounds, "BODY_SECONDS", 0.01)
    with pytest.raises(HTTPException) as caught:
        await limited(asyncio.Event().wait, 10)()
    assert caught.value.status_code == 408
