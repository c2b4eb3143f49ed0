"""Rules on text, wherever it stands: character references, control characters, what a template left behind."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]*+;?|[a-zA-Z][a-zA-Z0-9]*+;?)")
_ESCAPED_TWICE = re.compile(r"&amp;(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffd\ufdd0-\ufdef\ufffe\uffff]")
_NO_VALUE = re.compile(
    r"\[object [A-Z][A-Za-z]+\]|(?<![\w-])(?:undefined|NaN)(?![\w-])|[€$£¥]\s?(?:None|null)\b|\b(?:None|null)\s?[€$£¥]"
)
_ODD = re.compile(r"[&{\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202d\u202e\ufffd\ufdd0-\ufdef\ufffe\uffff]")
_NO_WORD = re.compile(r"[\W_]+")
_COMMON = frozenset({"&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;", "&nbsp;"})
_MOST_CODE_POINT = 0x10FFFF


def is_plain(text: str) -> bool:
    """Whether no rule can be broken by a text: most texts are seen through at once."""
    words = "undefined" in text or "NaN" in text or "None" in text or "null" in text or "[object" in text
    return not words and _ODD.search(text) is None


def broken_by_text(text: str) -> Iterator[tuple[str, str]]:
    """Every rule (and what was found) that a text between tags breaks; references in it are as they are written."""
    if "&" in text:
        yield from _references(text)
    control = _CONTROL.search(text)
    if control:
        yield "control-character", f"U+{ord(control[0]):04X} in {_around(text, control.start())!r}"
    if "{{" in text or "{%" in text:
        yield "template-leftover", repr(_around(text, max(text.find("{{"), text.find("{%"))))
    wrong = _NO_VALUE.search(text)
    if wrong and _stands_alone(text, wrong[0]):
        yield "no-value", repr(_around(text, wrong.start()))


@lru_cache(maxsize=1_024)
def is_part(text: str, name: str) -> bool:
    """Whether a name holds the words that are seen, signs and blanks aside (WCAG 2.2, SC 2.5.3)."""
    seen, said = (_NO_WORD.sub("", unescape(each).casefold()) for each in (text, name))
    return seen in said


def _stands_alone(text: str, word: str) -> bool:
    """Whether a word is all there is, or stands beside a number or sign: in a sentence it may be meant."""
    return word.startswith("[object") or len(text.split()) <= 2


def _around(text: str, position: int) -> str:
    return " ".join(text[max(position - 20, 0) : position + 40].split())


def _references(text: str) -> Iterator[tuple[str, str]]:
    twice = _ESCAPED_TWICE.search(text)
    if twice:
        yield "double-escape", _around(text, twice.start())
    for found in set(_REFERENCE.findall(text)) - _COMMON:
        wrong = _wrong_reference(found)
        if wrong:
            yield "bad-reference", f"{found[:30]} {wrong}"


def _wrong_reference(reference: str) -> str:
    """What is wrong with a reference; nothing if it may stand there."""
    body = reference[1:].rstrip(";")
    if body.startswith("#"):
        return _wrong_number(body[1:], ended=reference.endswith(";"))
    if reference.endswith(";"):
        return "" if reference[1:] in html5 else "is no character reference"
    named = any(body[:length] in html5 for length in range(2, len(body) + 1))
    return "lacks its semicolon" if named else ""


def _wrong_number(digits: str, *, ended: bool) -> str:
    try:
        code = int(digits[1:], 16) if digits[:1] in ("x", "X") else int(digits)
    except ValueError:
        return "is no character reference"
    if not ended:
        return "lacks its semicolon"
    forbidden = code > _MOST_CODE_POINT or 0xD800 <= code <= 0xDFFF or code == 0 or 0x7F <= code <= 0x9F
    return "is no character" if forbidden else ""
