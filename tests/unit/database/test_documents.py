import asyncio

import pytest

from shopwright.database.conditions import Add, OneOf, Prefixes, Range
from shopwright.database.document import Document, DocumentType, Moment, Part, Query
from shopwright.database.migrations.run import migrate
from shopwright.errors import DatabaseError, DocumentRefused, DuplicateDocument


class Price(Part):
    amount: int
    currency: str


class Lens(Document):
    id: str
    store: str
    handle: str
    price: Price
    words: tuple[str, ...] = ()
    made: Moment | None = None


BY_HANDLE = Query("by_handle", ("store", "handle"), unique=True)
BY_PRICE = Query("by_price", ("store",), sort=("price.amount", "id"))
FROM_PRICE = Query("from_price", ("store",), sort=("price.amount",), range=("price.amount",))
BY_WORD = Query("by_word", ("store", "words"))
HINTED = Query("hinted", ("store",), sort=("handle",), hinted=True)
LENSES = DocumentType("lenses", Lens, (BY_HANDLE, BY_PRICE, FROM_PRICE, BY_WORD, HINTED))


def lens(number, **fields):
    given = {"id": f"l{number}", "store": "s", "handle": f"h{number}", "price": Price(amount=number, currency="EUR")}
    return Lens(**(given | fields))


async def test_what_is_inserted_comes_back(tenant_database):
    lenses = tenant_database.documents(LENSES)
    one = lens(1, words=("a", "b"))
    await lenses.insert(one)
    assert await lenses.get("l1") == one
    assert await lenses.get("l2") is None
    with pytest.raises(DuplicateDocument):
        await lenses.insert(one)


async def test_queries(tenant_database):
    lenses = tenant_database.documents(LENSES)
    assert await lenses.insert_all(lens(n, words=(f"w{n % 3}",)) for n in range(10)) == 10
    page = await lenses.find(BY_PRICE, {"store": "s"}, limit=4)
    assert [one.id for one in page] == ["l0", "l1", "l2", "l3"]
    page = await lenses.find(BY_PRICE, {"store": "s"}, limit=2, after=(3, "l3"))
    assert [one.id for one in page] == ["l4", "l5"]
    assert await lenses.count(FROM_PRICE, {"store": "s", "price.amount": Range(ge=7)}) == 3
    assert await lenses.count(BY_WORD, {"store": "s", "words": OneOf(("w0", "w1"))}) == 7
    assert [one.id async for one in lenses.stream(BY_PRICE, {"store": "s"})] == [f"l{n}" for n in range(10)]
    with pytest.raises(DocumentRefused):
        await lenses.find(BY_HANDLE, {"store": "s", "handle": {"$gt": ""}}, limit=1)


async def test_words_are_found_by_how_they_begin(tenant_database):
    lenses = tenant_database.documents(LENSES)
    words = [("aria", "blue"), ("arid",), ("blue", "tint"), ("a.*", "$x")]
    await lenses.insert_all(lens(n, words=given) for n, given in enumerate(words))

    async def found(*starts):
        values = {"store": "s", "words": Prefixes(starts)}
        return sorted([one.id for one in await lenses.find(BY_WORD, values, limit=9)])

    assert await found("ari") == ["l0", "l1"]
    assert await found("ari", "bl") == ["l0"]
    assert await found("a.") == ["l3"]
    assert await found("$x") == ["l3"]
    assert await found("zz") == []
    with pytest.raises(DocumentRefused):
        await found({"$gt": ""})


async def test_columns_of_a_query(tenant_database):
    lenses = tenant_database.documents(LENSES)
    await lenses.insert_all(lens(n) for n in range(3))
    rows = [row async for row in lenses.columns(BY_PRICE, {"store": "s"}, ("id", "handle"))]
    assert rows == [("l0", "h0"), ("l1", "h1"), ("l2", "h2")]


async def test_a_hint_is_taken_at_its_word(tenant_database):
    lenses, values = tenant_database.documents(LENSES), {"store": "s"}
    await lenses.insert_all(lens(n) for n in range(3))
    for asked in (
        lenses.find(HINTED, values, limit=9),
        lenses.count(HINTED, values),
        lenses.delete_all(HINTED, values),
    ):
        with pytest.raises(DatabaseError, match="code 2"):
            await asked
    await migrate(tenant_database, [LENSES])
    assert [one.id for one in await lenses.find(HINTED, values, limit=9)] == ["l0", "l1", "l2"]
    assert [row async for row in lenses.columns(HINTED, values, ("id",))] == [("l0",), ("l1",), ("l2",)]
    assert await lenses.count(HINTED, values) == 3
    assert await lenses.update_all(HINTED, values, {"words": ("x",)}) == 3
    assert await lenses.delete_all(HINTED, values) == 3


async def test_a_transaction_is_all_or_nothing(tenant_database):
    lenses = tenant_database.documents(LENSES)
    await lenses.insert(lens(0))

    async def fails(session):
        await lenses.insert(lens(1), session=session)
        await lenses.update("l0", {"handle": "changed"}, session=session)
        raise DatabaseError("no")

    with pytest.raises(DatabaseError):
        await tenant_database.transaction(fails)
    assert await lenses.get("l1") is None
    assert (await lenses.get("l0")).handle == "h0"

    async def adds(session):
        await lenses.update("l0", {"price.amount": Add(1)}, session=session)

    await asyncio.gather(*(tenant_database.transaction(adds) for _ in range(8)))
    assert (await lenses.get("l0")).price.amount == 8


async def test_what_is_only_added_to_is_added_and_read(tenant_database):
    events = tenant_database.documents(DocumentType("events", Lens, (BY_PRICE,), append_only=True))
    await events.insert(lens(1))
    assert await events.insert_all([lens(2), lens(3)]) == 2
    every = {"store": "s"}
    assert await events.count(BY_PRICE, every) == 3
    for attempt in (
        events.put(lens(1)),
        events.replace(lens(1)),
        events.update("l1", {"handle": "x"}),
        events.claim(BY_PRICE, every, {"handle": "x"}),
        events.update_all(BY_PRICE, every, {"handle": "x"}),
        events.delete("l1"),
        events.delete_all(BY_PRICE, every),
    ):
        with pytest.raises(DatabaseError, match="events: Its documents are added, and never changed or removed"):
            await attempt
    assert await events.get("l1") == lens(1)
