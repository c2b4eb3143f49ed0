import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def base(api):
    return f"/v1/tenants/{api.luna.name}/users"


async def _invited(api, base, email, role="editor"):
    answer = await api.ask("POST", base, Role.OWNER, json={"email": email, "name": "N", "role": role})
    assert answer.status_code == 201, answer.text
    users = (await api.ask("GET", base, Role.OWNER)).json()["items"]
    return answer.json(), next(user for user in users if user["email"] == email)


async def test_somebody_is_invited_with_a_link_of_our_own(api, base):
    link, user = await _invited(api, base, "dan@luna.example")
    assert link["link"].startswith(f"{api.parts.origin}/link#{api.luna.name}.")
    assert (user["role"], user["status"], user["second_factors"]) == ("editor", "invited", [])


async def test_a_role_is_given_and_somebody_is_let_in_no_more(api, base):
    _, user = await _invited(api, base, "eve@luna.example")
    path = f"{base}/{user['id']}"
    assert (await api.ask("PATCH", path, Role.OWNER, json={"role": "viewer"})).json()["role"] == "viewer"
    assert (await api.ask("PATCH", path, Role.OWNER, json={"status": "disabled"})).json()["status"] == "disabled"
    assert (await api.ask("PATCH", path, Role.OWNER, json={"status": "active"})).json()["status"] == "invited"
    both = await api.ask("PATCH", path, Role.OWNER, json={"role": "viewer", "status": "active"})
    assert both.status_code == 422
    reset = await api.ask("POST", f"{path}/reset", Role.OWNER, json={"factors": True})
    assert (reset.status_code, reset.json()["email"]) == (201, "eve@luna.example")


async def test_an_admin_makes_no_owner(api, base):
    answer = await api.ask("POST", base, Role.ADMIN, json={"email": "o@luna.example", "role": "owner"})
    assert answer.status_code == 403


async def test_a_stale_factor_changes_nobody(api, base):
    stale = await api.headers(Role.OWNER, fresh=False)
    answer = await api.ask("POST", base, headers=stale, json={"email": "f@luna.example", "role": "viewer"})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:shopwright:problem:step-up-required")


async def test_sessions_are_shown_and_ended(api, base):
    await api.headers(Role.ANALYST)
    user = api.users[Role.ANALYST, api.luna.name].id
    listed = (await api.ask("GET", f"{base}/{user}/sessions", Role.OWNER)).json()["items"]
    assert [each["address"] for each in listed] == ["203.0.113.7"]
    one = await api.ask("DELETE", f"{base}/{user}/sessions/{listed[0]['id']}", Role.OWNER)
    assert one.json() == {"ended": 1}
    assert (await api.ask("DELETE", f"{base}/{user}/sessions", Role.OWNER)).json() == {"ended": 0}
    assert (await api.ask("GET", f"{base}/{'0' * 32}/sessions", Role.OWNER)).status_code == 404
    api.browsers.clear()
