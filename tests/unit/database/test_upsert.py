import asyncio

from shopwright.database.document import Document, DocumentType
from shopwright.database.upsert import upserted


class Tally(Document):
    id: str
    times: int


TALLIES = DocumentType("tallies", Tally)
ONE_MORE = [{"$set": {"times": {"$add": [{"$ifNull": ["$times", 0]}, 1]}}}]


async def test_the_document_is_made_and_then_changed(tenant_database):
    tallies = tenant_database.documents(TALLIES)
    assert await upserted(tallies, "a", ONE_MORE) == Tally(id="a", times=1)
    assert await upserted(tallies, "a", ONE_MORE) == Tally(id="a", times=2)


async def test_of_many_that_make_it_at_once_each_counts(tenant_database):
    tallies = tenant_database.documents(TALLIES)
    made = await asyncio.gather(*(upserted(tallies, "a", ONE_MORE) for _ in range(16)))
    assert sorted(tally.times for tally in made) == list(range(1, 17))
