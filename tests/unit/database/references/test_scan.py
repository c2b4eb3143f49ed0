import asyncio
import tracemalloc

import pytest
from tests.unit.database.references.library import BOOKS, GRAPH, NOTES, SHELVES, Book, Chapter, Note, add, delete

from shopwright.database.references import scan
from shopwright.database.references.scan import ReferenceScan, repair
from shopwright.errors import ReferenceRefused


async def looked(database):
    look = ReferenceScan(database, GRAPH)
    return look, [each async for each in look.dangling()]


async def damage(database, *notes):
    """Written past every check."""
    await database.documents(NOTES).insert_all(notes)


async def test_a_sound_database_has_nothing_that_dangles(library):
    chapters = (Chapter(writer="ana"), Chapter(writer=None))
    await add(library, NOTES, Note(id="n", store="a", shelf="left", book="x", others=("x",), chapters=chapters))
    look, found = await looked(library)
    assert found == []
    assert (look.documents, look.references) == (1, 4)


async def test_everything_that_dangles_is_found(library):
    await damage(
        library,
        Note(id="1", store="a", shelf="gone"),
        Note(id="2", store="b", book="x"),
        Note(id="3", store="a", others=("x", "gone", "lost"), chapters=(Chapter(writer="eve"),)),
    )
    _, found = await looked(library)
    assert sorted((each.id, str(each.link), each.key[-1]) for each in found) == [
        ("1", "notes.shelf", "gone"),
        ("2", "notes.book", "x"),
        ("3", "notes.chapters.writer", "eve"),
        ("3", "notes.others", "gone"),
        ("3", "notes.others", "lost"),
    ]


async def test_repairs_do_what_the_references_declare(library):
    await damage(
        library,
        Note(id="1", store="a", shelf="gone"),
        Note(id="2", store="b", book="x"),
        Note(id="3", store="a", others=("x", "gone"), under="2"),
    )
    _, found = await looked(library)
    done = {str(each.link): await repair(library, GRAPH, each) for each in found}
    assert done == {"notes.shelf": "", "notes.book": "deleted", "notes.others": ""}  # 3 went with 2, which it was under
    _, left = await looked(library)
    assert [str(each.link) for each in left] == ["notes.shelf"]
    assert await library.documents(NOTES).get("3") is None


async def test_what_can_be_detached_is(library):
    await damage(library, Note(id="3", store="a", others=("x", "gone"), chapters=(Chapter(writer="eve"),)))
    _, found = await looked(library)
    assert [await repair(library, GRAPH, each) for each in found] == ["detached", "detached"]
    assert await library.documents(NOTES).get("3") == Note(id="3", store="a", others=("x",))
    assert (await looked(library))[1] == []


async def test_what_was_repaired_meanwhile_is_left_alone(library):
    await damage(library, Note(id="2", store="a", book="y"))
    _, found = await looked(library)
    await add(library, BOOKS, Book(id="4", store="a", handle="y"))
    assert await repair(library, GRAPH, found[0]) == ""
    assert await library.documents(NOTES).get("2") is not None


async def test_old_versions_may_name_what_is_gone(library):
    kinds = [BOOKS, SHELVES]
    graph = scan.ReferenceGraph(kinds)
    assert [each async for each in ReferenceScan(library, graph).dangling()] == []


async def test_writes_that_go_on_are_no_damage(library):
    """Notes and what they name come and go, whole, while everything is looked at."""
    stop = asyncio.Event()

    async def write(number):
        while not stop.is_set():
            book = Book(id=f"b{number}", store="a", handle=f"h{number}")
            await add(library, BOOKS, book)
            try:
                await add(library, NOTES, Note(id=f"n{number}", store="a", book=book.handle, shelf="left"))
                await delete(library, BOOKS, book.id)
            except ReferenceRefused:
                raise AssertionError("nobody else deletes it") from None

    writers = [asyncio.create_task(write(number)) for number in range(4)]
    for _ in range(15):
        assert (await looked(library))[1] == []
    stop.set()
    await asyncio.gather(*writers)


@pytest.mark.parametrize("most", [10, 50_000])
async def test_each_thing_is_looked_up_once_while_it_is_remembered(library, monkeypatch, most):
    monkeypatch.setattr(scan, "REMEMBERED", most)
    await library.documents(BOOKS).insert_all(Book(id=f"b{n}", store="a", handle=f"h{n}") for n in range(30))
    await damage(library, *(Note(id=f"n{n:04}", store="a", book=f"h{n % 30}") for n in range(1_200)))
    look, found = await looked(library)
    assert found == []
    assert (look.documents, look.references) == (1_200, 1_200)
    assert len(look._there) == min(most, 30)


async def test_memory_does_not_grow_with_the_database(library, monkeypatch):
    """Twice the documents, each naming another book: no more at once."""
    monkeypatch.setattr(scan, "REMEMBERED", 500)
    peaks = []
    for start in (0, 1_500):
        new = range(start, start + 1_500)
        await library.documents(BOOKS).insert_all(Book(id=f"b{n}", store="a", handle=f"h{n}") for n in new)
        await damage(library, *(Note(id=f"n{n:05}", store="a", book=f"h{n}") for n in new))
        tracemalloc.start()
        assert (await looked(library))[1] == []
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]
