"""Which check answers which requirement.

A check is a function in a module ``checks_<topic>.py`` of this room, marked with the id it answers. It does the real
work on the checkout it is handed and returns the figure it measured; it raises ``ShopwrightError`` when the work cannot
be done, which counts as failed. An id whose requirement is only partly built does not pass.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from shopwright.validation.checkout import Checkout


@dataclass(frozen=True, slots=True)
class Result:
    """What a check measured, and whether it keeps the bound of its requirement."""

    figure: str
    passed: bool


Check = Callable[[Checkout], Result]

_CHECKS: dict[str, Check] = {}


def check(requirement: str) -> Callable[[Check], Check]:
    """Mark a function as the check of the requirement with this id."""

    def register(function: Check) -> Check:
        assert requirement not in _CHECKS, f"{requirement} has two checks"  # noqa: S101 - a mistake of ours, not input
        _CHECKS[requirement] = function
        return function

    return register


def registered_checks() -> Mapping[str, Check]:
    """Every check by the id it answers."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith("checks_"):
            import_module(f"shopwright.validation.{module.name}")
    return MappingProxyType(_CHECKS)
