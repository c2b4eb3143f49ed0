"""Checks of tenants' audit trails."""

import asyncio
import datetime as dt
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit import HeadPlace, TenantAudit
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.database.tenant_database import TenantDatabase
from shopwright.settings import DatabaseSettings, Secret
from shopwright.storage.objects.folder import FolderObjects
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

EVENTS = 40
TENANT = "audited"

Collection = Any
Crime = Callable[[Collection], Awaitable[object]]


async def _edit(audit: Collection) -> None:
    found = await audit.find_one({"_id": 9})
    line = found["line"].replace('"user.id":"u1"', '"user.id":"u2"')
    await audit.update_one({"_id": 9}, {"$set": {"line": line, "actor": "u2"}})


async def _hide(audit: Collection) -> None:
    await audit.update_one({"_id": 9}, {"$set": {"actor": "nobody"}})


async def _remove(audit: Collection) -> None:
    await audit.delete_one({"_id": 9})


async def _swap(audit: Collection) -> None:
    one, other = await audit.find_one({"_id": 9}), await audit.find_one({"_id": 10})
    await audit.replace_one({"_id": 9}, {**other, "_id": 9})
    await audit.replace_one({"_id": 10}, {**one, "_id": 10})


async def _insert(audit: Collection) -> None:
    found = await audit.find_one({"_id": 9})
    await audit.database.command(
        {"insert": "audit", "documents": [{**found, "_id": 9.5}], "bypassDocumentValidation": True}
    )


async def _truncate(audit: Collection) -> None:
    await audit.delete_many({"_id": {"$gt": EVENTS - 3}})


async def _write_anew(audit: Collection) -> None:
    await audit.delete_many({})


CRIMES: dict[str, Crime] = {
    "edit": _edit,
    "hide": _hide,
    "removal": _remove,
    "swap": _swap,
    "insert": _insert,
    "truncation": _truncate,
    "a new trail": _write_anew,
}
"""What is done to a trail by somebody who may do everything in the database."""


@dataclass(frozen=True, slots=True)
class _Audited:
    """A tenant with a trail: its own database, the same as the operator reaches it, and its audit."""

    database: TenantDatabase
    raw: Collection
    audit: TenantAudit


@check("M7")
def every_crime_on_a_trail_is_found(checkout: Checkout) -> Result:
    """Record events, publish a head; commit every crime as operator; try to commit them as the tenant's own user."""
    work = checkout.work / "trail"
    shutil.rmtree(work, ignore_errors=True)
    tried = asyncio.run(try_crimes(DatabaseSettings(Secret(""), None, work / "mongo"), work))
    of = len(CRIMES)
    figure = f"{len(tried.found)} of {of} crimes found, {len(tried.refused)} of {of} refused to the tenant's own user"
    if not tried.whole:
        return Result(f"{figure}; a whole trail was not found whole", passed=False)
    return Result(figure, passed=len(tried.found) == len(tried.refused) == of)


@dataclass(frozen=True, slots=True)
class Tried:
    """Crimes that were found when an operator commits them, those refused to the tenant's own user.

    ``whole``: without them the trail was found whole, before and after.
    """

    found: tuple[str, ...]
    refused: tuple[str, ...]
    whole: bool


async def try_crimes(settings: DatabaseSettings, work: Path) -> Tried:
    """Make a tenant with a trail and commit every crime on it. Raises ``DatabaseError``."""
    place = HeadPlace(FolderObjects(work / "heads"), work / "key.pem", None, dt.timedelta(hours=1))
    async with open_platform(settings) as platform:
        await platform.provision(TENANT)
        async with platform.tenants.tenant(TENANT) as database:
            audited = _Audited(database, _operators(platform), TenantAudit(AuditTrail(database), place))
            await _fill(audited.audit)
            whole = not (await audited.audit.verify()).faults
            refused = [name for name, crime in CRIMES.items() if await _is_refused(crime, database)]
            found = [name for name, crime in CRIMES.items() if await _is_found(crime, audited)]
            whole = whole and not (await audited.audit.verify()).faults
            return Tried(tuple(found), tuple(refused), whole)


async def _fill(audit: TenantAudit) -> None:
    for number in range(EVENTS):
        actor = f"u{number % 2}"
        await audit.trail.record(
            AuditEvent("catalog.edit", actor=actor, target="store/luna", details={"count": number})
        )
    await audit.publish(dt.datetime.now(dt.UTC))


def _operators(platform: Platform) -> Collection:
    """The collection with every right there is."""
    return platform.cluster.tenant(TENANT).raw["audit"]


async def _is_refused(crime: Crime, database: TenantDatabase) -> bool:
    """Whether the server refuses a crime to the tenant's own user, whatever the application thinks."""
    try:
        await crime(database.raw["audit"])
    except Exception as error:  # noqa: BLE001 - the driver is not known here: its error says what it was
        return getattr(error, "code", None) == _NOT_AUTHORISED
    return False


_NOT_AUTHORISED = 13


async def _is_found(crime: Crime, audited: _Audited) -> bool:
    """Commit a crime, verify, and put everything back."""
    before = await audited.raw.find().to_list(None)
    await crime(audited.raw)
    try:
        return bool((await audited.audit.verify()).faults)
    finally:
        await audited.raw.delete_many({})
        await audited.raw.insert_many(before)
