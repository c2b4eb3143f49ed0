"""Jinja's tests (``is …``) on bounded values."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import Environment

from shopwright.template_engine.metering.meter import TEXT_SHIFT, Meter
from shopwright.template_engine.metering.operators import compare_with
from shopwright.template_engine.metering.values import want_numbers, want_scalars
from shopwright.template_engine.policy import allowed

Function = Callable[..., Any]

COMPARED: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("eq", "equalto", "=="), "eq"),
        **dict.fromkeys(("ne", "!="), "ne"),
        **dict.fromkeys(("lt", "lessthan", "<"), "lt"),
        **dict.fromkeys(("le", "<="), "lteq"),
        **dict.fromkeys(("gt", "greaterthan", ">"), "gt"),
        **dict.fromkeys(("ge", ">="), "gteq"),
        "in": "in",
    }
)
"""Tests that are operators, by Jinja's name for the operator."""
CALCULATED = frozenset({"divisibleby", "even", "odd"})
"""Tests that use ``%``, which on a text would be formatting."""
WRITTEN = frozenset({"lower", "upper"})
"""Tests that make a text of their subject."""


def metered_tests(environment: Environment, meter: Meter) -> dict[str, Function]:
    """The allowed tests of an environment, with their prices."""
    tests: Mapping[str, Any] = environment.tests
    return {name: _metered(name, tests[name], meter) for name in sorted(allowed.TESTS)}


def _metered(name: str, function: Function, meter: Meter) -> Function:
    if name in COMPARED:
        return compare_with(meter, COMPARED[name])
    want = want_numbers if name in CALCULATED else want_scalars if name in WRITTEN else _anything

    def test(*values: Any) -> Any:  # noqa: ANN401 - whatever a template tests
        want(*values)
        meter.charge(1 + (len(values[0]) >> TEXT_SHIFT if isinstance(values[0], str) else 0), "a test")
        return function(*values)

    return test


def _anything(*values: object) -> None:
    """These tests look at the kind of a value only."""
