import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_events_are_searched_page_by_page(api):
    base = f"/v1/tenants/{api.luna.name}/audit"
    first = (await api.ask("GET", f"{base}?limit=1", Role.OWNER)).json()
    second = (await api.ask("GET", f"{base}?limit=1&after={first['next']}", Role.OWNER)).json()
    assert first["items"] != second["items"]
    imports = (await api.ask("GET", f"{base}?action=catalog.import&limit=5", Role.OWNER)).json()["items"]
    assert {each["event.action"] for each in imports} == {"catalog.import"}


@pytest.mark.parametrize("query", ["action=none", "since=2026-11-23T12:00:00", f"actor={'x' * 201}", "limit=0"])
async def test_what_no_event_has_is_refused(api, query):
    answer = await api.ask("GET", f"/v1/tenants/{api.luna.name}/audit?{query}", Role.OWNER)
    assert answer.status_code == 422


async def test_the_chain_is_verified_and_taken_out(api):
    base = f"/v1/tenants/{api.luna.name}/audit"
    verified = (await api.ask("GET", f"{base}/verification", Role.OWNER)).json()
    assert verified["faults"] == []
    lines = (await api.ask("GET", f"{base}/export", Role.OWNER)).text.splitlines()
    assert len(lines) >= verified["events"] > 0
    assert (await api.ask("GET", f"{base}/export", Role.ADMIN)).status_code == 403
    assert "audit.export" in (await api.ask("GET", f"{base}?action=audit&limit=3", Role.OWNER)).text
