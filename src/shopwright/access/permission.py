"""What a caller may do. Everything here is a look-up in ``access.rights``: no database, no clock, about a microsecond.

Denied is what is not explicitly allowed: an unknown role, a foreign tenant, a key without scopes, half a sign-in.
"""

import datetime as dt

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller, Factor
from shopwright.access.rights import AT_HOME, RIGHTS, SCOPABLE
from shopwright.access.roles import Role
from shopwright.access.standing import Standing
from shopwright.errors import AccessDenied, StepUpRequired, TenantError, TenantHidden

ALONE = frozenset({Action.ACCOUNT_READ, Action.ACCOUNT_ENROL})
"""What somebody may do who has proved one factor only: look at their account, set up the second."""

FRESH = dt.timedelta(minutes=5)
"""For how long the proof of a second factor opens dangerous actions; also how far two clocks may differ."""

_RANK = {Role.VIEWER: 0, Role.ANALYST: 0, Role.EDITOR: 0, Role.ADMIN: 1, Role.OWNER: 2}


def permitted(caller: Caller, action: Action, tenant: str | None = None) -> bool:
    """Whether the caller may do this in the tenant (left out: their own), as far as time and its standing allow."""
    column = _column(caller, caller.tenant if tenant is None else tenant)
    return column in RIGHTS[action].roles and _proved(caller, action)


def needs_step_up(caller: Caller, action: Action, now: dt.datetime) -> bool:
    """Whether a second factor must be proved afresh before this: at sign-in or by stepping up, within ``FRESH``."""
    proved = [caller.signed_in] if caller.stepped_up is None else [caller.signed_in, caller.stepped_up]
    return RIGHTS[action].step_up and not any(abs(now - at) <= FRESH for at in proved)


def refuse_hidden(caller: Caller, tenant: str) -> None:
    """Raise ``TenantHidden`` unless the caller belongs to the tenant or is an operator: asked without looking at it."""
    if not _column(caller, tenant):
        raise hidden()


def refuse(caller: Caller, action: Action, tenant: str, standing: Standing, now: dt.datetime) -> None:
    """Raise an ``AccessDenied`` unless the caller may do this now in this tenant that stands so.

    Raises ``TenantHidden`` for a tenant of others or a closed one, ``StepUpRequired``, and ``TenantError`` for a change
    in the seconds of a move.
    """
    refuse_hidden(caller, tenant)
    if standing is Standing.CLOSED:
        raise hidden()
    if not permitted(caller, action, tenant):
        raise _denied(caller, action)
    if standing is Standing.SUSPENDED and caller.tenant == tenant and not RIGHTS[action].while_suspended:
        remedy = "Its data can be read and exported; ask the platform's operator why."
        raise AccessDenied("The tenant is suspended", where=action, remedy=remedy)
    if needs_step_up(caller, action, now):
        raise StepUpRequired("This needs a fresh second factor", where=action, remedy="Prove one and ask again.")
    if standing is Standing.FROZEN and not action.reads:
        raise TenantError("The tenant is being moved", where=action, remedy="Try again in some seconds.")


def may_manage(caller: Caller, role: Role, tenant: str | None = None) -> bool:
    """Whether the caller may make somebody a ``role``, or change somebody who is one.

    Nobody gives more than they are: an admin makes no owner and changes none. An operator makes operators at home, and
    owners in a tenant that has lost its own. That the caller may invite or change at all is asked for beforehand.
    """
    column = _column(caller, caller.tenant if tenant is None else tenant)
    if column in {AT_HOME, Role.OPERATOR}:
        return role is (Role.OPERATOR if column == AT_HOME else Role.OWNER)
    return _RANK.get(caller.role, -1) >= _RANK.get(role, len(_RANK)) and bool(column)


def scopable(role: Role, *, at_home: bool = False) -> frozenset[Action]:
    """What a service key of this role can be made for."""
    column = AT_HOME if at_home else role
    return frozenset(action for action in SCOPABLE if column in RIGHTS[action].roles)


def hidden() -> TenantHidden:
    """The one answer for a tenant of others, a deleted one, and one that was never there."""
    return TenantHidden("There is no such tenant", remedy="Check its name, and that you signed in to it.")


def _column(caller: Caller, tenant: str) -> str:
    """The column of the table that holds for this caller in this tenant; empty: none does."""
    is_operator = caller.role is Role.OPERATOR
    if is_operator is not (caller.tenant == CONTROL):
        return ""
    if is_operator:
        return AT_HOME if tenant == CONTROL else Role.OPERATOR
    return caller.role if tenant == caller.tenant else ""


def _proved(caller: Caller, action: Action) -> bool:
    """Whether how the caller came in is enough for this: a key with its scope, a person with two factors."""
    if caller.scopes is not None and not (action in caller.scopes and action in SCOPABLE):
        return False
    if Factor.SERVICE_KEY in caller.factors:
        return caller.scopes is not None
    return caller.multi_factor or action in ALONE


def _denied(caller: Caller, action: Action) -> AccessDenied:
    if Factor.SERVICE_KEY in caller.factors:
        return AccessDenied("The service key may not do this", where=action, remedy="Make one with this scope.")
    if not caller.multi_factor:
        return AccessDenied("This needs a second factor", where=action, remedy="Set one up, then sign in with it.")
    return AccessDenied(f"The role {caller.role} may not do this", where=action, remedy="Ask an owner of the tenant.")
