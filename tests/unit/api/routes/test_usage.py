import pytest

from shopwright.access.roles import Role

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_operator_sets_limits_and_who_asks_too_often_waits(api):
    base = f"/v1/tenants/{api.sol.name}"
    limited = await api.ask("PUT", f"{base}/limits", Role.OPERATOR, json={"limits": {"requests": 2}})
    assert limited.status_code == 200, limited.text
    answer = await api.ask("GET", f"{base}/usage", Role.OWNER, api.sol.name)
    requests = next(each for each in answer.json()["quotas"] if each["quota"] == "requests")
    assert (requests["limit"], requests["unit"]) == (2, "requests per minute")
    assert answer.headers["ratelimit-policy"] == '"requests";q=2;w=60'
    answers = [await api.ask("GET", f"{base}/stores", Role.OWNER, api.sol.name) for _ in range(4)]
    assert 429 in [answer.status_code for answer in answers]
    assert all(1 <= int(each.headers["retry-after"]) <= 60 for each in answers if each.status_code == 429)
    assert (await api.ask("PUT", f"{base}/limits", Role.OPERATOR, json={"limits": {}})).status_code == 200
