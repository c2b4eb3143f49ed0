"""What a template may be rendered with: plain data within bounds, and how it travels to a confined worker.

Only none, bool, int, float, str, list, dict (exactly these types, no subclass) and rich text (``markupsafe.Markup``,
made of sanitised text) cross. An object of any other type carries methods, and methods carry files and secrets: a
``pathlib.Path`` in a context reads ``/etc/passwd``.

On the wire the data is ordinary JSON, and which of its texts are rich stands beside it, as a list of paths. No text can
say of itself that it is rich.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from shopwright.errors import ContextRefused
from shopwright.template_engine.contexts.addresses import is_address_name
from shopwright.template_engine.functions import url
from shopwright.template_engine.rich import rich_markup

Json = dict[str, Any]

MAX_DEPTH = 24
"""Containers within containers, the context itself included."""
MAX_NODES = 50_000
"""Keys and entries in all; a collection page of 48 cards has about 3,000."""
MAX_TEXT = 1_000_000
"""Characters of one text."""
MAX_CHARACTERS = 4_000_000
"""Characters of all keys and texts together."""
MAX_KEY = 200
"""Characters of a key."""
MAX_INTEGER = 2**63
"""An integer lies between minus this and this, the latter excluded: 64 bits."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")

_SAFE_KEYS: set[str] = set()
"""Keys that were checked before: contexts have few different ones, and each of them often."""
_ADDRESS_KEYS: set[str] = set()
"""Those of them whose values are addresses."""
_KEYS_KNOWN = 4_096


class _Place:
    """A container, where it stands in its own container, and how deep."""

    __slots__ = ("container", "depth", "key", "parent")

    def __init__(self, container: Any, parent: "_Place | None", key: str | int) -> None:  # noqa: ANN401 - any JSON
        self.container = container
        self.parent = parent
        self.key = key
        self.depth: int = parent.depth + 1 if parent else 1

    def steps(self, key: str | int) -> list[str | int]:
        """Keys and indexes from the context to an entry."""
        steps, place = [key], self
        while place.parent is not None:
            steps.append(place.key)
            place = place.parent
        return steps[::-1]


def validate_context(context: Mapping[str, Any]) -> None:
    """Check every key and value (requirement T2).

    Raises ``ContextRefused`` whose ``where`` is the path of the first offending value:
    ``product.variants[3].price``.
    """
    _rich_texts(context)


def to_wire(context: Mapping[str, Any]) -> Json:
    """``{"data": the context, "rich": paths of its rich texts}``, ready for a JSON writer; the data is not copied.

    A path is a list of keys and indexes. Raises ``ContextRefused`` as ``validate_context`` does.
    """
    return {"rich": _rich_texts(context), "data": context}


def from_wire(wire: Mapping[str, Any]) -> Json:
    """The context that ``to_wire`` was given. The containers of ``wire`` become part of it."""
    data: Json = wire["data"]
    for path in wire["rich"]:
        container: Any = data
        for step in path[:-1]:
            container = container[step]
        container[path[-1]] = rich_markup(container[path[-1]])
    return data


def _rich_texts(context: Mapping[str, Any]) -> list[list[str | int]]:
    """The paths of all rich texts. Iterative, one pass; a path is put together only where it is asked for."""
    _check_names(context)
    rich: list[list[str | int]] = []
    waiting = [_Place(context, None, "")]
    nodes = characters = 0
    while waiting:
        place = waiting.pop()
        nodes += len(place.container)
        for key, value in _entries(place):
            kind = type(value)
            if kind is str or kind is Markup:
                characters += len(value)
                if len(value) > MAX_TEXT or not value.isascii():
                    _check_text(value, place, key)
                if key in _ADDRESS_KEYS:
                    _check_address(value, place, key)
                if kind is Markup:
                    rich.append(place.steps(key))
            elif kind is dict or kind is list:
                waiting.append(_Place(value, place, key))
            elif value is not None and kind is not bool:
                _check_number(value, place, key)
        if nodes > MAX_NODES or characters > MAX_CHARACTERS or place.depth > MAX_DEPTH:
            raise _too_large(place, nodes, characters)
    return rich


