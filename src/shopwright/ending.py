"""The end of a task that was to go on for as long as something else lasts."""

import asyncio
from typing import TypeVar

PATIENCE = 0.2
"""Seconds after which a cancellation counts as lost."""

T = TypeVar("T")


async def end_task(task: "asyncio.Future[T]", patience: float = PATIENCE) -> None:
    """Cancel a task until it has ended; what it raised is nobody's any more.

    Once is not enough: ``asyncio.wait_for``, which PyMongo uses, loses a cancellation that comes at the moment its
    answer does (CPython gh-86296, mended in 3.12). ``patience``: seconds, longer than the task's own end takes.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=patience)
    if not task.cancelled():
        task.exception()
