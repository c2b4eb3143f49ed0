"""A revision of a catalogue, as answers show it."""

import datetime as dt

from shopwright.api.wire import Wire, example
from shopwright.catalog.versions.revision import Act, Revision


class ShownRevision(Wire):
    """One change of a store's catalogue, made as a whole; ``by`` is the id of who made it."""

    model_config = Wire.model_config | example(
        revision=2,
        act="edit",
        at="2026-11-23T12:00:00Z",
        by="5f1c",
        source="",
        digest="",
        undone=None,
        added=0,
        changed=1,
        deleted=0,
        products=120,
        collections=4,
    )

    revision: int
    act: Act
    at: dt.datetime
    by: str
    source: str
    digest: str
    undone: int | None
    added: int
    changed: int
    deleted: int
    products: int
    collections: int


class Changed(Wire):
    """What a change came to: its revision, null where everything was so already."""

    model_config = Wire.model_config | example(revision=None)

    revision: ShownRevision | None


def shown(revision: Revision) -> ShownRevision:
    """A revision as an answer shows it."""
    return ShownRevision.model_validate(revision.as_json())


def changed(revision: Revision | None) -> Changed:
    """The answer to a change."""
    return Changed(revision=shown(revision) if revision else None)
