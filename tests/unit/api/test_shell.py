import asyncio
import datetime as dt
import time

import httpx
import pytest
from fastapi import FastAPI

from shopwright.api.shell import Shell, spend
from shopwright.multi_tenant.quotas.plan import MOST
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.usage import Usage


def app_with(function):
    app = FastAPI()
    app.get("/x")(function)
    app.get("/health/live")(function)
    return app


async def ask(shell, path="/x", **headers):
    transport = httpx.ASGITransport(shell)
    async with httpx.AsyncClient(transport=transport, base_url="http://own.example") as client:
        return await client.get(path, headers=headers)


async def fine():
    return {}


async def test_every_answer_protects_and_names_itself():
    shell = Shell(app_with(fine), {"own.example"}, secure=True)
    answers = [await ask(shell), await ask(shell, "/none"), await ask(shell, host="evil.example")]
    assert [answer.status_code for answer in answers] == [200, 404, 421]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "max-age" in answer.headers["strict-transport-security"]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 3


async def test_without_tls_no_browser_is_told_to_want_it():
    assert "strict-transport-security" not in (await ask(Shell(app_with(fine)))).headers


async def test_too_many_at_once_are_answered_at_once():
    gate, began = asyncio.Event(), asyncio.Event()

    async def slow():
        began.set()
        await gate.wait()
        return {}

    shell = Shell(app_with(slow), most_open=1)
    first = asyncio.create_task(ask(shell))
    await began.wait()
    second = await ask(shell)
    assert (second.status_code, second.headers["retry-after"]) == (503, "1")
    gate.set()
    assert (await ask(shell, "/health/live")).status_code == 200
    assert (await first).status_code == 200


async def test_what_fails_says_nothing_of_it():
    async def fails():
        raise RuntimeError("/srv/secret")

    answer = await ask(Shell(app_with(fails)))
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-request-id"]


async def test_what_fails_before_anything_was_said_is_answered():
    async def app(scope, receive, send):
        raise RuntimeError("early")

    answer = await ask(Shell(app))
    assert answer.json() == {
        "type": "urn:shopwright:problem:internal",
        "title": "Something went wrong here",
        "status": 500,
    }


async def test_what_fails_in_the_middle_of_an_answer_breaks_off():
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("half")

    with pytest.raises(RuntimeError, match="half"):
        await ask(Shell(app))


async def test_what_is_left_of_the_minute_is_told():
    async def spends():
        spend(Usage(Quota.REQUESTS, 600, 590, dt.datetime.fromtimestamp(time.time() + 30, dt.UTC)))
        return {}

    headers = (await ask(Shell(app_with(spends)))).headers
    assert headers["ratelimit-policy"] == '"requests";q=600;w=60'
    assert headers["ratelimit"] in ('"requests";r=10;t=30', '"requests";r=10;t=29')


async def test_where_there_is_no_limit_none_is_told():
    async def spends():
        spend(Usage(Quota.REQUESTS, MOST, 1, dt.datetime.now(dt.UTC)))
        return {}

    assert "ratelimit" not in (await ask(Shell(app_with(spends)))).headers
    spend(Usage(Quota.REQUESTS, 1, 1))


async def test_what_is_no_request_is_passed_on():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    await Shell(app)({"type": "lifespan"}, None, None)
    assert seen == ["lifespan"]
