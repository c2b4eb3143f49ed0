import re
from pathlib import Path

import pytest

from shopwright.access.actions import Action
from shopwright.access.rights import AT_HOME, RIGHTS, SCOPABLE, Right, _read
from shopwright.access.roles import Role

DOCUMENT = Path(__file__).parents[3] / "docs/reference/permissions.md"
COLUMNS = ("owner", "admin", "editor", "analyst", "viewer", "operator", AT_HOME)
OF_THE_STORES = {"catalog", "review", "release", "job", "experiment", "brand", "domain", "template"}


def described():
    """The table of the reference: action -> (marked columns, step-up, while suspended)."""
    rows = re.findall(r"^\| `(\w+\.\w+)` \|(.+)\|$", DOCUMENT.read_text(), re.MULTILINE)
    return {action: tuple(cell.strip() == "yes" for cell in cells.split("|")) for action, cells in rows}


def as_row(right):
    return (*(column in right.roles for column in COLUMNS), right.step_up, right.while_suspended)


def test_every_action_has_its_line():
    assert set(RIGHTS) == set(Action)


def test_the_reference_shows_the_same_table():
    assert described() == {action.value: as_row(right) for action, right in RIGHTS.items()}


def test_a_line_is_read_by_its_columns():
    table = "action owner at-home step-up suspended\ncatalog.read x . . x\naccount.change . x x .\n"
    assert _read(table) == {
        Action.CATALOG_READ: Right(frozenset({"owner"}), step_up=False, while_suspended=True),
        Action.ACCOUNT_CHANGE: Right(frozenset({AT_HOME}), step_up=True, while_suspended=False),
    }


@pytest.mark.parametrize("table", ["action owner\ncatalog.read x x", "action owner\ncatalog.fly x"])
def test_a_line_with_other_columns_or_another_action_is_none(table):
    with pytest.raises(ValueError, match=r"zip|not a valid Action"):
        _read(table)


@pytest.mark.parametrize(
    ("less", "more"), [("viewer", "editor"), ("viewer", "analyst"), ("editor", "admin"), ("admin", "owner")]
)
def test_a_higher_role_may_what_the_lower_may(less, more):
    assert [action for action, right in RIGHTS.items() if less in right.roles and more not in right.roles] == []


def test_who_may_change_something_may_read_it():
    """Inside a tenant, reading is asked for anew at each call: a change that reads must not stop half-way."""
    reading = {action.subject: right.roles for action, right in RIGHTS.items() if action.reads}
    changing = {action: right.roles for action, right in RIGHTS.items() if not action.reads}
    assert {action for action, roles in changing.items() if roles - reading.get(action.subject, roles)} == set()


def test_an_operator_sees_nothing_of_what_a_tenant_sells():
    seen = {action.value for action, right in RIGHTS.items() if right.roles & {Role.OPERATOR, AT_HOME}}
    assert {action for action in seen if action.partition(".")[0] in OF_THE_STORES} == set()


def test_only_operators_limit_make_move_and_mend_tenants():
    own = {*Role} - {Role.OPERATOR}
    theirs = {action.value for action, right in RIGHTS.items() if not right.roles & own}
    assert theirs == {
        *("quota.change", "tenant.create", "tenant.suspend", "tenant.resume", "tenant.move"),
        *("database.read", "database.mend", "backup.read", "backup.create", "backup.restore"),
    }


def test_whatever_cannot_be_taken_back_or_opens_doors_needs_a_fresh_factor():
    assert {action.value for action, right in RIGHTS.items() if right.step_up} == {
        *("account.change", "catalog.prune", "domain.change"),
        *("user.invite", "user.change", "key.create"),
        *("tenant.export", "tenant.delete", "tenant.suspend", "tenant.move"),
        *("encryption.rotate", "database.mend", "backup.restore"),
    }


def test_in_a_suspended_tenant_its_people_read_take_out_and_lock_up():
    allowed = {action for action, right in RIGHTS.items() if right.while_suspended}
    assert {action.value for action in allowed if not action.reads} == {
        *("account.enrol", "account.change", "session.end", "key.revoke"),
        *("audit.export", "tenant.export", "encryption.rotate"),
    }
    assert [action for action in Action if action.reads and action not in allowed] == []


def test_no_key_is_made_for_anything_dangerous_or_for_people():
    assert all(not RIGHTS[action].step_up for action in SCOPABLE)
    assert {action.subject for action in SCOPABLE} & {"account", "user"} == set()
