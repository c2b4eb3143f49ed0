"""``accessibility.json``: what an accessibility check of the whole store found, as ``shopwright audit`` saves it.

It lies beside ``store.yaml`` and is an input of the build like any other: the accessibility statement says what it
says, and nothing of the kind without it.
"""

import datetime as dt
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from shopwright.catalog.product import Name, Value
from shopwright.catalog.text import LocaleCode, PlainText
from shopwright.errors import LimitExceeded, SourceError

FILE = "accessibility.json"
MAX_FILE = 1_000_000
"""Bytes."""


class Assessment(Value):
    """What was checked on which day with which tools (name to version), and what was found.

    ``violations`` counts what breaks ``standard``; ``known`` says in English what remains.
    """

    date: dt.date
    tools: Annotated[dict[Name, Name], Field(min_length=1, max_length=20)]
    pages: Annotated[int, Field(ge=1, le=10**9)]
    locales: Annotated[tuple[LocaleCode, ...], Field(max_length=50)] = ()
    standard: Name = "WCAG 2.2 AA"
    violations: Annotated[int, Field(ge=0, le=10**9)]
    known: Annotated[
        tuple[Annotated[PlainText, Field(min_length=1, max_length=1_000)], ...], Field(max_length=200)
    ] = ()


def read_assessment(folder: Path) -> Assessment | None:
    """The assessment that lies in a store's folder; none without one. Raises ``SourceError`` naming what is wrong."""
    path = folder / FILE
    if not path.is_file():
        return None
    remedy = f"Save it again with shopwright audit --browser --save {FILE}, or remove it."
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise LimitExceeded(f"the file is larger than {MAX_FILE:,} bytes.", where=str(path), remedy=remedy)
        return Assessment.model_validate_json(data)
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=str(path), remedy=remedy) from error
    except ValidationError as error:
        problems = (f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()[:20])
        raise SourceError("; ".join(problems) + ".", where=str(path), remedy=remedy) from error
