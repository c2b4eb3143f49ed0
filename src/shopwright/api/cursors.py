"""Cursors: from where the next page of a list goes on. They are opaque to clients, and checked when they come back."""

import re
from typing import Annotated

from fastapi import HTTPException, Query

from shopwright.catalog.versions.listed import read_place, write_place
from shopwright.errors import ChangeRefused

MOST_LISTED = 200
STORE_HANDLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

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
    match _place(cursor):
        case (str(named), str(place)) if named == kind and form.fullmatch(place):
            return place
    raise _unknown()


def read_pinned(kind: str, cursor: str) -> tuple[int, str]:
    """The revision and the place of a cursor that stays at a revision; 0 and empty for none. Raises 400."""
    if not cursor:
        return 0, ""
    match _place(cursor):
        case (str(named), int(revision), str(place)) if named == kind and 0 < revision < 2**53:
            return revision, place
    raise _unknown()


def _place(cursor: str) -> tuple[object, ...]:
    try:
        return read_place(cursor) or ()
    except ChangeRefused:
        return ()


def _unknown() -> HTTPException:
    return HTTPException(400, "The cursor is none that this list gave.")
