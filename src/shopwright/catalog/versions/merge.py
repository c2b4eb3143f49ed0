"""Three versions become one: taking back a change of a thing that has been changed again since."""

from typing import Any

from shopwright.catalog.patch import apply_patch, make_patch

Json = dict[str, Any]


def take_back(before: Json, after: Json, now: Json) -> tuple[Json, tuple[str, ...]]:
    """What ``now`` would be without the change from ``before`` to ``after``, and the fields in which both clash.

    A field clashes if that change and a later one gave it different values. With clashes the first value is ``now``.
    """
    back, since = make_patch(after, before), make_patch(after, now)
    clashes = tuple(sorted(name for name in back.keys() & since.keys() if back[name] != since[name]))
    return (now, clashes) if clashes else (apply_patch(now, back), ())
