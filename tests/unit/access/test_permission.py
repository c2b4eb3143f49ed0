import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shopwright.access import permission
from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller, Factor
from shopwright.access.permission import (
    ALONE,
    FRESH,
    hidden,
    may_manage,
    needs_step_up,
    permitted,
    refuse,
    refuse_hidden,
    scopable,
)
from shopwright.access.rights import AT_HOME, RIGHTS, SCOPABLE
from shopwright.access.roles import Role
from shopwright.access.standing import Standing
from shopwright.errors import AccessDenied, StepUpRequired, TenantError, TenantHidden

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LONG_AGO = NOW - dt.timedelta(hours=1)
TWO = frozenset({Factor.PASSWORD, Factor.TOTP})
KEY = frozenset({Factor.SERVICE_KEY})

OWNER = Caller("5f1c", "luna", Role.OWNER, TWO, NOW, NOW, "5e55", None, "203.0.113.7")
OPERATOR = replace(OWNER, tenant=CONTROL, role=Role.OPERATOR)

tenants = st.sampled_from(["luna", "sol", CONTROL])
callers = st.builds(
    Caller,
    user=st.just("5f1c"),
    tenant=tenants,
    role=st.sampled_from(Role),
    factors=st.frozensets(st.sampled_from(Factor)),
    signed_in=st.sampled_from([NOW, LONG_AGO]),
    stepped_up=st.one_of(
        st.none(), st.datetimes(NOW.replace(tzinfo=None) - dt.timedelta(days=1), timezones=st.just(dt.UTC))
    ),
    session=st.just("5e55"),
    scopes=st.one_of(st.none(), st.frozensets(st.sampled_from(Action))),
    address=st.just("203.0.113.7"),
)
actions = st.sampled_from(Action)


def as_role(role):
    return replace(OWNER, role=role)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_in_their_own_tenant_everybody_may_what_the_table_says(role, action):
    assert permitted(as_role(role), action) is (role in RIGHTS[action].roles)
    assert permitted(as_role(role), action, "luna") is permitted(as_role(role), action)
    assert not permitted(as_role(role), action, "sol")
    assert not permitted(as_role(role), action, CONTROL)


@pytest.mark.parametrize("action", Action)
def test_an_operator_has_two_columns(action):
    assert permitted(OPERATOR, action) is (AT_HOME in RIGHTS[action].roles)
    assert permitted(OPERATOR, action, "luna") is (Role.OPERATOR in RIGHTS[action].roles)


@given(callers, actions, tenants)
def test_nobody_but_an_operator_reaches_a_tenant_of_others(caller, action, tenant):
    assume(tenant != caller.tenant)
    assert not permitted(caller, action, tenant) or (caller.tenant == CONTROL and caller.role is Role.OPERATOR)


@given(callers, actions, tenants)
def test_an_operator_is_one_in_the_platforms_own_tenant_only(caller, action, tenant):
    assume((caller.tenant == CONTROL) is not (caller.role is Role.OPERATOR))
    assert not permitted(caller, action, tenant)
    assert not may_manage(caller, Role.VIEWER, tenant)


@given(callers, actions, tenants)
def test_what_is_permitted_is_proved(caller, action, tenant):
    if not permitted(caller, action, tenant):
        return
    if Factor.SERVICE_KEY in caller.factors or caller.scopes is not None:
        assert action in caller.scopes & SCOPABLE
    else:
        assert caller.multi_factor or action in ALONE


@given(callers, actions, tenants, st.sampled_from(Standing))
def test_the_door_refuses_exactly_what_is_not_permitted_or_not_now(caller, action, tenant, standing):
    bound = standing is Standing.SUSPENDED and caller.tenant == tenant
    allowed = (
        permitted(caller, action, tenant)
        and standing is not Standing.CLOSED
        and not (bound and not RIGHTS[action].while_suspended)
        and not needs_step_up(caller, action, NOW)
        and not (standing is Standing.FROZEN and not action.reads)
    )
    try:
        refuse(caller, action, tenant, standing, NOW)
    except (AccessDenied, TenantError):
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize("factor", [Factor.PASSWORD, Factor.TOTP, Factor.RECOVERY_CODE, Factor.FEDERATED])
def test_one_factor_opens_only_the_way_to_the_second(factor):
    half = replace(OWNER, factors=frozenset({factor}))
    assert {action for action in Action if permitted(half, action)} == ALONE
    with pytest.raises(AccessDenied, match="second factor"):
        refuse(half, Action.CATALOG_READ, "luna", Standing.ACTIVE, NOW)


def test_a_passkey_is_two_factors():
    assert permitted(replace(OWNER, factors=frozenset({Factor.PASSKEY})), Action.CATALOG_READ)


def test_a_key_may_what_its_scopes_and_its_role_say():
    key = replace(as_role(Role.EDITOR), factors=KEY, scopes=frozenset({Action.CATALOG_READ, Action.BRAND_CHANGE}))
    assert {action for action in Action if permitted(key, action)} == {Action.CATALOG_READ}
    with pytest.raises(AccessDenied, match="service key"):
        refuse(key, Action.CATALOG_CHANGE, "luna", Standing.ACTIVE, NOW)


@pytest.mark.parametrize("scopes", [None, frozenset(), frozenset(set(Action) - SCOPABLE)])
def test_a_key_without_a_scope_that_a_key_can_have_may_nothing(scopes):
    key = replace(OWNER, factors=KEY, scopes=scopes)
    assert [action for action in Action if permitted(key, action)] == []


