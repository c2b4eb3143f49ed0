"""What a document names must be there, and stay there until the transaction that writes the document has ended."""

from collections.abc import Iterable, Sequence
from typing import Any

from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.database import AsyncDatabase

from shopwright.database.references.graph import Kind, Link, Raw, links_of
from shopwright.database.references.locks import NAME, Key, share
from shopwright.errors import ReferenceRefused

AT_ONCE = 1_000
"""Things that are looked up with one request."""


def naming_fields(kind: Kind) -> set[str]:
    """The fields of a kind whose change is a change of what its documents name."""
    within = {field for reference in kind.references for field in reference.within}
    return within | {reference.field.partition(".")[0] for reference in kind.references}


async def check_references(
    database: AsyncDatabase[dict[str, Any]], session: AsyncClientSession, kind: Kind, documents: Sequence[Raw]
) -> None:
    """Refuse documents that name what is not there; hold what they name until the end of the transaction.

    Raises ``ReferenceRefused``.
    """
    named = {link: {key for document in documents for key in link.named(document)} for link in links_of(kind)}
    guarded = (key for link, keys in named.items() if not link.reference.fenced for key in keys)
    await share(database[NAME], session, guarded)
    for link, keys in named.items():
        missing = await missing_keys(database, session, link, keys)
        if missing:
            raise ReferenceRefused(
                f"{len(missing)} of what it names is not in {link.reference.to}"
                if len(keys) > 1
                else f"What it names is not in {link.reference.to}",
                where=str(link),
                remedy="Add that first, or leave the reference out.",
            )


async def missing_keys(
    database: AsyncDatabase[dict[str, Any]], session: AsyncClientSession | None, link: Link, keys: Iterable[Key]
) -> set[Key]:
    """Those of ``keys`` that nothing has."""
    wanted = sorted(keys, key=repr)
    missing = set(wanted)
    for start in range(0, len(wanted), AT_ONCE):
        for filter_ in link.targets(wanted[start : start + AT_ONCE]):
            fields = [link.key_field, *link.reference.within]
            async for target in database[link.reference.to].find(filter_, dict.fromkeys(fields, 1), session=session):
                missing.discard(link.key_of(target))
    return missing
