import datetime as dt

import pytest
from tests.security.tenants import PARTY, identity_of

from shopwright.access.actions import Action
from shopwright.access.client import Client
from shopwright.access.roles import Role
from shopwright.access.token import new_token
from shopwright.bootstrap.identity.keys import ServiceKeys, Wanted

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def key_of(api, role, *scopes):
    await api.headers(role)
    user = api.users[role, api.luna.name]
    async with api.parts.platform.database(api.luna.name) as database:
        keys = ServiceKeys(identity_of(api.parts.platform, database))
        wanted = Wanted("K", scopes, dt.timedelta(days=1))
        made = await keys.create(user.id, wanted, Client("127.0.0.1", dt.datetime.now(dt.UTC)))
    return {"authorization": f"Bearer {made.key.text}"}


async def test_a_key_does_what_it_was_made_for(api):
    key = await key_of(api, Role.OWNER, Action.CATALOG_READ)
    assert (await api.ask("GET", f"/v1/tenants/{api.luna.name}/stores", headers=key)).status_code == 200
    refused = await api.ask("GET", f"/v1/tenants/{api.luna.name}/keys", headers=key)
    assert (refused.status_code, refused.json()["detail"]) == (403, "The service key may not do this")
    foreign = await api.ask("GET", f"/v1/tenants/{api.sol.name}/stores", headers=key)
    assert foreign.status_code == 404


async def test_a_key_counts_before_a_cookie(api):
    both = {**await api.headers(Role.OWNER), **await key_of(api, Role.OWNER, Action.CATALOG_READ)}
    assert (await api.ask("GET", f"/v1/tenants/{api.luna.name}/keys", headers=both)).status_code == 403


@pytest.mark.parametrize("tenant", ["luna", "mars", "control"])
async def test_a_key_nobody_made_is_refused_alike(api, tenant):
    name = api.luna.name if tenant == "luna" else tenant
    answer = await api.ask(
        "GET", f"/v1/tenants/{name}", headers={"authorization": f"Bearer {new_token(name).key.text}"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (401, "The service key does not count")


@pytest.mark.parametrize("tenant", ["luna", "mars"])
async def test_a_session_nobody_began_is_refused_alike(api, tenant):
    name = api.luna.name if tenant == "luna" else tenant
    cookie = f"__Host-shopwright-session={new_token(name).value.text}"
    answer = await api.ask("GET", f"/v1/tenants/{name}", headers={"cookie": cookie})
    assert (answer.status_code, answer.json()["detail"]) == (401, "The session is over")


@pytest.mark.parametrize("given", ["Basic YTpi", "Bearer x", "Bearer", "bearer sw_luna_x"])
async def test_other_credentials_are_none(api, given):
    answer = await api.ask("GET", f"/v1/tenants/{api.luna.name}", headers={"authorization": given})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("without", "instead"),
    [
        ("x-csrf-token", {}),
        ("x-csrf-token", {"x-csrf-token": "0" * 64}),
        ("origin", {}),
        ("origin", {"origin": "https://evil.example"}),
        ("", {"sec-fetch-site": "cross-site"}),
    ],
)
async def test_what_another_site_sends_is_refused(api, without, instead):
    headers = await api.headers(Role.OWNER)
    headers.pop(without, None)
    headers |= instead
    path = f"/v1/tenants/{api.luna.name}/users"
    answer = await api.ask("POST", path, headers=headers, json={"email": "x@y.example", "role": "viewer"})
    assert (answer.status_code, answer.json()["detail"]) == (403, "The request does not come from a page of ours")
    assert (await api.ask("GET", path, headers=headers)).status_code == 200
    assert PARTY.origin == api.parts.origin


async def test_a_secret_of_the_platform_opens_no_tenant_that_is_not_there(api):
    headers = await api.headers(Role.OPERATOR)
    headers["cookie"] = headers["cookie"].replace("=control.", "=mars.")
    answer = await api.ask("GET", "/v1/tenants", headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (401, "The session is over")
