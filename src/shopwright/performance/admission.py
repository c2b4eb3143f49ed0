"""Room to work: a budget of memory and processors shared by all work of a process, with back-pressure.

Work says beforehand what it needs (``async with admission.room(memory_bytes, cpus)``) and waits its turn in a line that
is fair between tenants. Who would wait too long is told at once when to come again (``Overloaded``), so that under any
load the work at hand is bounded, and what is answered is answered quickly.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from shopwright.errors import Overloaded
from shopwright.performance.admission_line import AdmissionLine, Budget, Work
from shopwright.performance.cpu import processor_share
from shopwright.performance.memory_limit import free_memory, usable_memory
from shopwright.performance.metrics import SLOW, Label, counter, gauge, histogram

PATIENCE = 30.0
"""Seconds that work waits for room, if it does not say otherwise."""

SHARE = 0.8
"""Of the memory this process may use that is given to work: the rest is for the process itself and for errors in what
work says that it needs."""

LEAST_FREE = 0.05
"""Of the memory this process may use: with less really free, nothing more begins while something works."""

LOOK_SECONDS = 1.0
"""How often work that waits because memory is short looks whether it still is."""

LONGEST_RETRY = 300
_FIRST_GUESS = 5.0
_WEIGHT = 0.1

REASONS = ("line is full", "waited too long", "never fits")

WAITING = gauge("shopwright_admission_waiting", "Work that waits for room")
WORKING = gauge("shopwright_admission_working", "Work that has room")
MEMORY = gauge("shopwright_admission_memory_bytes", "Memory that work has been given")
CPUS = gauge("shopwright_admission_cpus", "Processors that work has been given")
WAITED = histogram("shopwright_admission_wait_seconds", "How long work waited for room", bounds=SLOW)
REFUSED = counter("shopwright_admission_refused_total", "Work that got no room", [Label("reason", REASONS)])


def machine_budget(root: Path = Path("/"), *, share: float = SHARE) -> Budget:
    """What this process may use, by the machine and the control groups it is in, less what it needs itself."""
    return Budget(memory_bytes=int(usable_memory(root) * share), cpus=max(1.0, processor_share(root)))


class Admission:
    """Gives room out; for the tasks of one event loop.

    ``free`` tells how much memory is really free (bytes); ``clock`` counts seconds.
    """

    def __init__(
        self,
        budget: Budget,
        *,
        free: Callable[[], int] = free_memory,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.line = AdmissionLine(budget)
        self._free = free
        self._clock = clock
        self._begins: dict[Work, asyncio.Future[None]] = {}
        self._usual_seconds = _FIRST_GUESS

    @asynccontextmanager
    async def room(
        self, memory_bytes: int, cpus: float = 1.0, *, tenant: str = "", patience: float = PATIENCE
    ) -> AsyncIterator[None]:
        """Room for this much memory and this many processors, for as long as the block runs.

        Waits at most ``patience`` seconds. Raises ``Overloaded``.
        """
        work, came = Work(memory_bytes, cpus, tenant), self._clock()
        await self._enter(work, patience)
        began = self._clock()
        WAITED.observe(began - came)
        try:
            yield
        finally:
            self._usual_seconds += _WEIGHT * (self._clock() - began - self._usual_seconds)
            self._look_at_memory()
            self._begin(self.line.leave(work))

    @property
    def retry_after(self) -> int:
        """Seconds after which there may be room: as long as those before would take, one after another."""
        turns = (self.line.length + 1) / max(1, self.line.at_work)
        return max(1, min(LONGEST_RETRY, math.ceil(turns * self._usual_seconds)))

    async def _enter(self, work: Work, patience: float) -> None:
        self._look_at_memory()
        answer = self.line.come(work)
        if answer == "begins":
            self._show()
            return
        if answer != "waits":
            raise self._overloaded(work, answer)
        begins = self._begins[work] = asyncio.get_running_loop().create_future()
        self._begin(self.line.begin())
        try:
            async with asyncio.timeout(patience):
                await self._begun(begins)
        except TimeoutError:
            self._go(work)
            raise self._overloaded(work, "waited too long") from None
        except asyncio.CancelledError:
            self._go(work)
            raise

    async def _begun(self, begins: asyncio.Future[None]) -> None:
        """Wait for room; memory that others set free is nobody's to tell of, so it is looked at again and again."""
        while not begins.done():
            await asyncio.wait([begins], timeout=LOOK_SECONDS)
            if self.line.held_back and not begins.done():
                self._look_at_memory()
                self._begin(self.line.begin())

    def _go(self, work: Work) -> None:
        """Leave the line, or the room that was handed out in the very moment of giving up."""
        waited = self._begins.pop(work, None) is not None
        self._begin(self.line.give_up(work) if waited else self.line.leave(work))

    def _begin(self, begun: Iterable[Work]) -> None:
        for work in begun:
            self._begins.pop(work).set_result(None)
        self._show()

    def _look_at_memory(self) -> None:
        needed = self.line.budget.memory_bytes / SHARE * LEAST_FREE
        self.line.held_back = self._free() < needed

    def _show(self) -> None:
        WAITING.set(self.line.length)
        WORKING.set(self.line.at_work)
        MEMORY.set(self.line.memory_bytes)
        CPUS.set(self.line.cpus)

    def _overloaded(self, work: Work, reason: str) -> Overloaded:
        REFUSED.add(reason)
        if reason == "never fits":
            error = Overloaded(
                f"This needs {_megabytes(work.memory_bytes)} of memory; "
                f"this machine gives {_megabytes(self.line.budget.memory_bytes)} to work",
                remedy="Give the process more memory, or let a larger machine do it.",
            )
            error.retry_after = 0
            return error
        error = Overloaded("There is more work than this machine can do now", remedy="Come again later.")
        error.retry_after = self.retry_after
        return error


def _megabytes(number: int) -> str:
    return f"{math.ceil(number / 1_000_000):,} MB"
