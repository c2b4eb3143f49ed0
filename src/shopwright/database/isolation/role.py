"""What a tenant's user may do: what the document types say, in that tenant's database, and nothing else.

MongoDB's own ``readWrite`` would also let it drop the audit trail, make collections nobody validates, and follow every
change. Here each collection has its own privileges: ``find`` and ``insert`` where documents are only added, beside them
``update`` and ``remove`` elsewhere, ``changeStream`` where somebody listens.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shopwright.database.document import DocumentType

ROLE = "app"
"""The role's name in each database."""

FROZEN = "frozen"
"""A role that nobody bears and that allows nothing: its being there says that the tenant may only be read."""

Privileges = list[dict[str, Any]]


def privileges(database: str, kinds: Iterable[DocumentType[Any]]) -> Privileges:
    """The privileges of the role in a database (its name on the server), as ``createRole`` wants them."""
    return [
        {"resource": {"db": database, "collection": kind.name}, "actions": actions(kind)}
        for kind in sorted(kinds, key=lambda kind: kind.name)
    ]


def reading(database: str, kinds: Iterable[DocumentType[Any]]) -> Privileges:
    """What is left of them while the tenant may only be read."""
    changing = {"insert", "remove", "update"}
    return [
        {**each, "actions": [action for action in each["actions"] if action not in changing]}
        for each in privileges(database, kinds)
    ]


def actions(kind: DocumentType[Any]) -> list[str]:
    """The actions (MongoDB's privilege actions) on a collection, in the order of their names."""
    changing = [] if kind.append_only else ["remove", "update"]
    return sorted(["find", "insert", *changing, *(["changeStream"] if kind.watched else [])])


def same_privileges(found: Sequence[Mapping[str, Any]], wanted: Privileges) -> bool:
    """Whether two lists allow the same, in whatever order."""
    return _as_set(found) == _as_set(wanted)


def _as_set(listed: Sequence[Mapping[str, Any]]) -> set[tuple[str, ...]]:
    return {(str(sorted(each["resource"].items())), *sorted(each["actions"])) for each in listed}
