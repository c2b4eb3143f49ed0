"""The workers of a pool: each belongs to one tenant and one theme for as long as it lives."""

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass

from shopwright.template_engine.confinement.bounds import RETIREMENT_MS
from shopwright.template_engine.confinement.line import Line
from shopwright.template_engine.confinement.messages import Failed, Rendered, Setup
from shopwright.template_engine.confinement.spawn import Worker, Zygotes

Owner = tuple[str, str]
"""A tenant, and the digest of a setup."""

_LOWEST = 19  # nice(2)


@dataclass(slots=True, eq=False)
class Seat:
    """A worker, whose it is, and what must be sent to it before its next request."""

    owner: Owner
    worker: Worker
    line: Line
    unsent: bytes
    cpu_ms: float = 0.0
    worn: bool = False

    def spend(self, answer: Rendered | Failed) -> None:
        """Count what a page has cost."""
        if isinstance(answer, Failed):
            self.worn |= answer.spent
        else:
            self.cpu_ms += answer.cpu_ms
            self.worn |= self.cpu_ms > RETIREMENT_MS

    def lower(self) -> None:
        """Let other processes go first. There is no way back: the worker is to be replaced after its page."""
        self.worn = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.worker.pid, _LOWEST)


class Seats:
    """At most ``most`` workers. One that is idle is kept for its owner until another owner needs its place."""

    def __init__(self, zygotes: Zygotes, most: int) -> None:
        self._zygotes = zygotes
        self._most = most
        self._count = 0
        self._idle: list[Seat] = []
        self._busy: set[Seat] = set()

    async def take(self, owner: Owner, setup: Setup) -> Seat:
        """A worker for an owner: its own if one is idle, else a new one. Raises ``ThemeError``."""
        seat = next((seat for seat in self._idle if seat.owner == owner), None)
        if seat is None:
            seat = await self._open(owner, setup)
        else:
            self._idle.remove(seat)
        self._busy.add(seat)
        return seat

    async def give_back(self, seat: Seat) -> None:
        """Keep a worker for its owner; one that is worn makes room for a fresh one."""
        if seat.worn:
            await self.end(seat)
        else:
            self._busy.discard(seat)
            self._idle.append(seat)

    async def end(self, seat: Seat) -> int | None:
        """Kill a worker; returns its status (``spawn.Zygotes.end``)."""
        self._busy.discard(seat)
        seat.line.close()
        seat.worker.kill()
        self._count -= 1
        return await asyncio.to_thread(self._zygotes.end, seat.worker)

    def kill_busy(self) -> None:
        """Kill the workers that are rendering; who waits for them is told."""
        for seat in self._busy:
            seat.worker.kill()

    async def close(self) -> None:
        """End every idle worker."""
        while self._idle:
            await self.end(self._idle.pop())

    async def _open(self, owner: Owner, setup: Setup) -> Seat:
        self._count += 1
        try:
            if self._count > self._most and self._idle:
                await self.end(self._idle.pop(0))
            worker = await asyncio.to_thread(self._zygotes.fork, setup.locales)
            return Seat(owner, worker, await Line.to(worker), setup.packed)
        except BaseException:
            self._count -= 1
            raise
