"""A Celery worker inside a worker's process: for each message the broker brings it does one turn, then confirms it.

Celery runs in a thread of its own, with a thread for each message at work; the turns run where the worker's other work
does, on its event loop. A message is confirmed when its turn is over. Where the process dies before that, the broker
gives the message to another worker; where it ends in order, its turns are handed back first, then their messages.
"""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from celery import bootsteps
from celery.exceptions import Reject
from celery.worker import WorkController, state

from shopwright.database.ending import end_task
from shopwright.errors import ShopwrightError
from shopwright.jobs.broker import TASK, Broker
from shopwright.performance.broker_metrics import BROUGHT
from shopwright.performance.logs import record

PAUSE_SECONDS = 5.0
"""Before Celery is started anew where it ended by itself."""

END_SECONDS = 10.0
"""For Celery to end in order; then its connection ends with the process, and the broker sees that."""

_BEAT_SECONDS = 0.1

Turn = Callable[[], Awaitable[bool]]
"""Does what is to be done next; whether there was something."""


class _Beat(bootsteps.StartStopStep):  # type: ignore[misc]
    """Celery's loop wakes up some times a second: only then it confirms messages, and sees that it is to end."""

    requires = {"celery.worker.components:Hub", "celery.worker.components:Timer"}

    def register_with_event_loop(self, worker: Any, hub: Any) -> None:  # noqa: ANN401, ARG002 - Celery has no types
        hub.timer.call_repeatedly(_BEAT_SECONDS, _nothing)


class BrokerWorker:
    """Does turns when messages come, at most ``at_once`` at a time. One process has one at most."""

    def __init__(self, broker: Broker, at_once: int) -> None:
        self._broker = broker
        self._at_once = at_once
        self._turns: set[asyncio.Task[None]] = set()

    async def serve(self, turn: Turn) -> None:
        """Do turns until this is cancelled; then each turn is cancelled, and ends, before this does."""
        loop = asyncio.get_running_loop()

        def begun(done: "Future[bool]") -> None:
            task = loop.create_task(_done(turn, done))
            self._turns.add(task)
            task.add_done_callback(self._turns.discard)

        def work() -> None:
            done: Future[bool] = Future()
            loop.call_soon_threadsafe(begun, done)
            _confirmed(done)

        self._broker.app.task(work, name=TASK, bind=False, shared=False)
        while True:
            await self._one(asyncio.Event(), loop)
            record("the broker's worker ended by itself", "error")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _one(self, ended: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
        """One Celery worker, from its start to its end."""

        def run() -> None:
            with suppress(SystemExit, RuntimeError):  # its own way to end; a loop that is gone cannot be told
                try:
                    self._celery().start()
                finally:
                    loop.call_soon_threadsafe(ended.set)

        thread = threading.Thread(target=run, name="broker", daemon=True)
        thread.start()
        try:
            await ended.wait()
        finally:
            await self._hand_back()
            state.should_stop = os.EX_OK
            await asyncio.to_thread(thread.join, END_SECONDS)
            state.should_stop = None

    async def _hand_back(self) -> None:
        for task in list(self._turns):
            task.cancel()
        for task in list(self._turns):
            await end_task(task)

    def _celery(self) -> Any:  # noqa: ANN401 - Celery has no types
        app = self._broker.app
        app.steps["worker"].add(_Beat)
        return WorkController(
            app=app,
            concurrency=self._at_once,
            pool="threads",
            without_gossip=True,
            without_heartbeat=True,
            without_mingle=True,
        )


async def _done(turn: Turn, done: "Future[bool]") -> None:
    """Do a turn, and tell the thread that has its message."""
    try:
        done.set_result(await turn())
    except asyncio.CancelledError:
        done.cancel()
        raise
    except ShopwrightError as error:
        record("no ticket can be taken", "warning", error=error)
        done.set_result(False)
    except BaseException as error:
        done.set_exception(error)
        raise


def _confirmed(done: "Future[bool]") -> None:
    """Wait for the end of a turn. Raises ``Reject`` for a message that another worker is to have."""
    try:
        worked = done.result()
    except BaseException as error:  # noqa: BLE001 - however it ended: its message is not done
        BROUGHT.add("given back")
        raise Reject(type(error).__name__, requeue=True) from None
    BROUGHT.add("worked" if worked else "idle")


def _nothing() -> None:
    """Waking up is all."""
