"""How much memory this process and what it starts may really use, and how much of that is taken.

A container is ended by the kernel when it takes more than its control group allows (v1 ``memory.limit_in_bytes``, v2
``memory.max``), however much the machine has.
"""

from pathlib import Path

import psutil

from shopwright.performance.control_groups import control_groups, text, whole_number

_ROOT = Path("/")


def usable_memory(root: Path = _ROOT) -> int:
    """Bytes: the machine's, or the tightest bound of the control groups; ``root`` holds ``proc`` and ``sys``."""
    return min([int(psutil.virtual_memory().total), *(limit for limit, _ in _groups(root))])


def free_memory(root: Path = _ROOT) -> int:
    """Bytes that can be taken now before the machine or a control group is full. Files kept in memory count as free."""
    return min([int(psutil.virtual_memory().available), *(limit - used for limit, used in _groups(root))])


def _groups(root: Path) -> list[tuple[int, int]]:
    """(bound, taken) of each control group that has a bound."""
    return [(limit, _taken(group)) for group in control_groups(root, "memory") if (limit := _limit(group)) is not None]


def _limit(group: Path) -> int | None:
    limit = whole_number(group / "memory.max")
    return limit if limit is not None else whole_number(group / "memory.limit_in_bytes")


def _taken(group: Path) -> int:
    """Bytes in use, without files that the kernel would drop for whoever needs room."""
    used = whole_number(group / "memory.current") or whole_number(group / "memory.usage_in_bytes") or 0
    droppable = [
        int(number)
        for line in text(group / "memory.stat").splitlines()
        for name, _, number in [line.partition(" ")]
        if name == "inactive_file" and number.isdigit()
    ]
    return max(0, used - sum(droppable))
