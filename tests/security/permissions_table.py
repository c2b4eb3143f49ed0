"""The table of ``docs/reference/permissions.md``, read as a person would: the matrix expects what is written there."""

import re
from pathlib import Path

ROLES = ("owner", "admin", "editor", "analyst", "viewer", "operator")
_COLUMNS = (*ROLES, "at home", "step-up", "suspended")
_DOCUMENT = Path(__file__).parents[2] / "docs/reference/permissions.md"


def documented():
    """The marked columns of each action."""
    rows = re.findall(r"^\| `(\w+\.\w+)` \|(.+)\|$", _DOCUMENT.read_text(), re.MULTILINE)
    return {
        action: {column for column, cell in zip(_COLUMNS, cells.split("|"), strict=True) if cell.strip() == "yes"}
        for action, cells in rows
    }


TABLE = documented()


def is_allowed(role, action, situation):
    """Whether the table lets a caller of a role, fresh from two factors, do this in a tenant of a situation.

    A situation is of a tenant that is the caller's ``own`` (that of an operator is the platform's) or ``foreign``;
    ``suspended``, ``moving`` and ``deleted`` ones are the caller's own, for operators as for nobody else foreign.
    """
    marked = TABLE[action]
    if situation in {"deleted", "foreign deleted", "never there"}:
        return False
    if role == "operator":
        column = "at home" if situation == "own" else "operator"
        return column in marked and (situation != "moving" or action.endswith(".read"))
    if situation.startswith("foreign") or role not in marked:
        return False
    return {
        "own": True,
        "suspended": "suspended" in marked,
        "moving": action.endswith(".read"),
    }[situation]
