"""The most memory a process and everything it started held at once.

PSS (proportional set size) shares a page among the processes that map it, so a sum over a tree counts every page once;
a sum of RSS counts shared pages once for each process. Linux tells PSS in ``/proc/<pid>/smaps_rollup``; elsewhere RSS
is summed, and ``measure`` says which.
"""

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import psutil

_SMALLEST_PAUSE = 0.05  # seconds between two samples
_LARGEST_SHARE = 0.02  # of the time that sampling itself may use


class PeakMemory:
    """Samples the memory of a process tree while a ``with`` block runs; read ``peak_bytes`` at any time.

    ``pid`` is the root of the tree (default: this process). A process that lives and dies between two samples is not
    seen: a pause is 50 ms, or longer where reading takes so long that it would use more than a fiftieth of the time.
    """

    def __init__(self, pid: int | None = None) -> None:
        self.peak_bytes = 0
        self.measure: Literal["PSS", "RSS"] = "PSS" if _pss(os.getpid()) is not None else "RSS"
        self.cpu_seconds = 0.0
        """CPU time that the measuring has cost so far."""
        self._pid = os.getpid() if pid is None else pid
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="peak-memory", daemon=True)

    def __enter__(self) -> Self:
        self._sample()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._thread.join()
        self._sample()

    def _run(self) -> None:
        pause = _SMALLEST_PAUSE
        while not self._stopped.wait(pause):
            pause = max(_SMALLEST_PAUSE, self._sample() / _LARGEST_SHARE)

    def _sample(self) -> float:
        """Measure once; returns the CPU seconds that took."""
        started = time.thread_time()
        held = sum(self._bytes(process) for process in _tree(self._pid))
        self.peak_bytes = max(self.peak_bytes, held)
        cost = time.thread_time() - started
        self.cpu_seconds += cost
        return cost

    def _bytes(self, process: psutil.Process) -> int:
        held = _pss(process.pid) if self.measure == "PSS" else _rss(process)
        return held or 0


def tree_bytes(pid: int) -> tuple[int, int]:
    """Bytes that a process and everything it started hold now, and how many processes those are."""
    tree = _tree(pid)
    measured = [_pss(process.pid) or _rss(process) or 0 for process in tree]
    return sum(measured), len(tree)


def _tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def _pss(pid: int) -> int | None:
    """Bytes, or None when the process is gone or the system does not tell."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_bytes()
    except OSError:
        return None
    _, _, rest = text.partition(b"\nPss:")
    number = rest.split(maxsplit=1)[:1]
    return int(number[0]) * 1024 if number else None


def _rss(process: psutil.Process) -> int | None:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return None
