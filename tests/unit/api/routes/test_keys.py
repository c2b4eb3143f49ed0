import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_key_is_made_shown_without_its_secret_and_revoked(api):
    base = f"/v1/tenants/{api.luna.name}/keys"
    made = await api.ask("POST", base, Role.OWNER, json={"name": "Night", "scopes": ["catalog.read"]})
    assert made.status_code == 201
    listed = await api.ask("GET", base, Role.OWNER)
    assert made.json()["key"] not in listed.text
    assert made.json()["id"] in {key["id"] for key in listed.json()["items"]}
    use = {"authorization": f"Bearer {made.json()['key']}"}
    assert (await api.ask("GET", f"/v1/tenants/{api.luna.name}/stores", headers=use)).status_code == 200
    assert (await api.ask("GET", "/v1/session", headers=use)).status_code == 403
    assert (await api.ask("DELETE", f"{base}/{made.json()['id']}", Role.OWNER)).status_code == 204
    assert (await api.ask("DELETE", f"{base}/{made.json()['id']}", Role.OWNER)).status_code == 404
    assert (await api.ask("GET", f"/v1/tenants/{api.luna.name}/stores", headers=use)).status_code == 401


async def test_no_key_does_what_is_dangerous(api):
    base = f"/v1/tenants/{api.luna.name}/keys"
    answer = await api.ask("POST", base, Role.OWNER, json={"name": "Night", "scopes": ["tenant.delete"]})
    assert answer.status_code == 422
