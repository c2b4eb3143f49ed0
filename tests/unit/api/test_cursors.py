import re
from contextlib import suppress

import pytest
from fastapi import HTTPException
from hypothesis import given
from hypothesis import strategies as st

from shopwright.api.cursors import STORE_HANDLE, read_cursor, read_pinned, write_cursor


def test_a_cursor_leads_back():
    assert read_cursor("stores", write_cursor("stores", "shop"), STORE_HANDLE) == "shop"
    assert read_pinned("products", write_cursor("products", 7, "token")) == (7, "token")
    assert read_cursor("stores", "", STORE_HANDLE) == ""
    assert read_pinned("products", "") == (0, "")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "ß",
        write_cursor("jobs", "shop"),
        write_cursor("stores", "NO HANDLE"),
        write_cursor("stores", 3),
        write_cursor("stores", "a", "b"),
    ],
)
def test_a_cursor_of_elsewhere_is_refused(cursor):
    with pytest.raises(HTTPException) as caught:
        read_cursor("stores", cursor, STORE_HANDLE)
    assert caught.value.status_code == 400
    with pytest.raises(HTTPException):
        read_pinned("stores", cursor)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    for read in (lambda: read_cursor("stores", text, re.compile("a")), lambda: read_pinned("stores", text)):
        with suppress(HTTPException):
            assert read() in ("", "a", (0, ""))
