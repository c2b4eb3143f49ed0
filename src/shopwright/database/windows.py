"""What may happen so many times within a span of time: counted by the server, in one step, by its own clock.

Two that count at once are both counted, whichever process they are of; nobody's clock matters but the server's. A count
that is lost when a server falls costs nothing but a few more, so it does not wait for a majority.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field
from pymongo import WriteConcern

from shopwright.database.document import Document, DocumentType, Moment
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.upsert import upserted

Count = Annotated[int, Field(ge=0, lt=2**53)]
Unit = Literal["day", "hour", "minute", "second"]
_LENGTHS = {unit: dt.timedelta(**{f"{unit}s": 1}) for unit in ("day", "hour", "minute", "second")}


class WindowDocument(Document):
    """What was counted under a name since ``begun``, the begin of the day (hour, minute, second) in UTC.

    ``fits`` says whether what was asked for last was counted: it was not if it would have been too much; ``refused`` is
    how often it was not.
    """

    id: Annotated[str, Field(min_length=1, max_length=200)]
    begun: Moment
    used: Count
    refused: Count
    fits: bool


WINDOWS = DocumentType("windows", WindowDocument)


@dataclass(frozen=True, slots=True)
class Counted:
    """``used`` of the window until ``until``, with what was asked for if it ``fits``; ``refused`` times it did not."""

    used: int
    refused: int
    fits: bool
    until: dt.datetime


async def count_in_window(database: TenantDatabase, name: str, unit: Unit, amount: int, most: int) -> Counted:
    """Count ``amount`` under a name if no more than ``most`` are counted then. Raises ``DatabaseError``.

    With an amount of 0 nothing changes but the window.
    """
    windows = database.documents(WINDOWS)
    quick = windows.collection.with_options(write_concern=WriteConcern(w=1, j=False))
    window = await upserted(replace(windows, collection=quick), name, _counting(unit, amount, most))
    return Counted(window.used, window.refused, window.fits, window.begun + _LENGTHS[unit])


def _counting(unit: Unit, amount: int, most: int) -> list[dict[str, Any]]:
    begun = {"$dateTrunc": {"date": "$$NOW", "unit": unit}}
    is_same = {"$eq": ["$begun", begun]}
    used = {"$cond": [is_same, "$used", 0]}
    then = {"$add": [used, amount]}
    fits = {"$lte": [then, most]}
    refused = {"$add": [{"$cond": [is_same, "$refused", 0]}, {"$cond": [fits, 0, 1]}]}
    counted = {"$cond": [fits, then, used]}
    return [{"$set": {"begun": begun, "used": counted, "refused": refused, "fits": fits}}]
