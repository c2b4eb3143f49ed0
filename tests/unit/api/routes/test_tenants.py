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
