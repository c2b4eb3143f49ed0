"""The caller's side of a zygote: starting it, having it fork workers, ending them."""

import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, ClassVar, Self

import orjson

from shopwright.errors import ThemeError

Json = dict[str, Any]

_ANSWER_BYTES = 256
_PATIENCE = 30.0  # seconds for a zygote to start or answer, on a machine that is very busy
_FAREWELL = 2.0
_CPU_CLOCK = 2  # CPUCLOCK_SCHED, for a whole process


@dataclass(frozen=True, slots=True, eq=False)
class Worker:
    """A worker that was forked: its socket, and a handle that stays its own even if its number is used again."""

    pid: int
    socket: socket.socket
    handle: int | None

    def kill(self) -> None:
        """End it now, whatever it is doing."""
        with suppress(ProcessLookupError):
            if self.handle is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """Processor time it has used, by its CPU clock (Linux, see clock_getcpuclockid(3)); infinite if not told."""
        try:
            return time.clock_gettime(~self.pid << 3 | _CPU_CLOCK)
        except OSError:
            return math.inf

    def close(self) -> None:
        """Give back its socket and handle."""
        self.socket.close()
        if self.handle is not None:
            os.close(self.handle)


class Zygotes:
    """One zygote, started when first needed and again when it was lost. Safe to call from threads."""

    program: ClassVar[str] = "shopwright.template_engine.confinement.zygote"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def fork(self, locales: tuple[str, ...] = ()) -> Worker:
        """A new worker that has the data of these locales at hand. Raises ``ThemeError`` when none can be had."""
        with self._lock:
            try:
                control = self._control or self._start()
                return _fork(control, locales)
            except (OSError, EOFError):
                self._stop()
            try:
                return _fork(self._start(), locales)
            except (OSError, EOFError) as error:
                self._stop()
                remedy = "Try again; the machine may lack memory or processes."
                raise ThemeError(f"no confined worker can be started: {error}.", remedy=remedy) from error

    def end(self, worker: Worker) -> int | None:
        """Kill a worker and give back all it had. Returns its status (minus a signal's number), None if not known."""
        worker.kill()
        try:
            with self._lock:
                if self._control is None:
                    return None
                status = _ask(self._control, {"end": worker.pid})[0].get("status")
                return status if isinstance(status, int) else None
        except (OSError, EOFError):
            return None
        finally:
            worker.close()

    def close(self) -> None:
        """End the zygote and every worker it has."""
        with self._lock:
            self._stop()

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.program],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        finally:
            theirs.close()
        self._control = ours
        ours.settimeout(_PATIENCE)
        if not ours.recv(_ANSWER_BYTES):
            raise EOFError("its zygote ended at once")
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(_FAREWELL)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


def _fork(control: socket.socket, locales: tuple[str, ...]) -> Worker:
    answer, handles = _ask(control, {"fork": locales})
    return Worker(answer["pid"], socket.socket(fileno=handles[0]), handles[1] if handles[1:] else None)


def _ask(control: socket.socket, request: Json) -> tuple[Json, list[int]]:
    control.sendall(orjson.dumps(request))
    data, handles, _, _ = socket.recv_fds(control, _ANSWER_BYTES, 2)
    if not data:
        raise EOFError("its zygote is gone")
    answer: Json = orjson.loads(data)
    return answer, handles


def _environment() -> dict[str, str]:
    """What Python needs, and nothing that could be a secret."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
