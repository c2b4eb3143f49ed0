import asyncio
from contextlib import suppress

import pytest
from tests.unit.performance.alerts.ruled import rule

from shopwright.performance.alerts import watch
from shopwright.performance.alerts.evaluation import Evaluation
from shopwright.performance.alerts.watch import MESSAGES, AlertWatch, Manner
from shopwright.performance.metrics import Registry

QUICK = Manner(every=0.01, pauses=(0.01, 0.01))


@pytest.fixture
def things():
    metrics = Registry()
    gauge = metrics.gauge("things", "Things")
    gauge.set(11)
    return metrics, gauge


def outcomes():
    series = MESSAGES.collect().series
    return series.get(("told",), 0), series.get(("given up",), 0)


async def run_until(watching, event):
    task = asyncio.create_task(watching.run())
    async with asyncio.timeout(20):
        await event.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


class Contact:
    """Fails so often, then is told; ``done`` is set after so many messages, or so many attempts."""

    def __init__(self, fails=0, wanted=1):
        self.heard, self.fails, self.wanted = [], fails, wanted
        self.done, self.loop = asyncio.Event(), asyncio.get_running_loop()

    def __call__(self, message):
        if self.fails:
            self.fails -= 1
            raise ConnectionError("not now")
        self.heard.append(message)
        if len(self.heard) == self.wanted:
            self.loop.call_soon_threadsafe(self.done.set)


async def test_each_contact_is_told_when_a_rule_fires_and_clears(things):
    metrics, gauge = things
    first, second = Contact(), Contact(wanted=2)
    evaluation = Evaluation([rule(keep="0s")], metrics)
    watching = AlertWatch(evaluation, [first, second], "shop-1/api", QUICK)
    task = asyncio.create_task(run_until(watching, second.done))
    await first.done.wait()
    gauge.set(1)
    await task
    assert [message.notice.state for message in second.heard] == ["firing", "cleared"]
    assert second.heard[0].source == "shop-1/api"
    assert second.heard[0].since <= second.heard[0].at


async def test_who_cannot_be_told_now_is_told_later(things):
    _, given_up = outcomes()
    contact = Contact(fails=2)
    await run_until(AlertWatch(Evaluation([rule()], things[0]), [contact], "x", QUICK), contact.done)
    assert len(contact.heard) == 1
    assert outcomes()[1] == given_up


async def test_who_can_never_be_told_is_given_up_and_counted(things):
    _, before = outcomes()
    contact = Contact(fails=99)
    watching = AlertWatch(Evaluation([rule()], things[0]), [contact], "x", QUICK)
    task = asyncio.create_task(watching.run())
    while outcomes()[1] == before:  # noqa: ASYNC110 - what becomes of a message is counted, nobody is called
        await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert contact.fails == 99 - 3


async def test_messages_for_one_contact_are_bounded(things, monkeypatch):
    monkeypatch.setattr(watch, "MOST_UNTOLD", 1)
    _, before = outcomes()
    rules = [rule(name=f"rule-{number}") for number in range(5)]
    watching = AlertWatch(Evaluation(rules, things[0]), [Contact()], "x", QUICK)
    for notice in watching.evaluation.look(0):
        watching._say(notice)
    assert outcomes()[1] == before + 4
