"""What a template was given, as JSON to read: only the values it takes, and of long ones the beginning."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

Json = dict[str, Any]

ITEMS_SHOWN = 3
CHARACTERS_SHOWN = 200

_SET = re.compile(r"""{% set (\w+) = ([\w.\[\]]+|"[^"]*") %}""")
_STEP = re.compile(r"\w+")
_TRUTHS = {"true": True, "false": False}


def with_names_set(values: Json, call: str) -> Json:
    """The values together with those that ``{% set … %}`` in a call gives other names."""
    return {**values, **{name: _given(values, given) for name, given in _SET.findall(call)}}


def _given(values: Json, given: str) -> Any:  # noqa: ANN401 - any JSON value
    """What stands behind the equals sign: a text, a truth, or the path of a value."""
    if given.startswith('"'):
        return given.strip('"')
    return _TRUTHS[given] if given in _TRUTHS else value_at(values, given)


def value_at(values: Any, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value at a path such as ``collection.products[3].price``; none where there is nothing."""
    for step in _STEP.findall(path):
        if isinstance(values, Mapping) and step in values:
            values = values[step]
        elif isinstance(values, list) and step.isdigit() and int(step) < len(values):
            values = values[int(step)]
        else:
            return None
    return values


def sample_text(values: Json, paths: Iterable[str]) -> str:
    """The values at the paths as indented JSON, lists and texts shortened."""
    chosen: Json = {}
    for path in sorted(paths):
        *folders, last = path.split(".")
        place = chosen
        for folder in folders:
            place = place.setdefault(folder, {})
        place[last] = _shortened(value_at(values, path))
    return orjson.dumps(chosen, option=orjson.OPT_INDENT_2).decode()


def _shortened(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str) and len(value) > CHARACTERS_SHOWN:
        return f"{value[:CHARACTERS_SHOWN]} … {len(value) - CHARACTERS_SHOWN} more characters"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list):
        more = len(value) - ITEMS_SHOWN
        return [*map(_shortened, value[:ITEMS_SHOWN]), *([f"… {more} more"] if more > 0 else [])]
    if isinstance(value, Mapping):
        return {key: _shortened(inner) for key, inner in value.items() if key != "revision"}
    return value
