"""Every route of the API × every role × own, suspended, foreign, deleted and unknown tenant, over real databases.

The action of a route is read off the route, so that one that is added is in here. What the table of rights allows
reaches the route's function; what it does not allow is answered alike for tenants of others and those that never were.
"""

from collections import Counter
from contextlib import suppress

import pytest
from tests.security.permissions_table import ROLES, is_allowed
from tests.security.tenants import contents, standing
from tests.unit.api.requests_of import request_of, routes_of
from tests.unit.api.serving import serving

from shopwright.access.caller import CONTROL
from shopwright.access.roles import Role
from shopwright.api.description import ADDRESS
from shopwright.api.routes.every import PUBLIC
from shopwright.bootstrap.jobs import Jobs, Unguarded
from shopwright.errors import ShopwrightError

MORTALS = [role for role in ROLES if role != "operator"]


class Matrix:
    """What was asked for, and what was wrong with the answers."""

    def __init__(self, api):
        self.api, self.wrong, self.cells = api, [], Counter()

    async def run(self, situation, tenant, roles=ROLES):
        for route in routes_of(self.api):
            for role in roles if "{tenant}" in route.path else ():
                await self.cell(situation, tenant, Role(role), route)

    async def cell(self, situation, tenant, role, route):
        expected = is_allowed(role.value, route.action.value, situation)
        if route.name == "follow_job":
            await self._end_job()
        answer = await self.api.ask(**request_of(self.api, route, tenant), role=role)
        self.cells[expected] += 1
        told = f"{route.methods} {route.path} as {role} in {situation}: {answer.status_code} {answer.text[:200]}"
        if answer.status_code >= 500 or _is_refused(answer) is expected:
            self.wrong.append(told)
        if self.api.sol.marker in answer.text and not (expected and tenant == self.api.sol.name):
            self.wrong.append(f"leak: {told}")

    async def _end_job(self):
        """So that its events come to an end."""
        with suppress(ShopwrightError):
            async with self.api.parts.platform.database(self.api.luna.name) as database:
                await Jobs(self.api.parts.platform).cancel(Unguarded(database, "test"), self.api.luna.job)


def _is_refused(answer):
    """At the door; whom somebody may manage is asked behind it, of people there are."""
    told = answer.json() if "problem" in answer.headers.get("content-type", "") else {}
    kind = told.get("type", "").removeprefix("urn:shopwright:problem:")
    is_of_rank = told.get("detail", "").startswith("You cannot make or change an ")
    return kind in {"access-denied", "tenant-hidden", "step-up-required"} and not is_of_rank


@pytest.fixture
async def api(own_mongo):
    async with serving(*own_mongo) as opened:
        yield opened


async def test_every_route_by_every_role_in_every_tenant(api):
    matrix, luna, sol = Matrix(api), api.luna.name, api.sol.name
    for role in ROLES:
        await api.headers(Role(role))
    before = await contents(api.parts.platform, sol)
    await matrix.run("foreign", sol, MORTALS)
    await matrix.run("never there", "mars", ["owner", "viewer"])
    await matrix.run("own", CONTROL, ["operator"])
    await standing(api.parts.platform, luna, "suspended")
    await matrix.run("suspended", luna, ["viewer", "operator"])
    await standing(api.parts.platform, luna, "deleted")
    await matrix.run("deleted", luna, ["operator"])
    after = await contents(api.parts.platform, sol)
    assert [name for name in before if before[name] != after[name]] == []
    await standing(api.parts.platform, luna, "active")
    await matrix.run("own", luna, [*reversed(MORTALS)])
    assert matrix.wrong == [], "\n".join(matrix.wrong)
    assert min(matrix.cells.values()) > 50


async def test_every_route_enters_once_or_is_listed(api):
    found = {(method, route.path) for route in routes_of(api, every=True) for method in route.methods}
    entered = {(method, route.path) for route in routes_of(api) for method in route.methods}
    assert found - entered == PUBLIC | {("GET", ADDRESS)}
    assert len(entered) > 40


async def test_nobody_gets_anywhere(api):
    for route in routes_of(api):
        answer = await api.ask(**request_of(api, route, api.luna.name))
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="shopwright"'), (
            route.path
        )
