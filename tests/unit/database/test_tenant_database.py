import asyncio

import pytest
from pymongo.errors import OperationFailure

from shopwright.database.conditions import Add
from shopwright.database.document import Document, DocumentType
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, DatabaseUnavailable, DuplicateDocument


class Account(Document):
    id: str
    balance: int


ACCOUNTS = DocumentType("accounts", Account)
NOTES = DocumentType("notes", Account)


@pytest.fixture
async def accounts(tenant_database):
    found = tenant_database.documents(ACCOUNTS)
    await found.insert_all([Account(id="a", balance=100), Account(id="b", balance=0)])
    await tenant_database.documents(NOTES).insert(Account(id="first", balance=0))
    return found


async def balances(accounts):
    return [(await accounts.get(name)).balance for name in "ab"]


async def test_all_of_it_and_its_result(tenant_database: TenantDatabase, accounts):
    async def move(session):
        await accounts.update("a", {"balance": Add(-30)}, session=session)
        moved = await accounts.update("b", {"balance": Add(30)}, session=session)
        await tenant_database.documents(NOTES).insert(Account(id="note", balance=30), session=session)
        return moved.balance

    assert await tenant_database.transaction(move) == 30
    assert await balances(accounts) == [70, 30]


@pytest.mark.parametrize("error", [KeyError, DatabaseError, asyncio.CancelledError])
async def test_or_nothing_of_it(tenant_database, accounts, error):
    async def fails(session):
        await accounts.update("a", {"balance": Add(-30)}, session=session)
        raise error("no")

    with pytest.raises(error):
        await tenant_database.transaction(fails)
    assert await balances(accounts) == [100, 0]


async def test_a_refused_write_takes_everything_back(tenant_database, accounts):
    async def twice(session):
        await accounts.update("a", {"balance": Add(-30)}, session=session)
        await accounts.insert(Account(id="b", balance=1), session=session)

    with pytest.raises(DuplicateDocument, match="accounts: Another document has the same _id"):
        await tenant_database.transaction(twice)
    assert await balances(accounts) == [100, 0]


async def test_one_that_is_in_the_way_is_tried_again(tenant_database, accounts):
    """No update is lost, whoever is first."""
    tries = 0

    async def add(session):
        nonlocal tries
        tries += 1
        now = await accounts.get("a", session=session)
        await asyncio.sleep(0.01)
        await accounts.update("a", {"balance": now.balance + 1}, session=session)

    await asyncio.gather(*(tenant_database.transaction(add) for _ in range(10)))
    assert await balances(accounts) == [110, 0]
    assert tries > 10


async def test_it_sees_one_state(tenant_database, accounts):
    """What others commit meanwhile is not seen by halves."""
    seen = []

    async def look(session):
        seen.append((await accounts.get("a", session=session)).balance)
        await accounts_outside.update("a", {"balance": Add(-30)})
        seen.append((await accounts.get("a", session=session)).balance)

    from contextvars import Context

    accounts_outside = Outside(accounts, Context())
    await tenant_database.transaction(look)
    assert seen == [100, 100]
    assert await balances(accounts) == [70, 0]


class Outside:
    """Another client at the same moment."""

    def __init__(self, accounts, context):
        self.accounts, self.context = accounts, context

    async def update(self, *words):
        await asyncio.get_running_loop().create_task(self.accounts.update(*words), context=self.context)


async def test_what_forgets_its_session_is_told(tenant_database, accounts):
    async def forgets(session):
        await accounts.update("a", {"balance": 0})

    with pytest.raises(DatabaseError, match="must be given its session"):
        await tenant_database.transaction(forgets)
    with pytest.raises(DatabaseError, match="A session comes from"):
        await accounts.get("a", session="mine")
    assert await balances(accounts) == [100, 0]


async def test_others_that_are_always_in_the_way_are_told(tenant_database, accounts, monkeypatch):
    monkeypatch.setattr("shopwright.database.tenant_database.TRANSACTION_SECONDS", 0.2)

    async def never(session):
        await asyncio.sleep(0.01)
        raise OperationFailure("conflict", 112, {"errorLabels": ["TransientTransactionError"]})

    with pytest.raises(DatabaseUnavailable, match=r"Other transactions were in its way|did not answer"):
        await tenant_database.transaction(never)
