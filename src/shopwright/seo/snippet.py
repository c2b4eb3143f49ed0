"""What search results show of a page: a title and a description that fit, and are cut between words.

Lengths are display widths: a Chinese, Japanese or Korean character is as wide as two Latin ones (UAX #11).
"""

import unicodedata
from collections.abc import Iterable

TITLE_WIDTH = 60
"""About what search results show of a title; a longer one is shown in part."""
DESCRIPTION_WIDTH = 160
"""About what search results show of a description."""
SHORT_DESCRIPTION = 70
"""A description narrower than this leaves room for facts."""

_WIDE = frozenset("WF")
_ELLIPSIS = "…"
_LOOSE = " ,;:.–-|·،؛"


def display_width(text: str) -> int:
    """Columns that a text takes: two for a full-width character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def fitted(text: str, width: int = DESCRIPTION_WIDTH) -> str:
    """Text in one line, at most ``width`` columns wide: cut between words, with an ellipsis where it was cut.

    Scripts that set no blanks between words are cut between characters.
    """
    text = " ".join(text.split())
    if display_width(text) <= width:
        return text
    kept, room = "", width - 1
    for character in text:
        room -= _columns(character)
        if room < 0:
            break
        kept += character
    if text[len(kept)] != " " and " " in kept and not _is_wide(kept[-1]):
        kept = kept.rsplit(" ", maxsplit=1)[0]
    return kept.rstrip(_LOOSE) + _ELLIPSIS


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE


def title_of(title: str, facts: Iterable[str], name: str, width: int = TITLE_WIDTH) -> str:
    """A page's title: its own, then facts as far as there is room for them, then the store's name if that fits.

    A fact that the title or the store's name already says is left out; the title itself is never cut.
    """
    made, signature = title, f" | {name}"
    for fact in facts:
        longer = f"{made} – {fact}"
        if fact.casefold() not in (made + signature).casefold() and display_width(longer + signature) <= width:
            made = longer
    signed = made + signature
    return signed if display_width(signed) <= width else made
