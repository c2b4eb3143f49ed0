from uuid import uuid4

import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_everybody_reads_their_own_tenant(api):
    for role in Role:
        answer = await api.ask("GET", f"/v1/tenants/{api.luna.name}", role)
        assert (answer.status_code, answer.json()["id"]) == (200, api.luna.name), answer.text


async def test_another_tenant_is_not_there(api):
    there = await api.ask("GET", f"/v1/tenants/{api.sol.name}", Role.OWNER)
    never = await api.ask("GET", "/v1/tenants/mars", Role.OWNER)
    assert there.status_code == never.status_code == 404
    assert there.json() == never.json()
    assert there.headers["content-type"] == "application/problem+json"


async def test_an_operator_makes_changes_stops_and_lists_tenants(api):
    name = f"new-{uuid4().hex[:8]}"
    made = await api.ask("POST", "/v1/tenants", Role.OPERATOR, json={"id": name, "title": "New"})
    assert (made.status_code, made.json()["state"], made.json()["title"]) == (201, "active", "New"), made.text
    assert (await api.ask("POST", "/v1/tenants", Role.OPERATOR, json={"id": name})).status_code == 409
    planned = await api.ask("PUT", f"/v1/tenants/{name}/plan", Role.OPERATOR, json={"plan": made.json()["plan"]})
    assert planned.status_code == 200
    stopped = await api.ask("POST", f"/v1/tenants/{name}/suspension", Role.OPERATOR)
    assert (stopped.status_code, stopped.json()["state"]) == (201, "suspended")
    resumed = await api.ask("DELETE", f"/v1/tenants/{name}/suspension", Role.OPERATOR)
    assert (resumed.status_code, resumed.json()["state"]) == (200, "active")
    seen, after = [], ""
    while after is not None:
        page = (await api.ask("GET", f"/v1/tenants?limit=2&after={after}", Role.OPERATOR)).json()
        seen += [tenant["id"] for tenant in page["items"]]
        after = page["next"]
    assert {name, api.luna.name, api.sol.name} <= set(seen)
    assert seen == sorted(set(seen))
    await api.parts.platform.withdraw(name, "main")


async def test_who_is_no_operator_sees_no_list(api):
    assert (await api.ask("GET", "/v1/tenants", Role.OWNER)).status_code == 404


async def test_an_owner_changes_the_title_and_not_the_plan(api):
    path, headers = f"/v1/tenants/{api.luna.name}", {"content-type": "application/merge-patch+json"}
    changed = await api.ask("PATCH", path, Role.OWNER, headers=headers, content='{"title": "Luna Optics"}')
    assert changed.json()["title"] == "Luna Optics"
    for body in ('{"title": "x", "plan": "own"}', "{}", '{"title": null}'):
        assert (await api.ask("PATCH", path, Role.OWNER, headers=headers, content=body)).status_code == 422
    assert (await api.ask("PUT", f"{path}/plan", Role.OWNER, json={"plan": "own"})).status_code == 403
