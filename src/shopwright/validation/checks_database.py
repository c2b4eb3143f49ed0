"""Checks of the database's schema and indexes, on a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from shopwright.bootstrap.deployment import open_deployment
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.bootstrap.schema import ALL_TYPES
from shopwright.database.document import DocumentType
from shopwright.database.explain.explaining import unfit_queries
from shopwright.database.failures import answered
from shopwright.database.migrations.run import migrate
from shopwright.database.schema.drift import drift
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DocumentRefused
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check


@check("D1")
def every_document_type_has_its_validator(checkout: Checkout) -> Result:
    """Install the schema, compare it with what is expected, and hand each collection a document that breaks it."""
    differences, guarded = asyncio.run(_schema(_settings(checkout)))
    return Result(
        f"{guarded} of {len(ALL_TYPES)} collections refuse what breaks their schema; {len(differences)} differences",
        passed=guarded == len(ALL_TYPES) and not differences,
    )


@check("D2")
def every_query_has_its_index(checkout: Checkout) -> Result:
    """Let the server explain every declared query and every look-up of a reference."""
    unfit = asyncio.run(_unfit(_settings(checkout)))
    queries = sum(len(kind.queries) + len(kind.references) for kind in DOCUMENT_TYPES)
    told = f": {'; '.join(unfit[:3])}" if unfit else ""
    return Result(f"{queries} queries explained, {len(unfit)} faults{told}", passed=queries > 0 and not unfit)


def _settings(checkout: Checkout) -> DatabaseSettings:
    return DatabaseSettings(uri=Secret(), mongod=None, folder=checkout.work / "schema" / "mongo")


async def _schema(settings: DatabaseSettings) -> tuple[list[str], int]:
    """What differs, and how many collections refuse a document that breaks their schema."""
    async with _migrated(settings) as database:
        differences = [str(difference) for difference in await drift(database, ALL_TYPES)]
        return differences, sum([await _refuses(database, kind) for kind in ALL_TYPES])


async def _refuses(database: TenantDatabase, kind: DocumentType[Any]) -> bool:
    """Whether the server itself refuses a document without fields, which no model would let pass."""
    with suppress(DocumentRefused):
        with answered(kind.name):
            await database.raw[kind.name].insert_one({})
        return False
    return True


@asynccontextmanager
async def _migrated(settings: DatabaseSettings) -> AsyncIterator[TenantDatabase]:
    """A tenant's database as its operator sees it: validators and plans are not for tenants to look at."""
    async with open_deployment(settings) as cluster:
        await migrate(cluster.tenant("schema"), DOCUMENT_TYPES, MIGRATIONS)
        yield cluster.tenant("schema")


async def _unfit(settings: DatabaseSettings) -> list[str]:
    async with _migrated(settings) as database:
        return await unfit_queries(database, DOCUMENT_TYPES)
