"""From a thing to the document of its version, from a revision to its document, and back."""

from shopwright.catalog.documents import (
    TYPE_OF,
    CountsPart,
    RevisionDocument,
    VersionDocument,
    revision_id,
    version_id,
)
from shopwright.catalog.versions.revision import OPEN, Act, Counts, Revision
from shopwright.catalog.versions.stage import Incoming


def draft(incoming: Incoming, store: str, since: int) -> VersionDocument:
    """The version of a staged thing that a revision begins."""
    version: VersionDocument = TYPE_OF[incoming.kind].model(
        id=version_id(store, incoming.key, since),
        store=store,
        handle=incoming.key,
        since=since,
        until=OPEN,
        place=incoming.place,
        digest=incoming.digest,
        content=incoming.line.decode(),
        **{name: tuple(value) if isinstance(value, list) else value for name, value in incoming.facts.items()},
    )
    return version


def revision_document(revision: Revision, store: str) -> RevisionDocument:
    """The document of a revision."""
    counts = revision.counts
    return RevisionDocument(
        id=revision_id(store, revision.number),
        store=store,
        number=revision.number,
        act=revision.act.value,
        at=revision.at,
        by=revision.by,
        counts=CountsPart(added=counts.added, changed=counts.changed, deleted=counts.deleted),
        products=revision.products,
        collections=revision.collections,
        source=revision.source,
        digest=revision.digest,
        undone=revision.undone,
    )


def read_revision(document: RevisionDocument) -> Revision:
    """The revision of a document."""
    counts = document.counts
    return Revision(
        number=document.number,
        act=Act(document.act),
        at=document.at,
        by=document.by,
        counts=Counts(counts.added, counts.changed, counts.deleted),
        products=document.products,
        collections=document.collections,
        source=document.source,
        digest=document.digest,
        undone=document.undone,
    )
