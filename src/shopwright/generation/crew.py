"""The page workers of one build: the first pages are printed here, further ones by processes."""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from queue import LifoQueue
from typing import Any

import orjson

from shopwright.errors import (
    BuildError,
    ContextRefused,
    RenderLimitHit,
    ShopwrightError,
    StorageError,
    TemplateRefused,
    ThemeError,
)
from shopwright.frames import read_frame, write_frame
from shopwright.generation.site import Site
from shopwright.generation.worker import CHECK_SECONDS, PageWorker

Json = dict[str, Any]

ALONE = 32
"""Jobs printed in the build's own process before others are started: a small change starts none."""
BATCH_BYTES = 256 << 10
BATCH_JOBS = 32
_AHEAD = 2
_LAST = b'{"jobs":[],"last":true}'
_ERRORS: dict[str, type[ShopwrightError]] = {
    kind.__name__: kind for kind in (ThemeError, TemplateRefused, ContextRefused, RenderLimitHit, StorageError)
}

Keep = Callable[[list[Json]], None]


class Crew:
    """Prints jobs with ``workers`` processes; results come in the order of the jobs.

    ``keep`` is given what the workers have to record (``theme_records.packed``). Pages of a ``confined`` theme are
    printed by processes only: checking one can take so long that its worker must be ended.
    """

    def __init__(
        self,
        site: Site,
        folder: Path,
        workers: int,
        keep: Keep = lambda _records: None,
        *,
        confined: bool = False,
    ) -> None:
        self._confined = confined
        self._site = site
        self._folder = folder
        self._workers = workers
        self._keep = keep

    def print(self, jobs: Iterable[bytes]) -> Iterator[Json]:
        """The notes of every page of every job (JSON, see ``worker.PageWorker.print``). Raises what a worker raises."""
        jobs = iter(jobs)
        if not self._confined:
            yield from self._print_here(jobs if self._workers == 1 else islice(jobs, ALONE))
        if self._confined or self._workers > 1:
            yield from self._print_there(jobs)

    def _print_here(self, jobs: Iterator[bytes]) -> Iterator[Json]:
        first = next(jobs, None)
        if first is None:
            return
        worker = PageWorker(self._site, self._folder)
        try:
            yield from worker.print(map(orjson.loads, chain([first], jobs)))
        finally:
            self._keep(worker.close())

    def _print_there(self, jobs: Iterator[bytes]) -> Iterator[Json]:
        with ExitStack() as stack:
            idle: LifoQueue[_Process | None] = LifoQueue()
            for _ in range(self._workers):
                idle.put(None)
            running: list[_Process] = []
            stack.callback(_end, running)  # also one that was only starting when the others were ended
            threads = stack.enter_context(ThreadPoolExecutor(self._workers))
            stack.callback(_end, running)
            stack.callback(threads.shutdown, wait=False, cancel_futures=True)

            def work(batch: bytes) -> Answer:
                process = idle.get()
                try:
                    process = process or self._start(running)
                    return process.print(batch)
                finally:
                    idle.put(process)

            def collected(printed: Future[Answer]) -> list[Json]:
                answer = printed.result()
                self._keep(answer.records)
                return answer.pages()

            ahead: deque[Future[Answer]] = deque()
            for batch in _batches(jobs):
                ahead.append(threads.submit(work, batch))
                if len(ahead) >= self._workers * _AHEAD:
                    yield from collected(ahead.popleft())
            while ahead:
                yield from collected(ahead.popleft())
            for process in running:
                self._keep(process.print(_LAST).records)

    def _start(self, running: "list[_Process]") -> "_Process":
        process = _Process(self._site, self._folder, confined=self._confined)
        running.append(process)
        return process


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of a batch: notes of pages, what is to be recorded, and what went wrong."""

    notes: list[Json]
    records: list[Json]
    error: Json | None

    def pages(self) -> list[Json]:
        """The notes. Raises ThemeError, StorageError or BuildError instead if a page could not be printed."""
        if self.error is None:
            return self.notes
        kind = _ERRORS.get(self.error["kind"], BuildError)
        raise kind(self.error["what"], where=self.error["where"], remedy=self.error["remedy"])


class _Process:
    """One worker process. Raises ``BuildError`` when it cannot be started."""

    def __init__(self, site: Site, folder: Path, *, confined: bool) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "shopwright.generation.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**_environment(), "PYTHONPATH": os.pathsep.join(sys.path)},
            )
        except OSError as error:
            remedy = "Run the build again, with fewer --workers."
            raise BuildError(f"a page worker cannot be started: {error.strerror}.", remedy=remedy) from error
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        setup = {"site": orjson.loads(site.as_json()), "folder": str(folder), "confined": confined}
        write_frame(self._process.stdin, setup)

    def print(self, batch: bytes) -> Answer:
        """Have a batch printed. Raises ``BuildError`` when the process has died."""
        process = self._process
        assert process.stdin is not None  # noqa: S101 - as above
        assert process.stdout is not None  # noqa: S101 - as above
        try:
            process.stdin.write(len(batch).to_bytes(4, "big") + batch)
            process.stdin.flush()
            answer = read_frame(process.stdout)
        except OSError:
            answer = None
        if answer is None:
            raise _death(process.wait())
        return Answer(answer.get("pages", []), answer.get("records", []), answer.get("error"))

    def end(self) -> None:
        """Stop the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # a batch that it had not read yet
                    stream.close()


def _death(status: int) -> ShopwrightError:
    if status == -signal.SIGPROF:
        what = f"checking a page of the theme takes more than {CHECK_SECONDS:g} s of processor time."
        return RenderLimitHit(what, remedy="Look for elements that are nested without end, or never closed, in a loop.")
    return BuildError(f"a page worker ended with status {status}.", remedy="Run the build again.")


def _end(running: list[_Process]) -> None:
    for process in running:
        process.end()


def _environment() -> dict[str, str]:
    return {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}


def _batches(jobs: Iterable[bytes]) -> Iterator[bytes]:
    """Jobs joined to frames, so that a worker is rarely waited for."""
    batch: list[bytes] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job)
        if size >= BATCH_BYTES or len(batch) >= BATCH_JOBS:
            yield b'{"jobs":[' + b",".join(batch) + b"]}"
            batch, size = [], 0
    if batch:
        yield b'{"jobs":[' + b",".join(batch) + b"]}"
