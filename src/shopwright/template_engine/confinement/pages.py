"""Confined pages for the line: synchronous, one worker, the next page rendering while the last one is written."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from shopwright.audit.record import Record, RecordSink
from shopwright.errors import ThemeError
from shopwright.template_engine.confinement.bounds import PATIENCE, RETIREMENT_MS, SECONDS, STARVED
from shopwright.template_engine.confinement.channel import Channel
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
from shopwright.template_engine.confinement.spawn import Worker, Zygotes
from shopwright.template_engine.theme import Theme

AHEAD = 2
"""Pages sent to the worker before the first of them is back."""


class ConfinedPages:
    """The pages of a theme and its editions (``pages.Pages``), rendered by one confined worker.

    ``record`` is told of batches, limits and kills, under the name of ``tenant``. To be closed, best by ``with``.
    """

    def __init__(
        self,
        theme: Theme,
        editions: Mapping[str, Any],
        *,
        tenant: str = "",
        record: RecordSink | None = None,
        zygotes: Zygotes | None = None,
    ) -> None:
        self._setup = Setup.of(theme, editions)
        self._journal = Journal(self._setup, tenant)
        self._sink = record
        self._zygotes = zygotes or Zygotes()
        self._owned = zygotes is None
        self._worker: Worker | None = None
        self._channel: Channel | None = None
        self._cpu_ms = 0.0
        self._begun = self._cpu_begun = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def html(self, template: str, locale: str, context: Mapping[str, Any], head: str = "") -> str:
        """A page. Raises ``ThemeError``, ``ContextRefused`` or ``RenderLimitHit``; the next page renders again."""
        return next(iter(self.html_many([PageRequest(template, locale, context, head)])))

    def html_many(self, requests: Iterable[PageRequest]) -> Iterator[str]:
        """Pages in the order of their requests; raises as ``html`` does at the page that failed."""
        for rendered in self.render_many(requests):
            yield rendered.html

    def render_many(self, requests: Iterable[PageRequest]) -> Iterator[Rendered]:
        """As ``html_many``, each page with what it cost."""
        waiting: deque[PageRequest] = deque()
        try:
            for request in requests:
                try:
                    frame = request.frame()
                except ThemeError:
                    yield from self._rest(waiting)
                    raise
                if self._cpu_ms > RETIREMENT_MS:
                    yield from self._rest(waiting)
                    self._end()
                self._send(frame, waiting)
                waiting.append(request)
                if len(waiting) >= AHEAD:
                    yield self._receive(waiting)
            yield from self._rest(waiting)
        finally:
            if waiting:  # nobody will ask for what is still rendering
                self._end()

    def close(self) -> None:
        """End the worker, and the zygote unless it is shared; record the last pages."""
        self._end()
        self._keep(self._journal.batch())
        if self._owned:
            self._zygotes.close()

    def _rest(self, waiting: deque[PageRequest]) -> Iterator[Rendered]:
        while waiting:
            yield self._receive(waiting)

    def _send(self, frame: bytes, waiting: deque[PageRequest]) -> None:
        if self._worker is None:
            self._worker = self._zygotes.fork(self._setup.locales)
            self._channel = Channel(self._worker.socket)
            frame = self._setup.packed + frame
        if not waiting:
            self._begin(self._worker)
        assert self._channel is not None  # noqa: S101 - it comes with the worker
        with suppress(OSError):  # a worker that is gone is noticed when it does not answer
            self._channel.send(frame)

    def _begin(self, worker: Worker) -> None:
        """A page begins: its time runs from now."""
        self._begun, self._cpu_begun = time.monotonic(), worker.cpu_seconds()

    def _receive(self, waiting: deque[PageRequest]) -> Rendered:
        """The answer to the first request that waits."""
        assert self._worker is not None  # noqa: S101 - a request was sent
        assert self._channel is not None  # noqa: S101 - as above
        where = waiting[0].template
        try:
            data = self._channel.receive(self._begun + SECONDS)
            if data is None and self._worker.cpu_seconds() - self._cpu_begun < SECONDS * STARVED:
                data = self._channel.receive(self._begun + SECONDS * PATIENCE)
            answer = None if data is None else read_answer(data)
        except (OSError, EOFError, AnswerRefused):
            raise ended(where, self._end(where, "died")) from None
        if answer is None:
            self._end(where, "time")
            raise too_slow(where)
        waiting.popleft()
        self._begin(self._worker)
        if isinstance(answer, Failed):
            self._keep(self._journal.failed(where, answer))
            if answer.spent:
                self._end()
            raise answer.error
        self._cpu_ms += answer.cpu_ms
        self._keep(self._journal.rendered(answer))
        return answer

    def _end(self, template: str = "", reason: str = "") -> int | None:
        """End the worker; a reason is recorded."""
        worker, self._worker, self._channel, self._cpu_ms = self._worker, None, None, 0.0
        if worker is None:
            return None
        status = self._zygotes.end(worker)
        if reason:
            self._keep(self._journal.killed(template, worker.pid, reason, status))
        return status

    def _keep(self, record: Record | None) -> None:
        if record is not None and self._sink is not None:
            self._sink(record)
