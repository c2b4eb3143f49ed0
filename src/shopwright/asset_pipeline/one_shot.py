"""A bounded process for one piece of work on bytes that are not trusted: asked once, answers once, ends."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from io import BytesIO
from typing import Any

from shopwright.frames import read_frame, write_frame

SECONDS = 60


def ask_once(module: str, request: dict[str, Any]) -> dict[str, Any] | None:
    """The answer of ``python -m module`` to a request (JSON frames); None when it died or took over a minute."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        try:
            return _exchange(process, request)
        finally:
            process.kill()


def bound_process(memory: int, seconds: int) -> None:
    """Bound this process for good: bytes of address space, seconds of processor time. Ctrl-C is left to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError):  # the machine's own bound is tighter, or (macOS) it knows none of memory
            resource.setrlimit(limit, (most, most))


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any]) -> dict[str, Any] | None:
    asked = BytesIO()
    write_frame(asked, request)
    try:
        answer, _ = process.communicate(asked.getvalue(), timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None
    return read_frame(BytesIO(answer))


def _environment() -> dict[str, str]:
    """No secret of the build's environment is within a hostile file's reach."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
