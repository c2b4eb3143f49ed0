"""A worker's side of the process that builds and publishes one store: what it is told, and how it is ended."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, Self

import orjson

from shopwright.errors import BuildError, BuildLost, ShopwrightError
from shopwright.monitoring_settings import telemetry_variables
from shopwright.performance.carried import take_in
from shopwright.performance.tracing import traceparent
from shopwright.settings import aws_variables

COMMAND = (sys.executable, "-m", "shopwright.bootstrap.job_child")

GRACE_SECONDS = 3.0
"""For a build to clean up after itself before it is killed."""

_LOOK_SECONDS = 0.5
_LENGTH_BYTES = 4
_MOST_BYTES = 256 << 20

Json = dict[str, Any]
Tell = Callable[[str, int], None]


class BuildProcess:
    """A started process: it waits for its one job, its imports done meanwhile."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._standing: Literal["waits", "works", "over"] = "waits"

    @classmethod
    async def start(cls, command: Sequence[str]) -> Self:
        """Start one. Raises ``BuildLost`` when there can be none."""
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,
                env=_environment(),
            )
        except OSError as error:
            raise BuildLost(f"no process can be started for a build: {error.strerror}.") from error
        return cls(process)

    @property
    def alive(self) -> bool:
        """Whether it can still be given work."""
        return self._process.returncode is None

    async def build(self, asked: Json, tell: Tell) -> Json:
        """Have a store built. Raises what the build raises, and ``BuildLost``."""
        return await self._answer({**asked, "traceparent": traceparent()}, "built", tell)

    async def publish(self, asked: Json) -> Json:
        """Have it published. Raises ``StorageError``, ``BuildLost``."""
        return await self._answer(asked, "published", lambda _stage, _done: None)

    async def end(self) -> None:
        """End the process, and all it started: in order if it can, else at once."""
        process = self._process
        if self._standing == "works" and self.alive:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
        if self._standing != "waits":
            with suppress(TimeoutError):
                async with asyncio.timeout(GRACE_SECONDS):
                    await process.wait()
        self._kill()
        await process.wait()
        if process.stdin:
            process.stdin.close()

    async def _answer(self, asked: Json, wanted: str, tell: Tell) -> Json:
        await self._write(asked)
        while True:
            frame = await self._read()
            take_in(frame.get("counted", ()))
            if wanted in frame:
                answer: Json = frame[wanted]
                self._standing = "waits" if wanted == "built" else "over"
                return answer
            if "error" in frame:
                self._standing = "over"
                raise _raised(frame["error"])
            tell(*frame["progress"])

    async def _write(self, asked: Json) -> None:
        assert self._process.stdin  # noqa: S101 - it was asked for
        self._standing = "works"
        data = orjson.dumps(asked)
        with suppress(ConnectionError):  # that it is gone is found out by reading
            self._process.stdin.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
            await self._process.stdin.drain()

    async def _read(self) -> Json:
        """The next frame. Where the process ended, what it had started may hold the pipe open: that is ended too."""
        reading = asyncio.ensure_future(self._frame())
        try:
            while not reading.done():
                await asyncio.wait([reading], timeout=_LOOK_SECONDS)
                if not (reading.done() or self.alive):
                    self._kill()
            return reading.result()
        except asyncio.IncompleteReadError:
            status = await self._process.wait()
            remedy = "It may need more memory than there is. It is tried again."
            raise BuildLost(f"the process of the build ended with status {status}.", remedy=remedy) from None
        finally:
            reading.cancel()

    async def _frame(self) -> Json:
        assert self._process.stdout  # noqa: S101 - as above
        length = int.from_bytes(await self._process.stdout.readexactly(_LENGTH_BYTES), "big")
        if length > _MOST_BYTES:
            raise BuildLost(f"the process of the build says more than {_MOST_BYTES:,} bytes at once.")
        frame: Json = orjson.loads(await self._process.stdout.readexactly(length))
        return frame

    def _kill(self) -> None:
        """The process, and all it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


class Processes:
    """Processes for builds, one of which is always started ahead: importing takes longer than a small change."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._ahead: asyncio.Task[BuildProcess] | None = None

    def start_ahead(self) -> None:
        """Start the next one now."""
        if self._ahead is None:
            self._ahead = asyncio.create_task(BuildProcess.start(self._command))

    @asynccontextmanager
    async def one(self) -> AsyncIterator[BuildProcess]:
        """A process for one job; ended afterwards."""
        ahead, self._ahead = self._ahead, None
        process = await ahead if ahead else await BuildProcess.start(self._command)
        if not process.alive:
            process = await BuildProcess.start(self._command)
        try:
            yield process
        finally:
            await asyncio.shield(process.end())
            self.start_ahead()

    async def end(self) -> None:
        """End the one that was started ahead."""
        ahead, self._ahead = self._ahead, None
        if ahead:
            with suppress(ShopwrightError):
                await (await ahead).end()


def _raised(said: Json) -> ShopwrightError:
    kinds = {kind.__name__: kind for kind in _leaves(ShopwrightError)}
    kind = kinds.get(said["kind"], BuildError)
    return kind(said["what"], where=said["where"], remedy=said["remedy"])


def _leaves(kind: type[ShopwrightError]) -> Iterable[type[ShopwrightError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _leaves(each)


def _environment() -> dict[str, str]:
    """What a build needs; the database's address and other secrets stay here."""
    given = {**aws_variables(), **telemetry_variables()}
    return {**given, "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", "PYTHONPATH": os.pathsep.join(sys.path)}
