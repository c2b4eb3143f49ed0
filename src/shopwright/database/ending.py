"""The end of a task that was to go on for as long as something else lasts."""

import asyncio

_PATIENCE = 0.2


async def end_task(task: "asyncio.Task[None]") -> None:
    """Cancel a task until it has ended; what it raised is nobody's any more.

    Once is not enough: ``asyncio.wait_for``, which PyMongo uses, loses a cancellation that comes at the moment its
    answer does (CPython gh-86296, mended in 3.12).
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_PATIENCE)
    if not task.cancelled():
        task.exception()
