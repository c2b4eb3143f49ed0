"""Rendered parts of pages that are kept: cards by their revision, fragments for as long as the build lasts."""

from collections.abc import Callable, Collection, Mapping
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
    parts: frozenset[str] = frozenset()

    def shows(self, card: Mapping[str, Any]) -> bool:
        """Whether this was rendered from a card like that one."""
        return card is self.card or self.content == _content(card) != b""


CARD = "_card.html"
"""The template of cards."""


class Fragments:
    """What was rendered once.

    Given again, it costs the fuel it cost then, and it may stand where it could be rendered: whether a page can be
    rendered, and for how much, never depends on what was rendered before it.
    """

    def __init__(self, meter: Meter | None) -> None:
        self._meter = meter
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._characters = 0
        self._within: list[str] = []  # the parts that are being rendered, each inside the one before
        self._shown: set[str] = set()  # the templates of the innermost of them, and of all parts inside it

    def fragment(self, name: str, make: Callable[[], Markup]) -> Markup:
        """The fragment of that name; ``make`` renders it the first time."""
        kept = self._kept.get((name,))
        return self._again(kept) if kept else self._keep((name,), self._made(name, make))

    def card(self, card: Mapping[str, Any], eager: bool, make: Callable[[], Markup]) -> Markup:
        """The card of a product; ``make`` renders it the first time.

        The revision finds it, and its whole content decides whether it is the same: a template may write a card of its
        own, with any revision. One that is not plain JSON is never kept.
        """
        revision = card.get("revision")
        if not isinstance(revision, str):
            return self._made(CARD, make).markup
        key = (revision, "eager" if eager else "")
        kept = self._kept.get(key)
        if kept and kept.shows(card):
            return self._again(kept)
        content = _content(card)
        if not content:
            return self._made(CARD, make).markup
        made = self._made(CARD, make)
        return self._keep(key, made._replace(card=card if self._meter is None else None, content=content))

    def _again(self, kept: _Kept) -> Markup:
        self._refuse_inside(kept.parts)
        self._shown |= kept.parts
        if self._meter is not None:
            self._meter.charge(kept.fuel, "a part that is shown again")
        return kept.markup

    def _made(self, template: str, make: Callable[[], Markup]) -> _Kept:
        """A part, rendered now. Raises ``ValueError`` for one that is shown inside itself."""
        self._refuse_inside({template})
        outside, self._shown = self._shown, {template}
        self._within.append(template)
        before = self._meter.spent if self._meter else 0
        try:
            markup = make()
            fuel = self._meter.spent - before if self._meter else 0
            return _Kept(markup, fuel, parts=frozenset(self._shown))
        finally:
            self._within.pop()
            self._shown |= outside

    def _refuse_inside(self, parts: Collection[str]) -> None:
        for name in self._within:
            if name in parts:
                raise ValueError(f"{name} is shown inside itself")

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
