import asyncio

import pytest

from shopwright.access.roles import Role
from shopwright.api.routes import jobs as routes

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _asked(api, store):
    headers = {"content-type": "application/jsonl"}
    line = '{"handle": "a", "title": "A", "variants": [{"id": "only"}]}'
    base = f"/v1/tenants/{api.luna.name}"
    await api.ask("POST", f"{base}/stores/{store}/imports", Role.EDITOR, content=line, headers=headers)
    answer = await api.ask("POST", f"{base}/jobs", Role.EDITOR, json={"store": store})
    assert answer.status_code == 202, answer.text
    return answer, f"{base}/jobs/{answer.json()['id']}"


async def test_a_job_is_asked_for_cancelled_and_asked_for_again(api):
    asked, path = await _asked(api, "made")
    assert (asked.headers["location"], asked.json()["state"]) == (path, "queued")
    assert (await api.ask("GET", path, Role.VIEWER)).json()["id"] == asked.json()["id"]
    cancelled = await api.ask("POST", f"{path}/cancellation", Role.EDITOR)
    assert (cancelled.status_code, cancelled.json()["state"]) == (202, "cancelled")
    assert (await api.ask("POST", f"{path}/cancellation", Role.EDITOR)).status_code == 409
    again = await api.ask("POST", f"{path}/retry", Role.EDITOR)
    assert again.json()["state"] == "queued"
    await api.ask("POST", f"{path}/cancellation", Role.EDITOR)


async def test_events_come_until_a_job_is_over_and_go_on_after_a_break(api):
    _, path = await _asked(api, "followed")
    following = asyncio.create_task(api.ask("GET", f"{path}/events", Role.VIEWER))
    await asyncio.sleep(0.1)
    await api.ask("POST", f"{path}/cancellation", Role.EDITOR)
    answer = await following
    assert answer.headers["content-type"].startswith("text/event-stream")
    numbers = [int(line[4:]) for line in answer.text.splitlines() if line.startswith("id: ")]
    assert numbers == [1, 2]
    assert "event: cancelled" in answer.text
    rest = await api.ask("GET", f"{path}/events", Role.VIEWER, headers={"last-event-id": "1"})
    assert [line for line in rest.text.splitlines() if line.startswith("id: ")] == ["id: 2"]


async def test_a_stream_says_that_it_is_still_there(api, monkeypatch):
    monkeypatch.setattr(routes, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(routes, "STREAM_SECONDS", 0.4)
    _, path = await _asked(api, "beating")
    answer = await api.ask("GET", f"{path}/events", Role.VIEWER)
    assert ": still there\n\n" in answer.text
    await api.ask("POST", f"{path}/cancellation", Role.EDITOR)


async def test_a_stream_ends_though_a_cancellation_is_lost(monkeypatch):
    """As ``asyncio.wait_for`` of Python 3.11, which PyMongo uses, may lose it: the stream never ended then."""
    monkeypatch.setattr(routes, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(routes, "STREAM_SECONDS", 0.02)
    lost = []

    class Connected:
        async def is_disconnected(self):
            return False

    class Deaf:
        async def events(self, *asked):
            while len(lost) < 3:
                try:
                    await asyncio.sleep(3_600)
                except asyncio.CancelledError:
                    lost.append(asked)
            await asyncio.sleep(3_600)
            yield

    pieces = [piece async for piece in routes._stream(Connected(), Deaf(), None, "0" * 32, 7)]
    assert set(pieces) == {b": still there\n\n"}
    assert lost == [(None, "0" * 32, 7)] * 3


async def test_jobs_are_listed_page_by_page(api):
    for store in ("listed-a", "listed-b"):
        await _asked(api, store)
    base = f"/v1/tenants/{api.luna.name}/jobs"
    first = (await api.ask("GET", f"{base}?limit=1", Role.VIEWER)).json()
    second = (await api.ask("GET", f"{base}?limit=1&after={first['next']}", Role.VIEWER)).json()
    assert [first["items"][0]["store"], second["items"][0]["store"]] == ["listed-b", "listed-a"]


async def test_what_is_not_there_is_not_found(api):
    base = f"/v1/tenants/{api.luna.name}/jobs"
    for path in (f"{base}/{'0' * 32}", f"{base}/{'0' * 32}/events"):
        assert (await api.ask("GET", path, Role.VIEWER, headers={"accept": "*/*"})).status_code == 404
    assert (await api.ask("POST", base, Role.EDITOR, json={"store": "none"})).status_code == 409
    assert (await api.ask("GET", f"{base}/x", Role.VIEWER)).status_code == 422
