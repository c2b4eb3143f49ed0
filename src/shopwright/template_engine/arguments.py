"""What the functions of the theme API accept. A template's author chooses their arguments, so each is checked.

Every check returns the value, or raises ``ValueError`` that names the function, the argument and what it may be; the
engine adds template and line.
"""

import re
from collections.abc import Mapping
from typing import Any

TEXT_LENGTH = 10_000
"""Most characters of a text handed to a function."""
LARGEST = 2**63

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def a_text(value: object, called: str, name: str) -> str:
    """A text of at most ``TEXT_LENGTH`` characters."""
    if not isinstance(value, str) or len(value) > TEXT_LENGTH:
        raise _wrong(called, name, f"a text of at most {TEXT_LENGTH:,} characters")
    return value


def a_word(value: object, called: str, name: str) -> str:
    """A text, or a number that stands in one."""
    if type(value) is int and -LARGEST < value < LARGEST:
        return str(value)
    if type(value) is float:
        return str(value)
    return a_text(value, called, name)


def a_number(value: object, called: str, name: str) -> int | float:
    """A number of at most 63 bits before its point; true and false are none."""
    if type(value) is int and -LARGEST < value < LARGEST:
        return value
    if type(value) is float and -LARGEST < value < LARGEST:
        return value
    raise _wrong(called, name, "a number below 2**63")


def a_whole(value: object, called: str, name: str, low: int, high: int) -> int:
    """A whole number between two bounds, which are allowed."""
    if type(value) is int and low <= value <= high:
        return value
    raise _wrong(called, name, f"a whole number from {low:,} to {high:,}")


def a_mapping(value: object, called: str, name: str) -> Mapping[str, Any]:
    """A mapping, as templates find it in their context or write it in braces."""
    if isinstance(value, dict):
        return value
    raise _wrong(called, name, "a mapping")


def an_identifier(value: object, called: str, name: str) -> str:
    """What may stand as an ``id``: a letter, then letters, digits, ``-`` and ``_``, at most 64 together."""
    if isinstance(value, str) and _IDENTIFIER.fullmatch(value):
        return value
    raise _wrong(called, name, "a letter, then letters, digits, - and _, at most 64 characters")


def a_currency(value: object, called: str, name: str) -> str:
    """A currency of ISO 4217 by its code."""
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    raise _wrong(called, name, "a currency code such as EUR")


def _wrong(called: str, name: str, allowed: str) -> ValueError:
    return ValueError(f"{called}(): {name} must be {allowed}")
