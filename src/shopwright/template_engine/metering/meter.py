"""Fuel: what a page may use, counted in steps that are the same on every machine."""

from typing import Never

from shopwright.errors import RenderLimitHit

DEFAULT_FUEL = 200_000
"""Fuel of one page. The largest pages of the built-in themes use less than a twentieth of it."""
TEXT_SHIFT = 4
"""A unit of fuel pays for 2 ** 4 characters."""
NAMES_SHIFT = 4
"""A unit of fuel pays for copying 2 ** 4 names."""
DEEPEST_CALL = 40
"""Macros, blocks and functions that may wait for one another."""


class Meter:
    """The fuel of one render, and how deep its calls are.

    ``limit`` and ``spent`` are units. What happens for each value adds to ``spent`` and ``depth`` itself, compares them
    with their bounds, and calls ``run_out`` or ``too_deep``.
    """

    __slots__ = ("depth", "limit", "spent")

    def __init__(self, limit: int = DEFAULT_FUEL) -> None:
        self.limit = limit
        self.start()

    def start(self) -> None:
        """A page begins."""
        self.spent = 0
        self.depth = 0

    def charge(self, units: int, what: str) -> None:
        """Use fuel for something. Raises ``RenderLimitHit``."""
        self.spent += units
        if self.spent > self.limit:
            self.run_out(what)

    def run_out(self, what: str) -> Never:
        """Say that there is no fuel left for something."""
        raise RenderLimitHit(
            f"the page needs more than {self.limit:,} units of fuel; they ran out at {what}.",
            remedy="Show less on a page, or loop over less.",
        )

    def too_deep(self) -> Never:
        """Say that too many calls wait for one another."""
        raise RenderLimitHit(
            f"calls are more than {DEEPEST_CALL} deep.", remedy="Let no macro call itself; use a loop."
        )
