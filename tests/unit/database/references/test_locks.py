import asyncio
from contextlib import asynccontextmanager

import pytest
from pymongo.errors import OperationFailure
from pymongo.read_concern import ReadConcern
from tests.unit.database.references.library import GRAPH, NOTES, SHELVES, Note, Shelf, add, delete

from shopwright.database.documents import Session
from shopwright.database.references import deletion, locks, writing
from shopwright.database.references.deletion import Deletion
from shopwright.errors import ReferenceRefused

_CONFLICT = 112


@asynccontextmanager
async def begun(database):
    """A transaction that is neither committed nor tried again by itself."""
    async with database.raw.client.start_session() as session:
        await session.start_transaction(ReadConcern("snapshot"))
        yield session


async def name(database, session):
    await database.documents(NOTES).insert(Note(id="n", store="a", shelf="left"), session=Session(session))


async def remove(database, session):
    await Deletion(database.raw, session, GRAPH).delete(SHELVES, "left")


async def both_at_once(database, first, second):
    """Two transactions that overlap completely."""
    async with begun(database) as one, begun(database) as two:
        await database.documents(SHELVES).get(
            "right", session=Session(two)
        )  # its snapshot is older than the first's end
        await first(database, one)
        await one.commit_transaction()
        await second(database, two)
        await two.commit_transaction()


async def dangles(database):
    note = await database.documents(NOTES).get("n")
    return note is not None and await database.documents(SHELVES).get("left") is None


@pytest.mark.parametrize("order", [(name, remove), (remove, name)], ids=["named first", "deleted first"])
async def test_naming_and_deleting_at_once_conflict(library, order):
    await library.raw.create_collection(locks.NAME)
    with pytest.raises(OperationFailure) as conflict:
        await both_at_once(library, *order)
    assert conflict.value.code == _CONFLICT
    assert conflict.value.has_error_label("TransientTransactionError")
    assert not await dangles(library)


@pytest.mark.parametrize("order", [(name, remove), (remove, name)], ids=["named first", "deleted first"])
async def test_without_locks_the_reference_would_dangle(library, order, monkeypatch):
    """What the locks are for: the server itself sees no conflict."""

    async def nothing(*_):
        pass

    monkeypatch.setattr(writing, "share", nothing)
    monkeypatch.setattr(deletion, "exclude", nothing)
    await library.raw.create_collection("notes")
    await both_at_once(library, *order)
    assert await dangles(library)


async def test_whoever_is_tried_again_sees_what_the_other_did(library):
    """Ten rounds of both, through transactions that are retried: either is refused, or the note goes unwritten."""
    notes, shelves = library.documents(NOTES), library.documents(SHELVES)
    for number in range(10):
        await add(library, SHELVES, Shelf(id=f"s{number}"))
        note = Note(id=f"n{number}", store="a", shelf=f"s{number}")
        outcomes = await asyncio.gather(
            add(library, NOTES, note), delete(library, SHELVES, f"s{number}"), return_exceptions=True
        )
        refused = [isinstance(outcome, ReferenceRefused) for outcome in outcomes]
        assert sorted(refused) == [False, True], outcomes
        written, there = await notes.get(note.id), await shelves.get(note.shelf)
        assert (written is not None) == (there is not None)


async def test_what_a_fence_guards_is_not_locked(library):
    await add(library, NOTES, Note(id="n", store="a"), Note(id="below", store="a", under="n"))
    assert await library.raw[locks.NAME].count_documents({}) == 0


async def test_locks_tell_values_apart_that_hold_separators(library):
    async with begun(library) as session:
        await locks.share(library.raw[locks.NAME], session, [("a", "b:c"), ("a:b", "c")])
        await session.commit_transaction()
    assert await library.raw[locks.NAME].count_documents({}) == 2


async def test_two_that_name_the_same_seldom_conflict(library):
    """One lock document of many each."""
    async with begun(library) as session:
        for _ in range(400):
            await locks.share(library.raw[locks.NAME], session, [("shelves", "left")])
        await session.commit_transaction()
    assert await library.raw[locks.NAME].count_documents({}) == locks.STRIPES
    assert await library.raw[locks.NAME].count_documents({"expires": {"$type": "date"}, "count": {"$gt": 0}}) == 32
