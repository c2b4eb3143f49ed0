"""Running a whole command and measuring it from outside: time, CPU, memory of its process tree."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shopwright.performance.memory import PeakMemory


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one run of a command printed and used."""

    status: int
    """Exit status; minus the signal's number when a signal ended it."""

    output: str
    errors: str

    seconds: float
    """Wall time."""

    cpu_seconds: float
    """User and system time of the command and of every process it waited for."""

    peak_bytes: int
    """Most memory of the process tree at once."""


def measure_command(command: Sequence[str | Path], *, folder: Path | None = None) -> Measurement:
    """Run ``command`` to its end in ``folder`` and measure it. Raises ``OSError`` when it cannot be started."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        with PeakMemory(process.pid) as memory:
            _, wait_status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(wait_status)
        output.seek(0)
        errors.seek(0)
        return Measurement(
            status=process.returncode,
            output=output.read().decode("utf-8", "replace"),
            errors=errors.read().decode("utf-8", "replace"),
            seconds=seconds,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            peak_bytes=memory.peak_bytes,
        )
