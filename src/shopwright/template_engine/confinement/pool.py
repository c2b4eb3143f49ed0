"""Confined workers for many tenants at once: for the service and for previews."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from shopwright.audit.record import Record, RecordSink
from shopwright.errors import ThemeError
from shopwright.performance.cpu import usable_processors
from shopwright.template_engine.confinement.bounds import SECONDS
from shopwright.template_engine.confinement.deaths import ended, too_slow
from shopwright.template_engine.confinement.journal import Journal
from shopwright.template_engine.confinement.messages import (
    AnswerRefused,
    Failed,
    PageRequest,
    Rendered,
    Setup,
    read_answer,
)
from shopwright.template_engine.confinement.seats import Seat, Seats
from shopwright.template_engine.confinement.spawn import Zygotes
from shopwright.template_engine.confinement.turns import Turns

SLOW = 0.15
"""Seconds after which a page no longer holds up others: one more may render beside it."""
TURN = 8
"""Pages a tenant may render before it is the next one's turn."""
RESERVE = 8
"""Workers there may be for each page that renders at once: kept for their tenants, and against slow pages."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    setup: Setup
    template: str
    frame: bytes
    tenant: str
    page: asyncio.Future[Rendered] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class RenderPool:
    """Renders pages of many tenants and themes, ``width`` at once (default: processors), slow ones not counted.

    A worker serves one tenant and one theme, and is replaced when its place is needed for another. Tenants take turns,
    each with at most ``places`` pages at once (default: ``width``). ``record`` is told, in a thread, of batches, limits
    and kills. Used with ``async with``.
    """

    def __init__(
        self,
        *,
        width: int | None = None,
        places: int | None = None,
        record: RecordSink | None = None,
        zygotes: Zygotes | None = None,
    ) -> None:
        self._width = width or usable_processors()
        self._most = self._width * RESERVE
        self._turns: Turns[_Job] = Turns(places or self._width)
        self._sink = record
        self._zygotes = zygotes or Zygotes()
        self._owned = zygotes is None
        self._seats = Seats(self._zygotes, self._most)
        self._running: set[asyncio.Task[None]] = set()
        self._slow: set[_Job] = set()
        self._journals: dict[str, dict[str, Journal]] = {}
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def render(self, setup: Setup, request: PageRequest, tenant: str = "") -> Rendered:
        """A page.

        Raises ``ContextRefused``, ``ThemeError`` or ``RenderLimitHit`` (also when too many pages wait already), and
        ``AuditLogError`` when what happened cannot be recorded. A page whose caller is cancelled renders to its end.
        """
        if self._closed:
            raise _shut()
        job = _Job(setup, request.template, request.frame(), tenant)
        known = self._journals.get(tenant, {})
        journal = known.get(setup.digest) or Journal(setup, tenant)
        self._turns.put(tenant, job)
        self._journals[tenant] = known | {setup.digest: journal}
        self._start_next()
        return await job.page

    async def close(self) -> None:
        """End every worker. Pages that wait or render fail."""
        self._closed = True
        for job in self._turns.clear():
            job.page.set_exception(_shut())
        self._seats.kill_busy()
        while self._running:
            await asyncio.wait(self._running)
        await self._seats.close()
        if self._owned:
            await asyncio.to_thread(self._zygotes.close)

    def _start_next(self) -> None:
        """Start turns while there are places."""
        while len(self._running) < self._most and self._brisk() < self._width:
            job = self._turns.take()
            if job is None:
                return
            turn = asyncio.create_task(self._turn(job))
            self._running.add(turn)
            turn.add_done_callback(self._over)

    def _over(self, turn: asyncio.Task[None]) -> None:
        self._running.discard(turn)
        self._start_next()

    def _brisk(self) -> int:
        return len(self._running) - len(self._slow)

    async def _turn(self, job: _Job) -> None:
        """Render pages of one tenant, one after the other."""
        following: _Job | None = job
        pages = 0
        try:
            while following is not None:
                await self._page(following)
                pages += 1
                goes_on = pages < TURN and self._brisk() <= self._width
                following = self._turns.more(job.tenant) if goes_on else None
        finally:
            self._turns.done(job.tenant)

    async def _page(self, job: _Job) -> None:
        timer = asyncio.get_running_loop().call_later(SLOW, self._make_way, job)
        try:
            await self._settle(job)
        except Exception as error:  # noqa: BLE001 - whatever it is, the page's caller is told
            if not job.page.done():
                job.page.set_exception(_shut() if self._closed else error)
        finally:
            timer.cancel()
            self._slow.discard(job)

    def _make_way(self, job: _Job) -> None:
        self._slow.add(job)
        self._start_next()

    async def _settle(self, job: _Job) -> None:
        """Render a page and hand it over; the records of its tenant are kept first, when it is the last for now."""
        try:
            page = None if job.page.done() else await self._render(job)
        finally:
            if self._turns.is_last(job.tenant):
                for journal in self._journals.pop(job.tenant).values():
                    await self._keep(journal.batch())
        if page is not None and not job.page.done():
            job.page.set_result(page)

    async def _render(self, job: _Job) -> Rendered:
        journal = self._journals[job.tenant][job.setup.digest]
        seat = await self._seats.take((job.tenant, job.setup.digest), job.setup)
        if self._closed:
            await self._seats.end(seat)
            raise _shut()
        try:
            data = await seat.answer(job.frame, SECONDS)
            answer = None if data is None else read_answer(data)
        except (EOFError, AnswerRefused):
            raise ended(job.template, await self._bury(seat, job, journal, "died")) from None
        if answer is None:
            await self._bury(seat, job, journal, "time")
            raise too_slow(job.template)
        seat.spend(answer)
        await self._seats.give_back(seat)
        if isinstance(answer, Failed):
            await self._keep(journal.failed(job.template, answer))
            raise answer.error
        await self._keep(journal.rendered(answer))
        return answer

    async def _bury(self, seat: Seat, job: _Job, journal: Journal, reason: str) -> int | None:
        status = await self._seats.end(seat)
        if not self._closed:
            await self._keep(journal.killed(job.template, seat.worker.pid, reason, status))
        return status

    async def _keep(self, record: Record | None) -> None:
        """In a thread: a sink may write to a disk."""
        if record is not None and self._sink is not None:
            await asyncio.to_thread(self._sink, record)


def _shut() -> ThemeError:
    return ThemeError("the engine was closed before the page was rendered.", remedy="Open it again.")