def _entries(place: _Place) -> Iterable[tuple[Any, Any]]:
    container = place.container
    if type(container) is list:
        return enumerate(container)
    for key in container:
        if type(key) is not str or key not in _SAFE_KEYS:
            _check_key(place, key)
    items: Iterable[tuple[Any, Any]] = container.items()
    return items


def _check_key(place: _Place, key: object) -> None:
    if type(key) is not str or not 0 < len(key) <= MAX_KEY or key[0] == "_":
        remedy = f"Use texts of 1 to {MAX_KEY} characters that do not begin with _."
        raise _refused(place, str(key), f"the key {_shown(key)} is not safe.", remedy)
    _check_text(key, place, key)
    if len(_SAFE_KEYS) < _KEYS_KNOWN:
        _SAFE_KEYS.add(key)
        _ADDRESS_KEYS.update({key} if is_address_name(key) else ())
    elif is_address_name(key) and isinstance(place.container[key], str):
        _check_address(place.container[key], place, key)


def _check_address(value: str, place: _Place, key: str | int) -> None:
    """Templates may write a value of such a name into ``href``: it is an address that ``url()`` leaves as it is."""
    if value and url(value) != value:
        remedy = "Begin it with https://, http://, mailto:, tel:, / or #, without blanks."
        raise _refused(place, key, f"the address {_shown(value)} must not stand in a page.", remedy)


def _check_names(context: Mapping[str, Any]) -> None:
    """The outermost keys are names in templates."""
    for name in context:
        if type(name) is not str or len(name) > MAX_KEY or not _NAME.fullmatch(name):
            raise ContextRefused(
                f"the name {_shown(name)} is none a template can use.",
                where=_shown(name),
                remedy="Use letters, digits and _, beginning with a letter.",
            )


def _check_text(value: str, place: _Place, key: str | int) -> None:
    if len(value) > MAX_TEXT:
        raise _refused(place, key, f"the text has {len(value):,} characters.", f"Use at most {MAX_TEXT:,}.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _refused(place, key, "the text holds half a surrogate pair.", "Use whole characters.") from None


def _check_number(value: object, place: _Place, key: str | int) -> None:
    kind = type(value)
    if kind is int:
        if not -MAX_INTEGER <= value < MAX_INTEGER:  # type: ignore[operator]
            raise _refused(place, key, "the whole number needs more than 64 bits.", "Use a smaller one, or a text.")
    elif kind is not float:
        remedy = "Use none, true, false, numbers, texts, lists, objects and rich text only."
        raise _refused(place, key, f"a value of type {kind.__name__} is not plain data.", remedy)
    elif not math.isfinite(value):  # type: ignore[arg-type]
        raise _refused(place, key, f"{value} is not a finite number.", "Use a finite number, or none.")


def _too_large(place: _Place, nodes: int, characters: int) -> ContextRefused:
    where = _path(place.steps("")[:-1])
    if place.depth > MAX_DEPTH:
        return ContextRefused(
            f"it is nested {place.depth} deep.", where=where, remedy=f"Nest at most {MAX_DEPTH} deep, in no circle."
        )
    if nodes > MAX_NODES:
        return ContextRefused(f"there are more than {MAX_NODES:,} values.", where=where, remedy="Show fewer at once.")
    return ContextRefused(
        f"the texts have {characters:,} characters together.", where=where, remedy=f"Use at most {MAX_CHARACTERS:,}."
    )


def _refused(place: _Place, key: str | int, what: str, remedy: str) -> ContextRefused:
    return ContextRefused(what, where=_path(place.steps(key)), remedy=remedy)


def _path(steps: list[str | int]) -> str:
    parts = [f"[{step}]" if isinstance(step, int) else f".{_shown(step)}" for step in steps]
    return "".join(parts).removeprefix(".") or "the context"


def _shown(key: object) -> str:
    """A key as a message may show it: printable, and not long."""
    text = str(key)[:40]
    return text if text.isprintable() and text.isascii() else ascii(text)
