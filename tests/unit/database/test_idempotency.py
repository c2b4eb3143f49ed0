import asyncio
import datetime as dt

import pytest

from shopwright.database import idempotency
from shopwright.database.document import Document, DocumentType
from shopwright.database.documents import Documents, Session
from shopwright.database.idempotency import OPERATIONS, Operation, transaction_once
from shopwright.errors import DatabaseError, DuplicateDocument


class Tally(Document):
    id: str
    times: int


TALLIES = DocumentType("tallies", Tally)


@pytest.fixture
async def tallies(tenant_database):
    await tenant_database.documents(TALLIES).insert(Tally(id="t", times=0))
    return tenant_database


def adding(database):
    async def work(session: Session):
        times = (await database.documents(TALLIES).get("t", session=session)).times + 1
        await database.documents(TALLIES).replace(Tally(id="t", times=times), session=session)
        return {"times": times}

    return work


async def test_the_same_key_gives_the_first_result(tallies):
    operation = Operation("add-1", {"by": 1, "to": "t"})
    assert await transaction_once(tallies, operation, adding(tallies)) == {"times": 1}
    assert await transaction_once(tallies, Operation("add-1", {"to": "t", "by": 1}), adding(tallies)) == {"times": 1}
    assert await transaction_once(tallies, Operation("add-2"), adding(tallies)) == {"times": 2}
    assert (await tallies.documents(TALLIES).get("t")).times == 2


async def test_another_request_under_a_used_key_is_refused(tallies):
    await transaction_once(tallies, Operation("add", {"by": 1}), adding(tallies))
    with pytest.raises(DuplicateDocument, match="Something else was asked for under this key"):
        await transaction_once(tallies, Operation("add", {"by": 2}), adding(tallies))


async def test_many_at_once_do_it_once(tallies):
    operation = Operation("add", {"by": 1})
    results = await asyncio.gather(*(transaction_once(tallies, operation, adding(tallies)) for _ in range(16)))
    assert results == [{"times": 1}] * 16
    assert (await tallies.documents(TALLIES).get("t")).times == 1


async def test_who_does_not_see_the_result_of_another_does_nothing(tallies, monkeypatch):
    """So it may be while another transaction makes the collection of results."""
    operation = Operation("add")
    await transaction_once(tallies, operation, adding(tallies))
    seen = Documents.get

    async def blind(documents, id_, *, session=None):
        return None if documents.kind is OPERATIONS and session else await seen(documents, id_, session=session)

    monkeypatch.setattr(Documents, "get", blind)
    assert await transaction_once(tallies, operation, adding(tallies)) == {"times": 1}
    with pytest.raises(DuplicateDocument, match="Something else was asked for under this key"):
        await transaction_once(tallies, Operation("add", {"by": 2}), adding(tallies))
    assert (await tallies.documents(TALLIES).get("t")).times == 1


async def test_what_the_work_finds_double_is_said(tallies):
    async def inserts(session):
        await tallies.documents(TALLIES).insert(Tally(id="t", times=7), session=session)
        return {}

    with pytest.raises(DuplicateDocument, match="tallies"):
        await transaction_once(tallies, Operation("add"), inserts)


async def test_a_lost_answer_changes_nothing(tallies):
    """The commit reached the server, its answer did not reach the caller, who asks again."""

    class Lost(Exception):
        pass

    async def lose():
        await transaction_once(tallies, Operation("add"), adding(tallies))
        raise Lost

    with pytest.raises(Lost):
        await lose()
    assert await transaction_once(tallies, Operation("add"), adding(tallies)) == {"times": 1}


async def test_what_failed_leaves_no_result(tallies):
    async def fails(session):
        await adding(tallies)(session)
        raise DatabaseError("no")

    with pytest.raises(DatabaseError, match="no"):
        await transaction_once(tallies, Operation("add"), fails)
    assert await tallies.documents(OPERATIONS).get("add") is None
    assert await transaction_once(tallies, Operation("add"), adding(tallies)) == {"times": 1}


async def test_a_result_is_kept_for_some_days_and_is_never_an_expression(tallies):
    async def work(session):
        return {"$concat": "$$ROOT"}

    before = dt.datetime.now(dt.UTC)
    await transaction_once(tallies, Operation("$key"), work)
    kept = await tallies.documents(OPERATIONS).get("$key")
    assert kept.result == '{"$concat":"$$ROOT"}'
    assert abs(kept.expires - before - dt.timedelta(days=7)) < dt.timedelta(minutes=1)


async def test_keys_and_results_are_bounded(tallies, monkeypatch):
    monkeypatch.setattr(idempotency, "MOST_RESULT", 5)
    with pytest.raises(DatabaseError, match="too long"):
        await transaction_once(tallies, Operation("add"), adding(tallies))
    assert (await tallies.documents(TALLIES).get("t")).times == 0
