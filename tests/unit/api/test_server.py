import asyncio
import time
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from shopwright.api import server
from shopwright.api.server import ApiServer, Listening, names_of, run
from shopwright.api.shell import Shell
from shopwright.errors import SettingsError


def app():
    made = FastAPI()
    made.state.parts = SimpleNamespace(origin="https://console.example")

    @made.get("/slow")
    async def slow():
        await asyncio.sleep(0.3)
        return {"done": True}

    return made


@asynccontextmanager
async def served():
    told = asyncio.get_running_loop().create_future()
    running = ApiServer(app(), Listening(port=0), told.set_result)
    task = asyncio.create_task(running.serve())
    try:
        yield running, await told
    finally:
        running.should_exit = True
        await task


async def sent(port, data, *, wait=0.0):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    await asyncio.sleep(wait)
    try:
        return await asyncio.wait_for(reader.read(), 5)
    finally:
        writer.close()
        await writer.wait_closed()


GET = b"GET /slow HTTP/1.1\r\nHost: console.example\r\nConnection: close\r\n"


async def test_a_request_is_answered():
    async with served() as (_, port):
        assert b'{"done":true}' in await sent(port, GET + b"\r\n")
        near = GET.replace(b"console.example", b"localhost:%d" % port)
        assert b'{"done":true}' in await sent(port, near + b"\r\n")
        other = await sent(port, GET.replace(b"console", b"evil") + b"\r\n")
        assert other.startswith(b"HTTP/1.1 421")
        assert b"\r\nserver:" not in other.lower()


async def test_a_head_is_bounded():
    async with served() as (_, port):
        assert (await sent(port, GET + b"x: " + b"y" * 40_000)).startswith(b"HTTP/1.1 431")


async def test_a_head_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.1)
    async with served() as (_, port):
        began = time.perf_counter()
        assert await sent(port, GET) == b""
        assert time.perf_counter() - began < 4


async def test_what_was_asked_before_the_end_is_answered():
    async with served() as (running, port):
        asking = asyncio.create_task(sent(port, GET + b"\r\n"))
        await asyncio.sleep(0.1)
        running.should_exit = True
        assert b'{"done":true}' in await asking


async def test_a_place_that_is_taken_is_told():
    async with served() as (_, port):
        with pytest.raises(SettingsError, match="cannot be listened at"):
            await ApiServer(app(), Listening(port=port), print).serve()


def test_names_of_loopback_are_known_on_loopback_only():
    assert names_of("https://Console.example", Listening(host="0.0.0.0", port=80)) == {"console.example"}
    near = names_of("http://localhost:8080", Listening())
    assert near == {"localhost:8080", "127.0.0.1:8080"}


def test_a_certificate_is_read(tmp_path):
    where = Listening(certificate=tmp_path / "none.pem", key=tmp_path / "none.key", proxies=("10.0.0.0/8",))
    config = server._config(Shell(app()), where)
    assert (config.is_ssl, config.proxy_headers) == (True, True)


def test_work_is_run():
    async def work():
        seen.append(type(asyncio.get_running_loop()).__module__)

    seen = []
    run(work())
    assert seen == ["uvloop"]
