import pytest

from shopwright.access.roles import Role
from shopwright.api.repeated import HEADER

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def change(api, key, title, **headers):
    path = f"/v1/tenants/{api.luna.name}"
    given = {HEADER: key, "content-type": "application/merge-patch+json", **headers}
    return await api.ask("PATCH", path, Role.OWNER, headers=given, content=f'{{"title": "{title}"}}')


async def test_a_key_is_answered_twice_and_done_once(api):
    first = await change(api, "once", "First")
    await change(api, "between", "Between")
    again = await change(api, "once", "First")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    now = await api.ask("GET", f"/v1/tenants/{api.luna.name}", Role.OWNER)
    assert now.json()["title"] == "Between"


async def test_a_key_stands_for_one_request(api):
    await change(api, "two", "First")
    other = await change(api, "two", "Second")
    assert (other.status_code, other.json()["type"]) == (422, "urn:shopwright:problem:document-refused")


async def test_what_was_refused_frees_its_key(api):
    assert (await change(api, "three", "x" * 300)).status_code == 422
    assert (await change(api, "three", "Short")).status_code == 200


async def test_a_key_has_a_form(api):
    assert (await change(api, "no spaces", "Any")).status_code == 400
    assert (await change(api, "x" * 201, "Any")).status_code == 400


async def test_secrets_are_not_answered_twice(api):
    path, body = f"/v1/tenants/{api.luna.name}/keys", {"name": "K", "scopes": ["catalog.read"], "days": 1}
    first = await api.ask("POST", path, Role.OWNER, headers={HEADER: "key"}, json=body)
    again = await api.ask("POST", path, Role.OWNER, headers={HEADER: "key"}, json=body)
    assert first.status_code == 201
    assert (again.status_code, again.json()["type"]) == (409, "urn:shopwright:problem:answered-once")
    assert first.json()["key"] not in again.text
    assert again.headers["content-type"] == "application/problem+json"


async def test_who_lost_the_right_is_not_told_what_came_of_it(api):
    await change(api, "four", "Four")
    path = f"/v1/tenants/{api.luna.name}"
    given = {HEADER: "four", "content-type": "application/merge-patch+json"}
    answer = await api.ask("PATCH", path, Role.EDITOR, headers=given, content='{"title": "Four"}')
    assert answer.status_code == 403
