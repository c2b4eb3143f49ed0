"""Every operation of every repository × every role × own, suspended, foreign, deleted and unknown tenant, in databases.

The caller belongs to luna and knows every id of sol. What the table allows is done, with sol's ids; what it does not
allow is denied; and nothing of sol comes back, in a result or an error, or is changed.
"""

from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.security.arguments import Attack
from tests.security.callers import NOW, OPERATOR, OWNER
from tests.security.discovery import operations
from tests.security.permissions_table import ROLES, is_allowed
from tests.security.tenants import contents, fill, standing

from shopwright.access.caller import CONTROL
from shopwright.access.roles import Role
from shopwright.bootstrap.operations import OPERATIONS
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.platform_door import platform_door
from shopwright.errors import AccessDenied, ShopwrightError, TenantError
from shopwright.settings import DatabaseSettings, Secret

EVERY = sorted((name, thing, method) for name, (thing, method) in operations().items() if method in OPERATIONS)


class Matrix:
    """Two tenants of one platform, and what was found."""

    def __init__(self, platform, folder, luna, sol):
        self.platform, self.folder, self.luna, self.sol = platform, folder, luna, sol
        self.door = replace(platform_door(platform, folder), now=lambda: NOW)
        self.wrong, self.cells, self.own = [], Counter(), 0

    async def run(self, situation, tenant, roles=ROLES):
        for name, thing, method in EVERY:
            for role in roles:
                await self.cell(situation, tenant, Role(role), (name, thing, method))

    async def cell(self, situation, tenant, role, operation):
        name, thing, method = operation
        caller = OPERATOR if role is Role.OPERATOR else replace(OWNER, role=role, tenant=self.luna.name)
        expected = is_allowed(role.value, OPERATIONS[method].value, situation)
        found, told = await self.attempt(caller, tenant, thing, method)
        self.cells[expected] += 1
        self.own += self.luna.marker in told
        if found is not expected:
            self.wrong.append(f"{name} as {role} in {situation}: {'done' if found else 'denied'}: {told[:200]}")
        if self.sol.marker in told and not (expected and tenant == self.sol.name):
            self.wrong.append(f"{name} as {role} in {situation}: {told[:200]}")

    async def attempt(self, caller, tenant, thing, method):
        """(whether it was let through, what it gave)."""
        try:
            async with self.door.enter(caller, tenant, OPERATIONS[method]) as inside:
                return True, await Attack(self.platform, inside, self.sol, self.folder).call(thing, method)
        except (AccessDenied, TenantError) as denied:
            return False, str(denied)
        except ShopwrightError as error:
            return True, str(error)


@pytest.fixture
async def matrix(mongo_uri, tmp_path):
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")
    (tmp_path / "out").mkdir()
    async with open_platform(settings) as platform:
        names = [f"{name}-{uuid4().hex[:12]}" for name in ("luna", "sol")]
        luna = await fill(platform, names[0], "LUNAMARK", tmp_path)
        sol = await fill(platform, names[1], "SOLMARK", tmp_path)
        yield Matrix(platform, tmp_path, luna, sol)
        for name in names:
            await platform.withdraw(name, "main")


async def test_every_operation_by_every_role_in_every_tenant(matrix):
    luna, sol, mortals = matrix.luna.name, matrix.sol.name, [role for role in ROLES if role != "operator"]
    before = await contents(matrix.platform, sol)
    await matrix.run("foreign", sol, mortals)
    await matrix.run("never there", "mars")
    await matrix.run("own", luna, mortals)
    await matrix.run("own", CONTROL, ["operator"])
    await standing(matrix.platform, luna, "suspended")
    await matrix.run("suspended", luna)
    await standing(matrix.platform, luna, "deleted")
    await matrix.run("deleted", luna)
    after = await contents(matrix.platform, sol)
    assert [name for name in before if before[name] != after[name]] == []
    await matrix.run("foreign", sol, ["operator"])
    assert matrix.wrong == [], "\n".join(matrix.wrong)
    assert matrix.own > 10
    assert min(matrix.cells.values()) > 100
