"""Operators on bounded values: each pays by its operands, before it does its work."""

import operator
from collections.abc import Callable, Sequence
from types import NoneType
from typing import Any

from jinja2.runtime import markup_join

from shopwright.errors import ThemeError
from shopwright.template_engine.metering import tree
from shopwright.template_engine.metering.meter import TEXT_SHIFT, Meter
from shopwright.template_engine.metering.values import (
    NUMBERS,
    SCALARS,
    TEXTS,
    bound,
    bound_nodes,
    bound_text,
    length_of,
    plain,
    unfit,
    want_scalars,
    weigh,
)

SMALL = NUMBERS | {NoneType}
SHORT = 64
"""Texts of so many characters are compared for the price of the step itself."""

CALCULATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda part, whole: part in whole,
    "notin": lambda part, whole: part not in whole,
}


def calculate(meter: Meter, sign: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - whatever is calculated
    """``left`` and ``right`` joined by one of ``CALCULATIONS``.

    Raises ``RenderLimitHit``, and ``ThemeError`` for ``**``.
    """
    if type(left) not in NUMBERS or type(right) not in NUMBERS:
        meter.charge(_size_of(sign, left, right), f"an operator {sign}")
    if sign not in CALCULATIONS:
        raise ThemeError(f"{sign} is not allowed.", remedy="Multiply.")
    return bound(CALCULATIONS[sign](left, right))


def _size_of(sign: str, left: object, right: object) -> int:
    """What an operator with a text or a list makes, bounded; nothing for what cannot be joined, which raises later."""
    if sign == "%" and isinstance(left, str):
        raise unfit(left, "Join texts with ~.")
    if sign == "+":
        return _added(left, right)
    if sign == "*":
        whole, times = (right, left) if isinstance(left, int) else (left, right)
        return _repeated(whole, times) if isinstance(times, int) else 1
    return 1


def _added(left: object, right: object) -> int:
    if isinstance(left, str) and isinstance(right, str):
        bound_text(len(left) + len(right))
        return 1 + (len(left) + len(right) >> TEXT_SHIFT)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return weigh([left, right])
    return 1


def _repeated(whole: object, times: int) -> int:
    if isinstance(whole, str):
        bound_text(len(whole) * times)
        return 1 + (len(whole) * max(times, 0) >> TEXT_SHIFT)
    if isinstance(whole, list | tuple):
        size = 1 + (weigh(whole) - 1) * max(times, 0)
        bound_nodes(size)
        return size
    return 1


def compare_with(meter: Meter, name: str) -> Callable[[Any, Any], Any]:
    """The step for a comparison by Jinja's name; it pays by what it may have to read."""
    compare = COMPARISONS[name]
    contains = name in {"in", "notin"}

    def step(left: Any, right: Any) -> Any:  # noqa: ANN401 - whatever a template compares
        if type(left) in TEXTS and type(right) in TEXTS:
            if len(left) > SHORT or len(right) > SHORT:
                meter.charge(_read_text(left, right, contains), "a comparison")
        elif type(left) not in SMALL or type(right) not in SMALL:
            meter.charge(_read(left, right, contains), "a comparison")
        return compare(left, right)

    return step


def _read_text(left: str, right: str, contains: bool) -> int:
    return (len(left) + len(right) if contains else min(len(left), len(right))) >> TEXT_SHIFT


def _read(left: object, right: object, contains: bool) -> int:
    """How much a comparison may read, where not both are texts."""
    if contains and isinstance(right, dict):
        return weigh(left)
    if contains and isinstance(right, range):
        return 1 + (len(right) >> TEXT_SHIFT)
    if type(left) in SCALARS and type(right) in SCALARS:
        return 1
    return weigh(left) + weigh(right)


def steps(meter: Meter) -> dict[str, Callable[..., Any]]:
    """The steps that ``tree.meter_tree`` puts into templates, by their names among the filters."""

    def pay(units: int) -> None:
        meter.spent += units
        if meter.spent > meter.limit:
            meter.run_out("a part of a template")

    def loop(values: Any, weight: int) -> Any:  # noqa: ANN401 - whatever a template loops over
        meter.spent += 1 + weight * (len(values) if type(values) is list else length_of(values))
        if meter.spent > meter.limit:
            meter.run_out("a loop")
        return values

    def made(value: Any) -> Any:  # noqa: ANN401 - a list, tuple or mapping
        size = len(value)
        for part in value.values() if type(value) is dict else value:
            kind = type(part)
            if kind not in SMALL and (kind not in TEXTS or len(part) > SHORT):
                size = weigh(value)
                break
        meter.charge(size, "a list or mapping")
        return value

    def concat(*values: Any) -> str:  # noqa: ANN401 - whatever a template joins
        return _concat(meter, values)

    def cut(value: Any, start: int | None, stop: int | None, step: int | None) -> Any:  # noqa: ANN401 - text or list
        part = plain(value)[start:stop:step]
        meter.charge(1 + (len(part) >> TEXT_SHIFT if isinstance(part, str) else len(part)), "a slice")
        return part

    fixed: dict[str, Callable[..., Any]] = {
        tree.PAY: pay,
        tree.LOOP: loop,
        tree.MADE: made,
        tree.CONCAT: concat,
        tree.SLICE: cut,
    }
    return {**fixed, **{tree.comparison(name): compare_with(meter, name) for name in COMPARISONS}}


def _concat(meter: Meter, values: Sequence[Any]) -> str:
    length = 0
    for value in values:
        if type(value) in TEXTS:
            length += len(value)
        elif type(value) not in SMALL:
            want_scalars(value)
    bound_text(length)
    meter.charge(length >> TEXT_SHIFT, "an operator ~")
    joined: str = bound(markup_join(values))
    return joined
