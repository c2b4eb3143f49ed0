"""Documents that name each other in every way, for the tests."""

import pytest

from shopwright.database.document import Document, DocumentType, Part, Query, Reference
from shopwright.database.references.deletion import Deletion
from shopwright.database.references.graph import ReferenceGraph

OPEN = (("until", 99),)


class Shelf(Document):
    id: str


class Book(Document):
    """Kept as versions: only those with ``until`` 99 count."""

    id: str
    store: str
    handle: str
    until: int = 99


class Chapter(Part):
    writer: str | None


class Note(Document):
    id: str
    store: str
    shelf: str | None = None
    book: str | None = None
    others: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    under: str | None = None


class Writer(Document):
    id: str


OF_BOOK = Query("of_book", ("store", "book"))

SHELVES = DocumentType("shelves", Shelf)
WRITERS = DocumentType("writers", Writer)
BOOKS = DocumentType("books", Book, (Query("by_handle", ("store", "handle")),), present=OPEN)
NOTES = DocumentType(
    "notes",
    Note,
    (OF_BOOK,),
    references=(
        Reference("shelf", "shelves", "refuse"),
        Reference("book", "books", "cascade", key="handle", within=("store",), where=OPEN),
        Reference("others", "books", "detach", key="handle", within=("store",), where=OPEN),
        Reference("chapters.writer", "writers", "detach"),
        Reference("under", "notes", "cascade", fenced=True),
    ),
)
GRAPH = ReferenceGraph([SHELVES, WRITERS, BOOKS, NOTES])


async def add(database, kind, *documents):
    async def work(session):
        for document in documents:
            await database.documents(kind).insert(document, session=session)

    await database.transaction(work)


async def delete(database, kind, id_):
    """The counts of the deletion."""

    async def work(session):
        deletion = Deletion(database.raw, session.client_session, GRAPH)
        await deletion.delete(kind, id_)
        return dict(deletion.deleted), dict(deletion.detached)

    return await database.transaction(work)


@pytest.fixture
async def library(tenant_database):
    """Two shelves, two writers, and a book of each of two stores."""
    await add(tenant_database, SHELVES, Shelf(id="left"), Shelf(id="right"))
    await add(tenant_database, WRITERS, Writer(id="ana"), Writer(id="ben"))
    await add(tenant_database, BOOKS, Book(id="1", store="a", handle="x"), Book(id="2", store="b", handle="y"))
    return tenant_database
