"""What this process and what it started take of the machine, read when the metrics are."""

import asyncio
import os
import time

import psutil

from shopwright.performance.memory import tree_bytes
from shopwright.performance.memory_limit import free_memory, usable_memory
from shopwright.performance.metrics import REGISTRY, counter, gauge, histogram

LAG_EVERY = 0.5
"""Seconds between two looks at the event loop."""

MEMORY = gauge("shopwright_process_memory_bytes", "Memory of the process and everything it started (PSS)")
LIMIT = gauge("shopwright_memory_limit_bytes", "Memory that may be used: the machine's, or the control group's")
FREE = gauge("shopwright_memory_free_bytes", "Memory that can still be taken")
CPU = counter("shopwright_process_cpu_seconds_total", "CPU time of the process and of children that have ended")
HANDLES = gauge("shopwright_process_handles", "Open files and connections")
MOST_HANDLES = gauge("shopwright_process_handles_limit", "Files and connections that may be open")
PROCESSES = gauge("shopwright_processes", "The process and everything it started")
LAG = histogram(
    "shopwright_loop_lag_seconds",
    "How much later than asked the event loop came back to a task",
    bounds=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0),
)


def measure_process() -> None:
    """Set the gauges to what holds now."""
    process = psutil.Process()
    taken, processes = tree_bytes(os.getpid())
    MEMORY.set(taken)
    PROCESSES.set(processes)
    LIMIT.set(usable_memory())
    FREE.set(free_memory())
    HANDLES.set(process.num_fds())
    MOST_HANDLES.set(process.rlimit(psutil.RLIMIT_NOFILE)[0])
    spent = sum(process.cpu_times()[:4])
    CPU.add(amount=max(0.0, spent - CPU.total))


def watch_process() -> None:
    """From now on whoever reads the metrics is told of the process too."""
    if measure_process not in REGISTRY.before:
        REGISTRY.before.append(measure_process)


async def watch_loop() -> None:
    """Look at the event loop's lag until cancelled."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(LAG_EVERY)
        LAG.observe(max(0.0, time.perf_counter() - asked - LAG_EVERY))
