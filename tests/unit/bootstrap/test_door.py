from dataclasses import replace

import pytest
from tests.security.callers import NOW, OPERATOR, OWNER
from tests.security.house import House

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL
from shopwright.access.roles import Role
from shopwright.access.standing import Standing
from shopwright.errors import (
    AccessDenied,
    AuditLogError,
    QuotaExceeded,
    StepUpRequired,
    TenantError,
    TenantHidden,
)


@pytest.fixture
def house():
    return House()


async def refused(house, caller, tenant, action):
    with pytest.raises(AccessDenied) as denied:
        async with house.door.enter(caller, tenant, action):
            pytest.fail("let in")
    return denied.value


async def test_who_belongs_there_is_let_in_and_counted(house):
    async with house.door.enter(OWNER, "luna", Action.CATALOG_CHANGE) as inside:
        assert inside.tenant == "luna"
        assert inside.covers(Action.CATALOG_CHANGE)
    assert (house.opened, house.counted, house.events) == (["luna"], ["luna"], [])


async def test_a_foreign_tenant_is_not_even_looked_at(house):
    """So that nothing can be told from the time it takes."""
    assert isinstance(await refused(house, OWNER, "sol", Action.CATALOG_READ), TenantHidden)
    assert "sol" not in house.opened + house.asked
    assert house.told == [("luna", "access.refuse", "hidden")]


@pytest.mark.parametrize("standing", [None, Standing.CLOSED])
async def test_foreign_unknown_and_deleted_are_one_answer_and_one_event(house, standing):
    if standing:
        house.standings["sol"] = standing
    else:
        del house.standings["sol"]
    foreign = await refused(House(), OWNER, "sol", Action.CATALOG_READ)
    gone = await refused(house, OWNER, "sol", Action.CATALOG_READ)
    assert (type(gone), str(gone), gone.where) == (type(foreign), str(foreign), "")
    assert house.told == [("luna", "access.refuse", "hidden")]


async def test_a_role_that_may_not_is_told_and_recorded(house):
    denied = await refused(house, replace(OWNER, role=Role.VIEWER), "luna", Action.CATALOG_CHANGE)
    assert str(denied) == "catalog.change: The role viewer may not do this. Ask an owner of the tenant."
    ((name, event),) = house.events
    assert (name, event.action, event.outcome, event.actor) == ("luna", "access.refuse", "failure", "5f1c")
    assert (event.target, event.at) == ("tenant/luna", NOW)
    assert event.details == {
        "access.action": "catalog.change",
        "access.role": "viewer",
        "session.id": "5e55",
        "source.network": "203.0.113.0/24",
        "event.reason": "denied",
    }


async def test_without_a_fresh_factor_dangerous_things_wait(house):
    stale = replace(OWNER, signed_in=NOW.replace(hour=1), stepped_up=None)
    assert isinstance(await refused(house, stale, "luna", Action.TENANT_DELETE), StepUpRequired)
    assert house.told == [("luna", "access.refuse", "step-up")]


async def test_an_operator_who_enters_is_seen_by_the_tenant_and_costs_it_nothing(house):
    async with house.door.enter(OPERATOR, "luna", Action.TENANT_SUSPEND) as inside:
        assert inside.tenant == "luna"
    assert house.told == [("luna", "access.allow", None)]
    assert house.events[0][1].actor == "0b3r"
    assert house.counted == []


async def test_an_operator_is_refused_in_their_own_trail(house):
    assert not isinstance(await refused(house, OPERATOR, "luna", Action.CATALOG_READ), TenantHidden)
    assert isinstance(await refused(house, OPERATOR, "gone", Action.TENANT_READ), TenantHidden)
    assert house.told == [(CONTROL, "access.refuse", "denied"), (CONTROL, "access.refuse", "hidden")]
    assert house.counted == []


