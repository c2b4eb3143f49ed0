"""Looking at the rules again and again, and telling whom it concerns, without holding anything up."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopwright.performance.alerts.evaluation import Evaluation, Notice
from shopwright.performance.alerts.message import Message
from shopwright.performance.logs import Level, record
from shopwright.performance.metrics import Label, counter

EVERY = 15.0
"""Seconds from one look to the next."""

PAUSES = (1.0, 10.0, 60.0)
"""Seconds after an attempt that failed; after the last one the message is given up."""

MOST_UNTOLD = 100
"""Messages that wait for one contact; with more, the newest is given up."""

MESSAGES = counter(
    "shopwright_alert_messages_total",
    "Messages about alerts, by what became of them",
    [Label("outcome", ("told", "given up"))],
)

Tell = Callable[[Message], None]
"""Tells one contact, once, in a thread of its own. Raises ``OSError``."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How often is looked, and how long waited after each attempt to tell somebody that failed (seconds)."""

    every: float = EVERY
    pauses: Sequence[float] = PAUSES


USUAL = Manner()


class AlertWatch:
    """The rules of an evaluation, the contacts that are told, and the name of this process in messages."""

    def __init__(self, evaluation: Evaluation, contacts: Sequence[Tell], source: str, manner: Manner = USUAL) -> None:
        self.evaluation = evaluation
        self._contacts = [(tell, asyncio.Queue[Message](MOST_UNTOLD)) for tell in contacts]
        self._source = source
        self._manner = manner

    async def run(self) -> None:
        """Look and tell until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look())
            for tell, queue in self._contacts:
                tasks.create_task(self._tell(tell, queue))

    async def _look(self) -> None:
        while True:
            for notice in self.evaluation.look(time.monotonic()):
                self._say(notice)
            await asyncio.sleep(self._manner.every)

    def _say(self, notice: Notice) -> None:
        level: Level = "warning" if notice.state == "firing" else "info"
        record("alert", level, alert=notice.rule.name, state=notice.state, reason=notice.rule.says)
        now = dt.datetime.now(dt.UTC)
        message = Message(notice, self._source, now, now - dt.timedelta(seconds=notice.at - notice.since))
        for _, queue in self._contacts:
            try:
                queue.put_nowait(message)
            except asyncio.QueueFull:
                MESSAGES.add("given up")

    async def _tell(self, tell: Tell, queue: "asyncio.Queue[Message]") -> None:
        while True:
            message = await queue.get()
            is_told = await self._told(tell, message)
            MESSAGES.add("told" if is_told else "given up")

    async def _told(self, tell: Tell, message: Message) -> bool:
        for pause in (*self._manner.pauses, None):
            try:
                await asyncio.to_thread(tell, message)
            except OSError as error:
                record("an alert could not be told", "warning", error=error, alert=message.notice.rule.name)
                if pause is not None:
                    await asyncio.sleep(pause)
            else:
                return True
        return False
