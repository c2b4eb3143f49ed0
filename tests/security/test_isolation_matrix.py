"""Every action × every role × every situation of a tenant, at the real door, against the table people read."""

from dataclasses import replace

import pytest
from tests.security.callers import NOW, OPERATOR, OWNER
from tests.security.house import House
from tests.security.permissions_table import TABLE, is_allowed

from shopwright.access import permission
from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL
from shopwright.access.roles import Role
from shopwright.access.standing import Standing
from shopwright.errors import AccessDenied, StepUpRequired, TenantError, TenantHidden

SITUATIONS = {
    "own": ("luna", Standing.ACTIVE),
    "suspended": ("luna", Standing.SUSPENDED),
    "moving": ("luna", Standing.FROZEN),
    "deleted": ("luna", Standing.CLOSED),
    "foreign": ("sol", Standing.ACTIVE),
    "foreign suspended": ("sol", Standing.SUSPENDED),
    "foreign deleted": ("sol", Standing.CLOSED),
    "never there": ("mars", None),
}


def caller_of(role):
    return OPERATOR if role is Role.OPERATOR else replace(OWNER, role=role)


def place(role, situation):
    """(tenant, its standing): an operator's own tenant is the platform's."""
    if role is Role.OPERATOR and situation == "own":
        return CONTROL, Standing.ACTIVE
    return SITUATIONS[situation]


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("role", Role)
async def test_a_role_may_in_a_situation_what_the_table_says_and_nothing_else(role, situation):
    caller, (tenant, standing) = caller_of(role), place(role, situation)
    for action in Action:
        house = House()
        house.standings[tenant] = standing or Standing.CLOSED
        try:
            async with house.door.enter(caller, tenant, action) as inside:
                assert inside.tenant == tenant
        except (AccessDenied, TenantError) as error:
            assert not is_allowed(role, action, situation), action
            assert_kept_out(house, caller, tenant, error)
        else:
            assert is_allowed(role, action, situation), action
            assert house.opened == [tenant]


def assert_kept_out(house, caller, tenant, error):
    """Nothing of a foreign tenant is opened; a refusal is recorded once, at home, and gives nothing away."""
    assert tenant == caller.tenant or tenant not in house.opened
    if caller.tenant != CONTROL and tenant != caller.tenant:
        assert isinstance(error, TenantHidden)
        assert tenant not in house.asked
        assert tenant not in str(error)
    if isinstance(error, AccessDenied):
        home = CONTROL if house.standings.get(caller.tenant) is Standing.CLOSED else caller.tenant
        assert [(name, action) for name, action, _ in house.told] == [(home, "access.refuse")]


@pytest.mark.parametrize("role", Role)
async def test_whatever_the_table_marks_waits_for_a_fresh_factor(role):
    stale = replace(caller_of(role), signed_in=NOW.replace(hour=1), stepped_up=None)
    tenant = stale.tenant
    asked = set()
    for action in Action:
        house = House()
        try:
            async with house.door.enter(stale, tenant, action):
                pass
        except StepUpRequired:
            asked.add(action.value)
        except AccessDenied:
            pass
    assert asked == {a for a, marked in TABLE.items() if "step-up" in marked and is_allowed(role, a, "own")}


def test_the_matrix_is_whole():
    assert set(TABLE) == {action.value for action in Action}
    assert len(SITUATIONS) * len(Role) * len(Action) == 8 * 6 * len(TABLE)


async def test_without_the_question_a_foreign_tenant_would_be_open(monkeypatch):
    """The matrix looks at a door that asks: one that does not is another."""
    monkeypatch.setattr(permission, "_column", lambda caller, _: caller.role)
    async with House().door.enter(OWNER, "sol", Action.CATALOG_READ) as inside:
        assert inside.tenant == "sol"
