import asyncio
import gc

import pytest

from shopwright.ending import end_task


async def test_a_task_that_would_go_on_for_ever_ends():
    task = asyncio.create_task(asyncio.sleep(3_600))
    await end_task(task)
    assert task.cancelled()


@pytest.mark.parametrize("lost", [1, 3])
async def test_a_task_that_loses_cancellations_ends_all_the_same(lost):
    """As ``asyncio.wait_for`` of Python 3.11 does when its answer comes at the same moment."""
    swallowed, started = 0, asyncio.Event()

    async def work():
        nonlocal swallowed
        while True:
            try:
                started.set()
                await asyncio.sleep(3_600)
            except asyncio.CancelledError:
                if swallowed == lost:
                    raise
                swallowed += 1

    task = asyncio.create_task(work())
    await started.wait()
    await end_task(task, patience=0.01)
    assert (task.cancelled(), swallowed) == (True, lost)


async def test_a_task_that_ends_by_itself_is_waited_for():
    """It takes its cancellation as a reason to finish what it does."""
    done = []

    async def work():
        try:
            await asyncio.sleep(3_600)
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            done.append(True)

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    await end_task(task)
    assert (done, task.cancelled()) == ([True], False)


@pytest.mark.parametrize("before", [True, False], ids=["before", "when it is cancelled"])
async def test_what_a_task_raised_is_nobodys_any_more(before):
    """Neither raised here nor told to the event loop as an exception that nobody looked at."""
    told = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: told.append(context["message"]))

    async def work():
        try:
            await asyncio.sleep(0 if before else 3_600)
        finally:
            raise ValueError

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    if before:
        await asyncio.wait([task])
    await end_task(task)
    assert task.done()
    del task
    gc.collect()
    assert told == []
