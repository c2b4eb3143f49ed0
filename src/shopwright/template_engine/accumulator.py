"""What ``collect`` and ``collected`` of the theme API keep while one page is rendered."""

from typing import Any

from shopwright.template_engine.arguments import an_identifier

MOST_VALUES = 1_000
"""Values that one page may collect, all names together."""


class Accumulator:
    """Lists of values by name, for the time of one render."""

    def __init__(self) -> None:
        self._lists: dict[str, list[Any]] = {}
        self._count = 0

    def add(self, name: str, value: Any) -> None:  # noqa: ANN401 - whatever a template has
        """Add a value to a list. Raises ``ValueError`` for a name that is no identifier and for too many values."""
        if self._count >= MOST_VALUES:
            raise ValueError(f"collect(): a page may collect {MOST_VALUES:,} values")
        self._lists.setdefault(an_identifier(name, "collect", "name"), []).append(value)
        self._count += 1

    def values(self, name: str) -> list[Any]:
        """The values of a list in the order they came; empty for a name that nothing was added to."""
        return list(self._lists.get(an_identifier(name, "collected", "name"), ()))
