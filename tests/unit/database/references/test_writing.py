import pytest
from tests.unit.database.references.library import BOOKS, NOTES, Book, Chapter, Note, add

from shopwright.errors import DatabaseError, ReferenceRefused


async def test_what_is_named_must_be_there(library):
    chapters = (Chapter(writer="ana"), Chapter(writer=None))
    await add(library, NOTES, Note(id="n", store="a", shelf="left", book="x", others=("x",), chapters=chapters))
    with pytest.raises(ReferenceRefused, match=r"^notes\.shelf: What it names is not in shelves\. Add that first"):
        await add(library, NOTES, Note(id="m", store="a", shelf="middle"))
    with pytest.raises(ReferenceRefused, match=r"^notes\.others: 1 of what it names is not in books"):
        await add(library, NOTES, Note(id="m", store="a", others=("x", "secret")))
    assert await library.documents(NOTES).get("m") is None


async def test_the_message_does_not_show_the_value(library):
    with pytest.raises(ReferenceRefused) as refusal:
        await add(library, NOTES, Note(id="m", store="a", shelf="secret"))
    assert "secret" not in str(refusal.value)


async def test_what_another_store_has_is_not_there(library):
    with pytest.raises(ReferenceRefused, match=r"notes\.book"):
        await add(library, NOTES, Note(id="m", store="b", book="x"))


async def test_a_version_that_was_replaced_does_not_count(library):
    await add(library, BOOKS, Book(id="3", store="a", handle="z", until=5))
    with pytest.raises(ReferenceRefused, match=r"notes\.book"):
        await add(library, NOTES, Note(id="m", store="a", book="z"))


async def test_what_the_same_transaction_adds_is_there(library):
    await add(library, NOTES, Note(id="n", store="a"), Note(id="m", store="a", under="n"))
    assert (await library.documents(NOTES).get("m")).under == "n"


async def test_changes_are_checked_as_well(library):
    notes = library.documents(NOTES)
    await add(library, NOTES, Note(id="n", store="a", book="x"))
    for change in ({"shelf": "middle"}, {"store": "b"}, {"chapters": (Chapter(writer="eve"),)}):
        with pytest.raises(ReferenceRefused):
            await library.transaction(lambda session, change=change: notes.update("n", change, session=session))
    with pytest.raises(ReferenceRefused):
        await library.transaction(lambda session: notes.replace(Note(id="n", store="b", book="x"), session=session))
    assert await notes.get("n") == Note(id="n", store="a", book="x")


async def test_without_a_transaction_nothing_is_written_that_names_something(library):
    notes = library.documents(NOTES)
    await add(library, NOTES, Note(id="n", store="a"))
    for write in (notes.insert(Note(id="m", store="a")), notes.put(Note(id="m", store="a"))):
        with pytest.raises(DatabaseError, match="written in a transaction"):
            await write
    with pytest.raises(DatabaseError, match="written in a transaction"):
        await notes.update("n", {"shelf": "left"})


async def test_many_are_checked_together_and_what_nobody_sees_yet_is_not(library):
    notes = library.documents(NOTES)
    many = [Note(id=str(number), store="a", book="x" if number else "missing") for number in range(5)]
    with pytest.raises(ReferenceRefused):
        await library.transaction(lambda session: notes.insert_all(many, session=session))
    assert await notes.insert_all(many) == 5
