"""The queue in front of the driver's pool.

The pool lets tasks that just gave a connection back take the next one, so that with more tasks than connections some
wait for as long as the others go on. As many may pass here as the pool has connections, in the order of their coming.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar

from shopwright.errors import DatabaseError
from shopwright.performance.database_metrics import WAITED

_held: ContextVar[bool] = ContextVar("held", default=False)


class Slots:
    """Places for operations at work; those that wait are served first come, first served.

    ``working`` and ``waiting`` are how many there are now. ``within``: places shared with other queues, of which each
    operation also takes one, so that whoever has many operations waits for itself and not before everybody else.
    """

    def __init__(self, operations: int, within: "Slots | None" = None) -> None:
        self.operations = operations
        self.within = within
        self.working = 0
        self.waiting = 0
        self._free = asyncio.Semaphore(operations)

    def refuse_inside_transaction(self) -> None:
        """Raise ``DatabaseError`` where a transaction is at work, which holds a place already."""
        if _held.get():
            raise DatabaseError("An operation inside a transaction must be given its session")

    @asynccontextmanager
    async def taken(self, *, in_transaction: bool = False) -> AsyncIterator[None]:
        """A place for one operation; those of a transaction share the transaction's.

        Raises ``DatabaseError`` for an operation that stands inside a transaction but was not given its session: it
        would not be part of it, and could wait for a place that only the transaction's end sets free.
        """
        if in_transaction:
            yield
            return
        self.refuse_inside_transaction()
        self.waiting += 1
        came = time.perf_counter()
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1
        WAITED.observe(time.perf_counter() - came)
        self.working += 1
        try:
            async with self.within.taken() if self.within else nullcontext():
                yield
        finally:
            self.working -= 1
            self._free.release()

    @asynccontextmanager
    async def taken_by_transaction(self) -> AsyncIterator[None]:
        """A place for all operations of a transaction: once admitted it never waits again, so it conflicts less."""
        async with self.taken():
            token = _held.set(True)
            try:
                yield
            finally:
                _held.reset(token)
