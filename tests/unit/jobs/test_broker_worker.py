import asyncio
import threading

import pytest
from tests.brokers import BROKERS, counted
from tests.unit.bootstrap.working import until

from shopwright.errors import DatabaseUnavailable
from shopwright.jobs.broker import Broker
from shopwright.jobs.broker_worker import BrokerWorker
from shopwright.performance.broker_metrics import BROUGHT


@pytest.fixture(scope="module", params=BROKERS)
def server(request, tmp_path_factory):
    with BROKERS[request.param](tmp_path_factory.mktemp("broker") / "server") as made:
        yield made


@pytest.fixture
def broker(server):
    made = Broker(server.address, 60)
    made.waiting()
    made.forget()
    yield made
    made.close()


async def waiting(broker, number):
    async def there():
        return await asyncio.to_thread(broker.waiting) == number

    await until(there)


async def ended(task):
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert not [thread for thread in threading.enumerate() if thread.name == "broker"]


async def test_each_message_is_a_turn_at_most_so_many_at_once_and_an_error_does_not_end_it(broker):
    turns, open_, most = [], 0, 0

    async def turn():
        nonlocal open_, most
        turns.append(len(turns))
        open_ += 1
        most = max(most, open_)
        await asyncio.sleep(0.05)
        open_ -= 1
        if len(turns) == 1:
            raise DatabaseUnavailable("it does not answer.")
        return len(turns) < 5

    before = {end: counted(BROUGHT, end) for end in ("worked", "idle")}
    serving = asyncio.create_task(BrokerWorker(broker, 2).serve(turn))
    for _ in range(6):
        await asyncio.to_thread(broker.offer)

    async def all_done():
        return sum(counted(BROUGHT, end) - number for end, number in before.items()) == 6

    await until(all_done)
    assert len(turns) == 6
    assert most == 2
    await ended(serving)


async def test_what_is_at_work_at_the_end_is_cancelled_first_then_its_message_goes_to_another_worker(broker):
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def long():
        begun.set()
        try:
            await asyncio.sleep(600)
        finally:
            cancelled.set()
        return True

    serving = asyncio.create_task(BrokerWorker(broker, 1).serve(long))
    await asyncio.to_thread(broker.offer)
    async with asyncio.timeout(30):
        await begun.wait()
    await ended(serving)
    assert cancelled.is_set()
    begun.clear()

    async def short():
        begun.set()
        return True

    other = asyncio.create_task(BrokerWorker(Broker(broker.app.conf.broker_url, 60), 1).serve(short))
    async with asyncio.timeout(30):
        await begun.wait()
    await ended(other)


async def test_it_goes_on_when_the_broker_comes_back(broker, server):
    done = asyncio.Event()

    async def turn():
        done.set()
        return True

    serving = asyncio.create_task(BrokerWorker(broker, 1).serve(turn))
    await asyncio.to_thread(broker.offer)
    async with asyncio.timeout(30):
        await done.wait()
    await asyncio.to_thread(server.kill)
    assert await asyncio.to_thread(broker.look) == "it does not answer"
    await asyncio.to_thread(server.start)
    done.clear()

    async def brought():
        await asyncio.to_thread(broker.offer)
        return done.is_set()

    await until(brought)
    await ended(serving)
