"""The check of isolation by the database: a tenant's own connection is turned against another tenant, on a real server."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

_Database = AsyncDatabase[dict[str, Any]]
Attempt = Callable[[], Awaitable[object]]

_DENIED = 13
_NO_SCRIPTS = 6_108_304
MINE, THEIRS = "isolation-mine", "isolation-theirs"


@check("M2")
def isolation(checkout: Checkout) -> Result:
    """With a tenant's connection, all checks of ours left out: read, write, copy, drop, listen, run code."""
    folder = checkout.work / "isolation"
    shutil.rmtree(folder, ignore_errors=True)
    settings = DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo")
    refused, allowed, own = asyncio.run(_attacked(settings))
    told = f"; NOT refused: {', '.join(allowed[:5])}" if allowed else ""
    return Result(
        f"{refused} of {refused + len(allowed)} attempts on another tenant, the control database and the audit trail "
        f"are refused by the server; {own} of {len(DOCUMENT_TYPES)} collections of one's own can be read{told}",
        passed=not allowed and own == len(DOCUMENT_TYPES),
    )


async def _attacked(settings: DatabaseSettings) -> tuple[int, list[str], int]:
    """How many attempts were refused, which were not, and how many collections of its own the tenant reads."""
    async with open_platform(settings) as platform, _two_tenants(platform), platform.tenants.tenant(MINE) as database:
        mine = database.raw
        theirs, control = mine.client[platform.cluster.tenant(THEIRS).raw.name], mine.client[platform.control.raw.name]
        attempts = {**_on(theirs, [kind.name for kind in DOCUMENT_TYPES]), **_on(control, [k.name for k in CONTROL_TYPES])}
        attempts |= _copies(mine, theirs) | _changes_of_the_trail(mine) | _bends(mine)
        allowed = [name for name, attempt in attempts.items() if not await _is_refused(attempt)]
        own = sum([not await _is_refused(lambda kind=kind: mine[kind.name].find_one({})) for kind in DOCUMENT_TYPES])
        return len(attempts) - len(allowed), allowed, own


@asynccontextmanager
async def _two_tenants(platform: Platform) -> AsyncIterator[None]:
    for tenant in (MINE, THEIRS):
        await platform.provision(tenant)
    try:
        yield
    finally:
        for tenant in (MINE, THEIRS):
            await platform.withdraw(tenant, await platform.cell_of(tenant))


def _on(database: _Database, collections: list[str]) -> dict[str, Attempt]:
    """What one could do to each collection of a database that is not one's own."""
    found: dict[str, Attempt] = {}
    for name in collections:
        of = database[name]
        found |= {
            f"read {database.name}.{name}": lambda of=of: of.find_one({}),
            f"add to {database.name}.{name}": lambda of=of: of.insert_one({"_id": "x"}),
            f"change {database.name}.{name}": lambda of=of: of.update_many({}, {"$set": {"x": 1}}),
            f"remove from {database.name}.{name}": lambda of=of: of.delete_many({}),
            f"listen to {database.name}.{name}": lambda of=of: of.watch(),
            f"drop {database.name}.{name}": lambda of=of: of.drop(),
        }
    return found


def _copies(mine: _Database, theirs: _Database) -> dict[str, Attempt]:
    there = {"db": theirs.name, "coll": "stores"}
    return {
        "copy into theirs": lambda: mine.stores.aggregate([{"$out": there}]),
        "merge into theirs": lambda: mine.stores.aggregate([{"$merge": {"into": there}}]),
        "drop their database": lambda: mine.client.drop_database(theirs.name),
        "listen to the server": lambda: mine.client.watch(),
        "read the server's log": lambda: mine.client["local"]["oplog.rs"].find_one({}),
    }


def _changes_of_the_trail(mine: _Database) -> dict[str, Attempt]:
    only_added_to = [kind.name for kind in DOCUMENT_TYPES if kind.append_only]
    found: dict[str, Attempt] = {}
    for name in only_added_to:
        of = mine[name]
        found |= {
            f"change {name}": lambda of=of: of.update_many({}, {"$set": {"x": 1}}),
            f"replace in {name}": lambda of=of: of.replace_one({"_id": 1}, {"x": 1}),
            f"remove from {name}": lambda of=of: of.delete_many({}),
            f"drop {name}": lambda of=of: of.drop(),
            f"copy over {name}": lambda name=name: mine.stores.aggregate([{"$out": name}]),
        }
    return found


def _bends(mine: _Database) -> dict[str, Attempt]:
    return {
        "drop one's own": lambda: mine.stores.drop(),
        "make a collection": lambda: mine.create_collection("mine"),
        "take the validator away": lambda: mine.command("collMod", "stores", validator={}),
        "more rights": lambda: mine.command("grantRolesToRole", "app", roles=["readWrite"]),
        "run code": lambda: mine.stores.find_one({"$where": "true"}),
    }


async def _is_refused(attempt: Attempt) -> bool:
    try:
        await attempt()
    except OperationFailure as error:
        return error.code in {_DENIED, _NO_SCRIPTS}
    return False
