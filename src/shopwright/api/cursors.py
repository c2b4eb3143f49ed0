"""Cursors: from where the next page of a list goes on. They are opaque to clients, and checked when they come back."""

import re
from typing import Annotated

from fastapi import HTTPException, Query

from shopwright.catalog.versions.listed import read_place, write_place
from shopwright.errors import ChangeRefused

MOST_LISTED = 200
USUALLY_LISTED = 50

Limit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="How many at most.")]
Cursor = Annotated[
    str,
    Query(max_length=2_000, description="`next` of the page before; empty for the first page."),
]


def write_cursor(kind: str, *place: str | int) -> str:
    """The cursor of a place in a list of this kind."""
    return write_place((kind, *place))


def read_cursor(kind: str, cursor: str, form: re.Pattern[str]) -> str:
    """The text a cursor of this kind was made of; empty for none.

    Raises 400 for one of another list, and for a text that has not the ``form`` such places have.
    """
    if not cursor:
        return ""
    try:
        place = read_place(cursor) or ()
    except ChangeRefused:
        place = ()
    if len(place) != 2 or place[0] != kind or not form.fullmatch(str(place[1])):
        raise HTTPException(400, "The cursor is none that this list gave.")
    return str(place[1])
