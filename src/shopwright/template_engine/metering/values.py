"""How large the values of a template may be, and which of them may be shown."""

from collections.abc import Mapping
from copy import copy
from math import isfinite
from operator import length_hint
from types import NoneType
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from shopwright.errors import RenderLimitHit, ThemeError

TEXT = 1_000_000
"""Most characters of a text."""
NODES = 20_000
"""Most values in a list or mapping that a template makes, all levels together; their texts are bounded by ``TEXT``."""
LARGEST = 2**63
"""Whole numbers stay below this, and above its negative."""

TEXTS = frozenset({str, Markup})
NUMBERS = frozenset({bool, int, float})
SCALARS = NUMBERS | TEXTS | {NoneType}
"""What may be shown, and become part of a text. Everything else could tell an address, or be endless."""
Items: type = type(iter([]))
"""What filters give whose results Jinja reads once, such as ``map``."""


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever is taken apart
    """What is cut or changed must not stay markup: a part of a tag printed as it is would begin another one."""
    return str(value) if type(value) is Markup else value


def weigh(value: object) -> int:
    """How many values are in a value, with a sixteenth of the characters of their texts.

    Counted as if nothing in it stood at two places. Raises ``RenderLimitHit`` for more than ``NODES`` or ``TEXT``.
    """
    count = characters = 0
    waiting = [value]
    while waiting:
        part = waiting.pop()
        count += 1
        if isinstance(part, str):
            characters += len(part)
        else:
            waiting.extend(_parts(part))
        bound_nodes(count + len(waiting), characters)
    return count + (characters >> 4)


def read(values: Any) -> Any:  # noqa: ANN401 - what can be looped over
    """The same values, to be looked at: what can be read only once is copied."""
    return copy(values) if isinstance(values, Items) else values


def _parts(value: object) -> Any:  # noqa: ANN401 - whatever a value holds
    if isinstance(value, dict):
        return (*value.keys(), *value.values())
    if isinstance(value, list | tuple | range):
        return value
    return read(value) if isinstance(value, Items) else ()


def bound_nodes(count: int, characters: int = 0) -> None:
    """Raise ``RenderLimitHit`` for a list or mapping that would be too large."""
    if count > NODES or characters > TEXT:
        raise RenderLimitHit(
            f"a list or mapping holds more than {NODES:,} values or {TEXT:,} characters.",
            remedy="Keep only what you show.",
        )


def length_of(values: object) -> int:
    """How many values a loop or filter would read; none of what cannot be read, which raises later."""
    if isinstance(values, list | tuple | dict | str | range):
        return len(values)
    return length_hint(values) if isinstance(values, Items) else 0


def bound_text(length: int) -> None:
    """Raise ``RenderLimitHit`` for a text that would be too long."""
    if length > TEXT:
        raise RenderLimitHit(f"a text is longer than {TEXT:,} characters.", remedy="Shorten it.")


def bound(value: Any) -> Any:  # noqa: ANN401 - whatever a step gives
    """The result of a step, if it is small enough. Raises ``RenderLimitHit``."""
    if type(value) is int and not -LARGEST < value < LARGEST:
        raise RenderLimitHit("a number has more than 63 bits.", remedy="Calculate with smaller numbers.")
    if type(value) is float and not isfinite(value):
        raise RenderLimitHit("a number is not finite.", remedy="Calculate with smaller numbers.")
    if isinstance(value, str):
        bound_text(len(value))
    return value


def want_scalars(*values: object) -> None:
    """Raise ``ThemeError`` for what cannot become text; a missing value raises by itself when it is used."""
    for value in values:
        if type(value) not in SCALARS and not isinstance(value, Undefined):
            raise unfit(value, "Only texts and numbers can be shown.")


def want_numbers(*values: object) -> None:
    """Raise ``ThemeError`` for what one cannot calculate with."""
    for value in values:
        if type(value) not in NUMBERS and not isinstance(value, Undefined):
            raise unfit(value, "This needs numbers.")


def unfit(value: object, remedy: str) -> ThemeError:
    """The error for a value of the wrong kind; it names the kind only."""
    return ThemeError(f"{_KINDS.get(type(value), 'this')} does not fit here.", remedy=remedy)


_KINDS: Mapping[type, str] = {
    NoneType: "none",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    tuple: "a list",
    dict: "a mapping",
    range: "a range",
    str: "a text",
    Markup: "a text",
}
