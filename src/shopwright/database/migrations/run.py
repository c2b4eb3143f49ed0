"""Bringing a database to what this version of the code expects.

Validators come first, so that nothing of the old form is written any more; then the numbered migrations; then indexes,
so that a unique one finds the new values. Each step may be cut short anywhere and is taken up by the next run, and two
runs at once share the work: a batch and the mark of how far it went are one transaction.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Any

import orjson
import pymongo
from pydantic import ValidationError
from pymongo import ReplaceOne

from shopwright.database.document import DocumentType
from shopwright.database.documents import Documents, Session
from shopwright.database.failures import answered
from shopwright.database.migrations.migration import Migration, in_order
from shopwright.database.migrations.record import MIGRATIONS, SCHEMA, MigrationRecord
from shopwright.database.schema.collection import expected
from shopwright.database.schema.installation import drop_indexes, install_collections, install_indexes
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, DuplicateDocument

BATCH = 200
INDEX_SECONDS = 6 * 3_600
"""For building an index over whatever there is."""

Kinds = Sequence[DocumentType[Any]]

_RELEASE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,5}", re.ASCII)


async def migrate(database: TenantDatabase, kinds: Kinds, migrations: Sequence[Migration] = ()) -> int:
    """Install validators, run what has not run yet, install indexes; how many documents were changed.

    Costs two small reads where there is nothing to do. Raises ``DatabaseError`` when the database was made by a newer
    version, or a migration was edited after it ran; ``DocumentRefused`` when what a migration makes breaks the schema.
    """
    kinds, migrations = (*kinds, MIGRATIONS), in_order(migrations)
    records = database.documents(MIGRATIONS)
    digest = schema_digest(kinds)
    wanted = {f"{kind.name}.{index}" for kind in kinds for index in expected(kind).indexes}
    known = await _known(database)
    _refuse_unknown(database.name, known, migrations)
    if _is_current(known, digest, migrations):
        return 0
    ours, before = version("shopwright"), known.get(SCHEMA)
    _refuse_newer(database.name, before.by if before else "", ours)
    present = wanted.union(before.installed if before else ())
    schema = MigrationRecord(id=SCHEMA, name="schema", digest=digest, by=ours, installed=tuple(sorted(present)))
    with answered(database.name), pymongo.timeout(INDEX_SECONDS):
        await install_collections(database.raw, kinds)
        await records.put(schema)  # from here on an older version keeps away, also if this is cut short
        changed = sum([await _run(database, migration) for migration in migrations])
        await install_indexes(database.raw, kinds)
        await drop_indexes(database.raw, present - wanted)
    await records.put(schema.model_copy(update={"finished": _now(), "installed": tuple(sorted(wanted))}))
    return changed


async def put_right(database: TenantDatabase, kinds: Kinds) -> None:
    """Install validators and indexes once more, whatever the record says: somebody may have changed them by hand.

    What is unexpected stays. Raises ``DatabaseError``.
    """
    with answered(database.name), pymongo.timeout(INDEX_SECONDS):
        await install_collections(database.raw, (*kinds, MIGRATIONS))
        await install_indexes(database.raw, (*kinds, MIGRATIONS))


async def pending(database: TenantDatabase, kinds: Kinds, migrations: Sequence[Migration] = ()) -> list[str]:
    """What ``migrate`` would do, by name."""
    known = await _known(database)
    steps = [] if _is_done(known, SCHEMA, schema_digest((*kinds, MIGRATIONS))) else ["schema"]
    return steps + [each.name for each in in_order(migrations) if not _is_done(known, each.number, each.digest)]


def schema_digest(kinds: Kinds) -> str:
    """SHA-256 of everything the derived schema says."""
    told = [(one.name, one.options, one.indexes) for one in map(expected, sorted(kinds, key=lambda kind: kind.name))]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


async def _known(database: TenantDatabase) -> dict[int, MigrationRecord]:
    with answered(database.name):
        found = await database.raw[MIGRATIONS.name].find().to_list(None)
    try:
        return {one["_id"]: MigrationRecord.model_validate(one, strict=False) for one in found}
    except ValidationError:
        raise _made_by_newer(database.name, "a newer version") from None


def _refuse_unknown(where: str, known: dict[int, MigrationRecord], migrations: Sequence[Migration]) -> None:
    ours = {migration.number: migration for migration in migrations}
    for number, record in known.items():
        if number != SCHEMA and number not in ours:
            raise DatabaseError(
                f"The database has seen migration {number} ({record.name}), which this version does not know",
                where=where,
                remedy="Use the version of Shopwright that made it, or a newer one.",
            )
        if number != SCHEMA and record.digest != ours[number].digest:
            raise DatabaseError(
                f"Migration {number} ({record.name}) was changed after this database had seen it",
                where=where,
                remedy="Restore it, and write another migration for what is to change.",
            )


def _refuse_newer(where: str, theirs: str, ours: str) -> None:
    """Releases are compared by their numbers (PEP 440, release segment); what was made without one is older."""
    if _release(theirs) > _release(ours):
        raise _made_by_newer(where, f"Shopwright {theirs}; this is {ours}")


def _release(text: str) -> tuple[int, ...]:
    found = _RELEASE.match(text)
    return tuple(map(int, found[0].split("."))) if found else ()


def _made_by_newer(where: str, whom: str) -> DatabaseError:
    remedy = "Use the version of Shopwright that made it, or a newer one."
    return DatabaseError(f"The schema of the database was made by {whom}", where=where, remedy=remedy)


def _is_done(known: dict[int, MigrationRecord], number: int, digest: str) -> bool:
    return number in known and known[number].digest == digest and known[number].finished is not None


def _is_current(known: dict[int, MigrationRecord], digest: str, migrations: Sequence[Migration]) -> bool:
    return _is_done(known, SCHEMA, digest) and all(_is_done(known, each.number, each.digest) for each in migrations)


async def _run(database: TenantDatabase, migration: Migration) -> int:
    """Every batch that is left; how many documents were changed, by whomever."""
    records = database.documents(MIGRATIONS)
    await _begin(records, migration)

    async def step(session: Session) -> MigrationRecord:
        return await _step(database, migration, session)

    while True:
        record = await database.transaction(step)
        if record.finished:
            return record.changed


async def _begin(records: Documents[MigrationRecord], migration: Migration) -> None:
    with suppress(DuplicateDocument):  # begun before, or by another at this moment: then it counts from there
        await records.insert(MigrationRecord(id=migration.number, name=migration.name, digest=migration.digest))


async def _step(database: TenantDatabase, migration: Migration, session: Session) -> MigrationRecord:
    """The next batch and how far it went."""
    records = database.documents(MIGRATIONS)
    record = await records.get(migration.number, session=session)
    assert record  # noqa: S101 - made before the first step
    if record.finished:
        return record
    collection, tie = database.raw[migration.collection], session.client_session
    behind = {"_id": {"$gt": record.after}} if record.after is not None else {}
    batch = await collection.find(behind, session=tie).sort("_id").limit(BATCH).to_list(BATCH)
    changes = [ReplaceOne({"_id": old["_id"]}, new) for old in batch if (new := migration.change(dict(old))) != old]
    if changes:
        await collection.bulk_write(changes, session=tie)
    after = record.model_copy(
        update={
            "after": batch[-1]["_id"] if batch else record.after,
            "changed": record.changed + len(changes),
            "finished": None if len(batch) == BATCH else _now(),
        }
    )
    await records.replace(after, session=session)
    return after


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
