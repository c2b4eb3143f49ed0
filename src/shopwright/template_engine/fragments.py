"""Rendered parts of pages that are kept: cards by their revision, fragments for as long as the build lasts."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

import orjson
from markupsafe import Markup

CARDS_KEPT = 2_000
"""Cards that are kept: enough for the neighbourhood a worker prints."""
CHARACTERS_KEPT = 4 << 20
"""Most characters of all that is kept: a confined worker may use 47 MiB in all."""


class Meter(Protocol):
    """What counts the fuel of a render (``metering``)."""

    @property
    def spent(self) -> int:
        """The fuel the page has used so far."""

    def charge(self, units: int, what: str) -> None:
        """Use fuel. Raises ``RenderLimitHit``."""


class _Kept(NamedTuple):
    markup: Markup
    fuel: int
    card: Mapping[str, Any] | None = None
    content: bytes = b""

    def shows(self, card: Mapping[str, Any]) -> bool:
        """Whether this was rendered from a card like that one."""
        return card is self.card or self.content == _content(card) != b""


class Fragments:
    """What was rendered once. Given again, it costs the fuel it cost then, so that a page's fuel never varies."""

    def __init__(self, meter: Meter | None) -> None:
        self._meter = meter
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._characters = 0

    def fragment(self, name: str, make: Callable[[], Markup]) -> Markup:
        """The fragment of that name; ``make`` renders it the first time."""
        kept = self._kept.get((name,))
        return self._again(kept) if kept else self._keep((name,), _Kept(*self._measured(make)))

    def card(self, card: Mapping[str, Any], eager: bool, make: Callable[[], Markup]) -> Markup:
        """The card of a product; ``make`` renders it the first time.

        The revision finds it, and its whole content decides whether it is the same: a template may write a card of its
        own, with any revision. One that is not plain JSON is never kept.
        """
        revision = card.get("revision")
        if not isinstance(revision, str):
            return make()
        key = (revision, "eager" if eager else "")
        kept = self._kept.get(key)
        if kept and kept.shows(card):
            return self._again(kept)
        content = _content(card)
        if not content:
            return make()
        return self._keep(key, _Kept(*self._measured(make), card if self._meter is None else None, content))

    def _again(self, kept: _Kept) -> Markup:
        if self._meter is not None:
            self._meter.charge(kept.fuel, "a part that is shown again")
        return kept.markup

    def _measured(self, make: Callable[[], Markup]) -> tuple[Markup, int]:
        if self._meter is None:
            return make(), 0
        before = self._meter.spent
        return make(), self._meter.spent - before

    def _keep(self, key: tuple[str, ...], kept: _Kept) -> Markup:
        size = len(kept.markup) + len(kept.content)
        if len(self._kept) >= CARDS_KEPT or self._characters + size > CHARACTERS_KEPT:
            self._kept.clear()
            self._characters = 0
        self._kept[key] = kept
        self._characters += size
        return kept.markup


def _content(card: Mapping[str, Any]) -> bytes:
    """A card as bytes that differ when it would be rendered otherwise; empty for one that is more than plain JSON."""
    try:
        return orjson.dumps(card, option=orjson.OPT_PASSTHROUGH_SUBCLASS)
    except orjson.JSONEncodeError:
        return b""
