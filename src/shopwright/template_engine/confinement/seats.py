"""The workers of a pool: each belongs to one tenant and one theme for as long as it lives."""

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass

from shopwright.template_engine.confinement.bounds import PATIENCE, RETIREMENT_MS, STARVED
from shopwright.template_engine.confinement.line import Line
from shopwright.template_engine.confinement.messages import Failed, Rendered, Setup
from shopwright.template_engine.confinement.spawn import Worker, Zygotes

Owner = tuple[str, str]
"""A tenant, and the digest of a setup."""

LOW = 0.3
"""Processor seconds of one page after which others go first."""

_LOWER = 10  # nice(2): a ninth of what others get
_LOOK = 0.1


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

    async def answer(self, frame: bytes, seconds: float) -> bytes | None:
        """The worker's answer, or None when there is none in time. Raises ``EOFError`` or ``AnswerRefused``.

        A worker whose page takes much processor time gets less of it from then on. There is no way back, so it is to be
        replaced after that page.
        """
        begun = self.worker.cpu_seconds()
        self.line.ask(self.unsent + frame)
        self.unsent = b""
        lowering = asyncio.create_task(self._lower(begun + LOW))
        try:
            data = await self.line.answer(seconds)
            if data is None and self.worker.cpu_seconds() - begun < seconds * STARVED:
                data = await self.line.answer(seconds * (PATIENCE - 1))
            return data
        finally:
            lowering.cancel()

    async def _lower(self, cpu_seconds: float) -> None:
        while self.worker.cpu_seconds() < cpu_seconds:  # noqa: ASYNC110 - nothing tells when it has used so much
            await asyncio.sleep(_LOOK)
        self.worn = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.worker.pid, _LOWER)


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
