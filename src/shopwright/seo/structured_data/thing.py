"""What all structured data has in common: plain JSON values under schema.org's names (vocabulary 30.0)."""

from collections.abc import Iterable
from typing import Any

Thing = dict[str, Any]
"""A schema.org thing: its ``@type`` and its properties, ready for a JSON writer."""

CONTEXT = "https://schema.org"


def term(name: str) -> str:
    """The address of a schema.org term, as values of enumerations are written: ``https://schema.org/InStock``."""
    return f"{CONTEXT}/{name}"


def present(thing: Thing) -> Thing:
    """A thing without the properties that nothing is known of."""
    return {key: value for key, value in thing.items() if value or value == 0}


def reference(identifier: str) -> Thing:
    """A thing that is described elsewhere, by its ``@id``."""
    return {"@id": identifier}


def document(things: Iterable[Thing]) -> Thing:
    """A JSON-LD document of several things."""
    return {"@context": CONTEXT, "@graph": list(things)}
