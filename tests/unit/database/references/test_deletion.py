import pytest
from tests.unit.database.references.library import (
    BOOKS,
    GRAPH,
    NOTES,
    SHELVES,
    WRITERS,
    Book,
    Chapter,
    Note,
    add,
    delete,
)

from shopwright.database.references import deletion
from shopwright.database.references.deletion import Deletion
from shopwright.errors import ReferenceRefused


async def test_what_is_named_is_not_deleted_if_the_reference_forbids_it(library):
    await add(library, NOTES, Note(id="n", store="a", shelf="left"))
    with pytest.raises(ReferenceRefused, match=r"^shelves, named by notes\.shelf: Documents of notes name it\. Delete"):
        await delete(library, SHELVES, "left")
    assert await library.documents(SHELVES).get("left") is not None
    assert await delete(library, SHELVES, "right") == ({"shelves": 1}, {})


async def test_what_names_it_is_deleted_with_it(library):
    await add(library, NOTES, Note(id="n", store="a", book="x"), Note(id="below", store="a", under="n"))
    await add(library, NOTES, Note(id="other", store="b", book="y"), Note(id="lower", store="a", under="below"))
    assert await delete(library, BOOKS, "1") == ({"books": 1, "notes": 3}, {})
    assert await library.documents(NOTES).get("other") is not None


async def test_or_forgets_it(library):
    chapters = (Chapter(writer="ana"), Chapter(writer="ben"))
    await add(library, BOOKS, Book(id="3", store="a", handle="z"))
    await add(library, NOTES, Note(id="n", store="a", others=("x", "z"), chapters=chapters))
    assert await delete(library, BOOKS, "1") == ({"books": 1}, {"notes": 1})
    assert await delete(library, WRITERS, "ana") == ({"writers": 1}, {"notes": 1})
    assert await library.documents(NOTES).get("n") == Note(
        id="n", store="a", others=("z",), chapters=(Chapter(writer="ben"),)
    )


async def test_a_document_that_goes_with_it_forbids_nothing(library):
    """Refusals are looked for at the end."""
    await add(library, NOTES, Note(id="n", store="a", shelf="left", book="x"))
    assert await delete(library, BOOKS, "1") == ({"books": 1, "notes": 1}, {})
    assert await delete(library, SHELVES, "left") == ({"shelves": 1}, {})


async def test_what_is_not_there_is_not_deleted(library):
    assert await delete(library, SHELVES, "middle") == ({}, {})


async def test_a_deletion_touches_a_bounded_number(library, monkeypatch):
    monkeypatch.setattr(deletion, "MOST_TOUCHED", 3)
    await add(library, NOTES, *(Note(id=f"n{number}", store="a", book="x") for number in range(3)))
    with pytest.raises(ReferenceRefused, match="More than 3 documents would be changed at once"):
        await delete(library, BOOKS, "1")
    assert await library.documents(BOOKS).get("1") is not None


async def test_what_names_something_whose_last_version_goes_is_settled(library):
    """The versions themselves are deleted by whoever keeps them."""
    await add(library, NOTES, Note(id="n", store="a", book="x"), Note(id="m", store="a", others=("x",)))

    async def work(session):
        deletion = Deletion(library.raw, session.client_session, GRAPH)
        await deletion.settle(BOOKS, [{"store": "a", "handle": "x"}, {"store": "b", "handle": "y"}])
        return dict(deletion.deleted), dict(deletion.detached)

    assert await library.transaction(work) == ({"notes": 1}, {"notes": 1})
    assert await library.documents(NOTES).get("m") == Note(id="m", store="a")