async def test_the_control_database_has_no_standing_and_opens_to_operators_alone(house):
    async with house.door.enter(OPERATOR, CONTROL, Action.TENANT_CREATE) as inside:
        assert inside.tenant == CONTROL
    assert house.asked == []
    assert isinstance(await refused(house, OWNER, CONTROL, Action.TENANT_READ), TenantHidden)


async def test_who_belongs_to_a_deleted_tenant_is_recorded_by_the_platform(house):
    house.standings["luna"] = Standing.CLOSED
    assert isinstance(await refused(house, OWNER, "luna", Action.CATALOG_READ), TenantHidden)
    assert house.opened == [CONTROL]
    assert house.told == [(CONTROL, "access.refuse", "hidden")]


async def test_while_a_tenant_moves_it_is_only_read(house):
    house.standings["luna"] = Standing.FROZEN
    async with house.door.enter(OWNER, "luna", Action.CATALOG_READ):
        pass
    with pytest.raises(TenantError, match="Try again in some seconds"):
        async with house.door.enter(OWNER, "luna", Action.CATALOG_CHANGE):
            pytest.fail("let in")
    assert house.events == []


async def test_requests_are_limited_refused_ones_too(house):
    house.most = 2
    for _ in range(2):
        await refused(house, OWNER, "sol", Action.CATALOG_READ)
    for tenant in ("sol", "luna"):
        with pytest.raises(QuotaExceeded):
            async with house.door.enter(OWNER, tenant, Action.CATALOG_READ):
                pytest.fail("let in")
    assert len(house.events) == 2


async def test_what_is_denied_inside_is_recorded_too(house):
    with pytest.raises(AccessDenied):
        async with house.door.enter(OWNER, "luna", Action.CATALOG_READ) as inside:
            _ = inside.catalog("shop").delete
    assert house.told == [("luna", "access.refuse", "denied")]


async def test_another_error_inside_is_none_of_the_doors(house):
    with pytest.raises(ZeroDivisionError):
        async with house.door.enter(OWNER, "luna", Action.CATALOG_READ):
            1 / 0  # noqa: B018
    assert house.events == []


async def test_nobody_enters_unrecorded(house, monkeypatch):
    """Where the trail cannot be kept, an operator stays outside."""

    async def fail(database, event):
        raise AuditLogError("the disk is full")

    monkeypatch.setattr(house, "record", fail)
    with pytest.raises(AuditLogError):
        async with house.door.enter(OPERATOR, "luna", Action.TENANT_READ):
            pytest.fail("let in")


@pytest.mark.parametrize("tenant", ["../luna", "luna/", "LUNA", "luna\x00", "", "a" * 10_000, "lu\u200bna", "$where"])
async def test_what_is_no_name_is_hidden_and_never_opened(house, tenant):
    assert isinstance(await refused(house, OWNER, tenant, Action.CATALOG_READ), TenantHidden)
    assert isinstance(await refused(house, OPERATOR, tenant, Action.TENANT_READ), TenantHidden)
    assert set(house.opened) == {"luna", CONTROL}
    assert all(event.target in {"", f"tenant/{tenant}"} for _, event in house.events)


@pytest.mark.parametrize(
    ("action", "told"),
    [(Action.CATALOG_CHANGE, [("luna", "access.allow", "quota-exceeded")]), (Action.CATALOG_READ, [])],
)
async def test_a_change_that_fails_inside_is_told(house, action, told):
    """Whoever was let in to change something and could not leaves an event too; what only reads leaves none."""
    with pytest.raises(QuotaExceeded):
        async with house.door.enter(OWNER, "luna", action):
            raise QuotaExceeded("no room")
    assert house.told == told
    assert {event.outcome for _, event in house.events} <= {"failure"}


async def test_why_it_failed_is_raised_though_nothing_can_be_told(house):
    async def record(*_):
        raise AuditLogError("the disk is full")

    door = replace(house.door, record=record)
    with pytest.raises(TenantError):
        async with door.enter(OWNER, "luna", Action.CATALOG_CHANGE):
            raise TenantError("it cannot be done")
