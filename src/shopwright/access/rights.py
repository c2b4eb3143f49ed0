"""Who may do what: one table, and all there is. What is not marked is denied.

A column is a role; ``at-home`` is an operator in the platform's own tenant, ``operator`` one in anybody else's.
``step-up``: only just after a second factor was proved afresh, and never with a service key. ``suspended``: also while
the tenant is suspended, for its own people; operators are not bound by a suspension, they impose it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shopwright.access.actions import Action
from shopwright.access.roles import Role

AT_HOME = "at-home"
"""The column of an operator in the platform's own tenant."""

_TABLE = """
action             owner admin editor analyst viewer operator at-home step-up suspended

account.read         x     x     x       x      x       .        x       .        x
account.enrol        x     x     x       x      x       .        x       .        x
account.change       x     x     x       x      x       .        x       x        x

catalog.read         x     x     x       x      x       .        .       .        x
catalog.change       x     x     x       .      .       .        .       .        .
catalog.prune        x     x     .       .      .       .        .       x        .
review.read          x     x     x       x      x       .        .       .        x
review.moderate      x     x     x       .      .       .        .       .        .
release.read         x     x     x       x      x       .        .       .        x
release.publish      x     x     x       .      .       .        .       .        .
job.read             x     x     x       x      x       .        .       .        x
job.start            x     x     x       .      .       .        .       .        .
experiment.read      x     x     x       x      x       .        .       .        x
experiment.change    x     x     x       x      .       .        .       .        .

brand.read           x     x     x       x      x       .        .       .        x
brand.change         x     x     .       .      .       .        .       .        .
domain.read          x     x     x       x      x       .        .       .        x
domain.change        x     x     .       .      .       .        .       x        .
template.read        x     x     x       x      x       .        .       .        x
template.upload      x     x     .       .      .       .        .       .        .

user.read            x     x     .       .      .       x        x       .        x
user.invite          x     x     .       .      .       x        x       x        .
user.change          x     x     .       .      .       .        x       x        .
session.read         x     x     .       .      .       x        x       .        x
session.end          x     x     .       .      .       x        x       .        x
key.read             x     x     .       .      .       x        x       .        x
key.create           x     x     .       .      .       .        x       x        .
key.revoke           x     x     .       .      .       x        x       .        x

audit.read           x     x     .       .      .       x        x       .        x
audit.export         x     .     .       .      .       x        x       .        x
usage.read           x     x     x       x      .       x        .       .        x
quota.change         .     .     .       .      .       x        .       .        .

tenant.read          x     x     x       x      x       x        x       .        x
tenant.change        x     .     .       .      .       x        .       .        .
tenant.export        x     .     .       .      .       x        .       x        x
tenant.delete        x     .     .       .      .       x        .       x        .
tenant.create        .     .     .       .      .       .        x       .        .
tenant.suspend       .     .     .       .      .       x        .       x        .
tenant.resume        .     .     .       .      .       x        .       .        .
tenant.move          .     .     .       .      .       x        .       x        .

encryption.read      x     .     .       .      .       x        x       .        x
encryption.rotate    x     .     .       .      .       x        x       x        x
database.read        .     .     .       .      .       x        x       .        x
database.mend        .     .     .       .      .       x        x       x        .
backup.read          .     .     .       .      .       x        x       .        x
backup.create        .     .     .       .      .       x        x       .        .
backup.restore       .     .     .       .      .       x        x       x        .
"""


@dataclass(frozen=True, slots=True)
class Right:
    """A line of the table: the columns of it that are marked."""

    roles: frozenset[str]
    step_up: bool
    while_suspended: bool


def _read(table: str) -> Mapping[Action, Right]:
    (_, *columns), *lines = [line.split() for line in table.splitlines() if line]
    rights = {}
    for action, *marks in lines:
        marked = {column for column, mark in zip(columns, marks, strict=True) if mark == "x"}
        rights[Action(action)] = Right(
            frozenset(marked & {*Role, AT_HOME}), step_up="step-up" in marked, while_suspended="suspended" in marked
        )
    return MappingProxyType(rights)


RIGHTS = _read(_TABLE)
"""Every action has its line."""

SCOPABLE = frozenset(
    action for action, right in RIGHTS.items() if not right.step_up and action.subject not in {"account", "user"}
)
"""What a service key can be made for: nothing dangerous, nobody's account, no people."""