def test_a_second_factor_beside_a_key_does_not_widen_it():
    key = replace(OWNER, factors=KEY | TWO, scopes=None)
    assert [action for action in Action if permitted(key, action)] == []


@pytest.mark.parametrize(
    ("ago", "needed"), [(None, True), (0, False), (300, False), (301, True), (-300, False), (-301, True)]
)
def test_a_fresh_factor_stays_fresh_for_five_minutes(ago, needed):
    proved = None if ago is None else NOW - dt.timedelta(seconds=ago)
    stepped_up = replace(OWNER, signed_in=LONG_AGO, stepped_up=proved)
    assert needs_step_up(stepped_up, Action.TENANT_DELETE, NOW) is needed
    assert not needs_step_up(stepped_up, Action.CATALOG_CHANGE, NOW)
    assert dt.timedelta(seconds=300) == FRESH


def test_who_signed_in_a_moment_ago_has_just_proved_both_factors():
    assert not needs_step_up(replace(OWNER, stepped_up=None), Action.TENANT_DELETE, NOW)
    assert not needs_step_up(replace(OWNER, stepped_up=LONG_AGO), Action.TENANT_DELETE, NOW)
    assert needs_step_up(replace(OWNER, signed_in=LONG_AGO, stepped_up=LONG_AGO), Action.TENANT_DELETE, NOW)


def test_without_a_fresh_factor_a_dangerous_action_says_what_to_do():
    with pytest.raises(StepUpRequired, match="Prove one and ask again"):
        refuse(replace(OWNER, signed_in=LONG_AGO, stepped_up=None), Action.TENANT_DELETE, "luna", Standing.ACTIVE, NOW)


def test_of_who_may_not_at_all_no_factor_is_asked():
    with pytest.raises(AccessDenied) as denied:
        refuse(
            replace(as_role(Role.VIEWER), signed_in=LONG_AGO, stepped_up=None),
            Action.TENANT_DELETE,
            "luna",
            Standing.ACTIVE,
            NOW,
        )
    assert not isinstance(denied.value, StepUpRequired)


@pytest.mark.parametrize("tenant", ["sol", CONTROL, "never-there", "../luna", "LUNA", ""])
def test_a_tenant_of_others_looks_like_one_that_was_never_there(tenant):
    with pytest.raises(TenantHidden) as foreign:
        refuse(OWNER, Action.CATALOG_READ, tenant, Standing.ACTIVE, NOW)
    with pytest.raises(TenantHidden) as closed:
        refuse(OWNER, Action.CATALOG_READ, "luna", Standing.CLOSED, NOW)
    with pytest.raises(TenantHidden) as looked_at:
        refuse_hidden(OWNER, tenant)
    assert {str(foreign.value), str(closed.value), str(looked_at.value)} == {str(hidden())}


def test_a_closed_tenant_is_closed_to_operators_too():
    with pytest.raises(TenantHidden):
        refuse(OPERATOR, Action.TENANT_READ, "luna", Standing.CLOSED, NOW)


def test_a_suspension_binds_who_belongs_to_the_tenant():
    with pytest.raises(AccessDenied, match="suspended"):
        refuse(OWNER, Action.CATALOG_CHANGE, "luna", Standing.SUSPENDED, NOW)
    for action in (Action.CATALOG_READ, Action.TENANT_EXPORT):
        refuse(OWNER, action, "luna", Standing.SUSPENDED, NOW)
    for action in (Action.TENANT_RESUME, Action.TENANT_DELETE):
        refuse(OPERATOR, action, "luna", Standing.SUSPENDED, NOW)


def test_while_it_moves_a_tenant_is_read_only():
    refuse(OWNER, Action.CATALOG_READ, "luna", Standing.FROZEN, NOW)
    with pytest.raises(TenantError, match="being moved"):
        refuse(OWNER, Action.CATALOG_CHANGE, "luna", Standing.FROZEN, NOW)


@pytest.mark.parametrize(
    ("role", "manages"),
    [
        (Role.OWNER, {Role.OWNER, Role.ADMIN, Role.EDITOR, Role.ANALYST, Role.VIEWER}),
        (Role.ADMIN, {Role.ADMIN, Role.EDITOR, Role.ANALYST, Role.VIEWER}),
        (Role.EDITOR, {Role.EDITOR, Role.ANALYST, Role.VIEWER}),
    ],
)
def test_nobody_gives_more_than_they_are(role, manages):
    assert {other for other in Role if may_manage(as_role(role), other)} == manages
    assert not any(may_manage(as_role(role), other, "sol") for other in Role)


def test_an_operator_makes_operators_at_home_and_owners_elsewhere():
    assert {role for role in Role if may_manage(OPERATOR, role)} == {Role.OPERATOR}
    assert {role for role in Role if may_manage(OPERATOR, role, "luna")} == {Role.OWNER}


def test_what_a_key_can_be_made_for_is_what_its_role_may():
    assert scopable(Role.VIEWER) < scopable(Role.EDITOR) < scopable(Role.OWNER) < SCOPABLE
    assert scopable(Role.OPERATOR) == {a for a in SCOPABLE if Role.OPERATOR in RIGHTS[a].roles}
    assert Action.TENANT_CREATE in scopable(Role.OPERATOR, at_home=True)


def test_permission_is_a_look_up(monkeypatch):
    """Nothing is asked but the table: with an empty line, nobody may."""
    monkeypatch.setattr(permission, "RIGHTS", {a: replace(r, roles=frozenset()) for a, r in RIGHTS.items()})
    assert not any(permitted(OWNER, action) for action in Action)
