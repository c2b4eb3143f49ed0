import asyncio
import socket

import pytest

from shopwright.template_engine.confinement.bounds import MAX_ANSWER
from shopwright.template_engine.confinement.line import Line
from shopwright.template_engine.confinement.messages import AnswerRefused
from shopwright.template_engine.confinement.spawn import Worker


def framed(data):
    return len(data).to_bytes(4, "big") + data


def on_line(talk):
    """Run ``talk(line, worker's socket)`` in a loop."""

    async def run():
        ours, theirs = socket.socketpair()
        with ours, theirs:
            theirs.setblocking(False)
            line = await Line.to(Worker(1, ours, None))
            try:
                return await talk(line, theirs)
            finally:
                line.close()
                await asyncio.sleep(0)

    return asyncio.run(run())


async def ask(line, data, seconds=20):
    line.ask(data)
    return await line.answer(seconds)


async def wait_for(socket_, size=100):
    return await asyncio.get_running_loop().sock_recv(socket_, size)


def test_a_question_has_its_answer():
    async def talk(line, worker):
        asking = asyncio.ensure_future(ask(line, b"question"))
        assert await wait_for(worker) == b"question"
        worker.send(framed(b"answer")[:6])
        await asyncio.sleep(0.01)
        worker.send(framed(b"answer")[6:])
        first = await asking
        asking = asyncio.ensure_future(ask(line, b"more"))
        await wait_for(worker)
        worker.send(framed(b"again"))
        return first, await asking

    assert on_line(talk) == (b"answer", b"again")


def test_no_answer_in_time():
    async def talk(line, worker):
        return await ask(line, b"question", 0.01)

    assert on_line(talk) is None


def test_a_worker_that_ends():
    async def talk(line, worker):
        asking = asyncio.ensure_future(ask(line, b"question"))
        await wait_for(worker)
        worker.close()
        with pytest.raises(EOFError):
            await asking
        with pytest.raises(EOFError):
            await ask(line, b"question")
        line.close()

    on_line(talk)


def test_an_answer_past_the_bound():
    async def talk(line, worker):
        asking = asyncio.ensure_future(ask(line, b"question"))
        await wait_for(worker)
        worker.send((MAX_ANSWER + 1).to_bytes(4, "big"))
        with pytest.raises(AnswerRefused):
            await asking

    on_line(talk)


def test_an_answer_nobody_asked_for_ends_the_line():
    """It must not be taken for the answer to the next question."""

    async def talk(line, worker):
        worker.send(framed(b"early"))
        await asyncio.sleep(0.01)
        with pytest.raises(EOFError):
            await ask(line, b"question")

    on_line(talk)
