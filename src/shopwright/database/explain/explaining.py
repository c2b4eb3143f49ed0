"""Running work and refusing it when one of its commands would not scale."""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from shopwright.database.conditions import sort_keys
from shopwright.database.document import DocumentType, Query, Reference
from shopwright.database.explain.plan import MOST_EXTRA, Plan, read_plan
from shopwright.database.explain.recorder import Asked, Recorder
from shopwright.database.failures import answered
from shopwright.database.fields import stored_path
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Explaining:
    """A database whose cluster was opened with ``recorder`` among its listeners."""

    database: TenantDatabase
    recorder: Recorder

    async def __call__(self, work: Awaitable[R], *, extra: int = MOST_EXTRA) -> R:
        """The result of ``work``; ``extra`` documents may be read that are not in an answer.

        Raises ``DatabaseError`` when one of its commands scans, sorts in memory, or reads far more than it returns, and
        when it sends none: then nothing was proved.
        """
        self.recorder.taken()
        result = await work
        asked = self.recorder.taken()
        faults = [fault for one in asked for fault in await self._faults(one, extra)]
        self.recorder.taken()
        if faults or not asked:
            raise DatabaseError("; ".join(faults) or "No command was sent", where=self.database.name)
        return result

    async def _faults(self, asked: Asked, extra: int) -> list[str]:
        plan = await explain(self.database, asked.command)
        return [f"{asked.name} {fault}" for fault in plan.faults(extra)]


async def explain(database: TenantDatabase, command: Any) -> Plan:  # noqa: ANN401 - commands are of every form
    """How the server answers a command. Raises ``DatabaseError``."""
    with answered(database.name):
        return read_plan(await database.raw.command({"explain": command, "verbosity": "executionStats"}))


async def unfit_queries(database: TenantDatabase, kinds: Iterable[DocumentType[Any]]) -> list[str]:
    """The declared queries that the server would not answer by an index alone, each with the reason.

    A reference is a query, too: who names this one?
    """
    return [
        f"{kind.name}.{query.name} {fault}"
        for kind in kinds
        for query in (*kind.queries, *map(_naming, kind.references))
        for fault in (await explain(database, _find(kind, query))).faults()
    ]


def _naming(reference: Reference) -> Query:
    return Query(f"naming {reference.to} by {reference.field}", (*reference.within, reference.field))


def _find(kind: DocumentType[Any], query: Query) -> dict[str, Any]:
    """A search of this form; which values it names makes no difference to the choice of an index."""
    equal = {stored_path(kind.model, path): {"$eq": ""} for path in query.equality}
    ranged = {stored_path(kind.model, path): {"$gte": ""} for path in query.range}
    sort = dict(sort_keys(kind.model, query.sort))
    return {"find": kind.name, "filter": equal | ranged, "limit": 1} | ({"sort": sort} if sort else {})
