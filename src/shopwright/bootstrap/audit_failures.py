"""What was begun and could not be done leaves an event too: with the outcome ``failure`` and the kind of the error."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from shopwright.audit.event import AuditEvent
from shopwright.errors import ShopwrightError

Record = Callable[[AuditEvent], Awaitable[object]]
"""Keeps an event in a trail."""

_INNER = re.compile(r"(?<!^)(?=[A-Z])")


def named(error: ShopwrightError) -> str:
    """The kind of an error as events name it, of a closed list: ``quota-exceeded``. No text of it is told."""
    return _INNER.sub("-", type(error).__name__).lower()


@asynccontextmanager
async def failures_told(record: Record, event: AuditEvent) -> AsyncIterator[None]:
    """Record ``event`` as failed if what is done meanwhile raises a ``ShopwrightError``, which goes on its way.

    Where the trail cannot be reached either, there is nothing to tell: what is raised says why.
    """
    try:
        yield
    except ShopwrightError as error:
        with suppress(ShopwrightError):
            failed = {**event.details, "event.reason": named(error)}
            await record(replace(event, outcome="failure", details=failed))
        raise
