"""The tokens of a piece of HTML: tags, text, what a script holds, comments.

Stricter than a browser: whatever the standard calls a parse error is a ``Wrong``, so there is one way to read the rest.
No input takes longer than its length: the patterns never go back.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shopwright.seo.gate.elements import RAW
from shopwright.seo.gate.told import Told, told_by

_TAG = r"""</?[a-zA-Z][^"'<>]*+(?:(?:"[^"]*+"|'[^']*+')[^"'<>]*+)*+>"""
_TAGS = re.compile(f"({_TAG})")
_TOKEN = re.compile(
    rf"(?P<text>[^<]++)|(?P<tag>{_TAG})|(?P<comment><!--(?!-?>))|(?P<doctype><![dD][oO][cC][tT][yY][pP][eE][^>]*+>)"
)
_RUN = re.compile("<*+")
_BEGUN = re.compile(r"""</?[a-zA-Z](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+(?:"[^"]*+|'[^']*+)?+\Z""")
"""The beginning of a tag that goes on in a later piece."""
_APART = re.compile("<(?:!|[sS](?:[cC][rR]|[tT][yY])|[tT](?:[eE][xX][tT][aA]|[iI][tT])|[iI][fF])")
"""What is not only tags and text between them; a drawing's ``<text>`` is."""
_ENDS = {name: re.compile("</" + "".join(f"[{c}{c.upper()}]" for c in name) + r"[\s/>]") for name in RAW}
"""The end tags, so written that the search runs from one ``</`` to the next."""


class Held(NamedTuple):
    """What an element without tags in it holds."""

    text: str


class Doctype(NamedTuple):
    """A document type declaration."""

    text: str


class Wrong(NamedTuple):
    """What is no HTML."""

    text: str


class Unfinished(NamedTuple):
    """What ends in a later piece, with ``end`` in it."""

    began: str
    end: str


Token = str | Told | Held | Doctype | Wrong
"""A plain string is text between tags, references as they are written."""


def alternating(html: str) -> tuple[list[str], list[Told]] | None:
    """The texts of a piece and the tags between them, if it holds nothing else and ends after a tag or a text."""
    if _APART.search(html):
        return None
    parts = _TAGS.split(html)
    texts = parts[::2]
    if "<" in "".join(texts):
        return None
    return texts, [told_by(source) for source in parts[1::2]]


def tokens(html: str) -> Iterator[Token | Unfinished]:
    """The tokens of a piece, which ends between tags or else with ``Unfinished``."""
    position, end = 0, len(html)
    while position < end:
        found = _TOKEN.match(html, position)
        if found is None:
            if _BEGUN.match(html, position):
                yield Unfinished(html[position : position + 100], ">")
                return
            yield Wrong(html[position : position + 40])
            position = max(position + 1, _RUN.match(html, position).end() - 1)  # type: ignore[union-attr]
            continue
        position = found.end()
        if found.lastgroup == "text":
            yield found[0]
        elif found.lastgroup == "doctype":
            yield Doctype(found[0])
        else:
            inner = (
                _comment(html, position) if found.lastgroup == "comment" else _with_content(found[0], html, position)
            )
            for token in inner:
                yield token
                if type(token) is Unfinished:
                    return
                position += len(token.text) if type(token) is Held else 0
            if found.lastgroup == "comment":
                position = html.find("-->", position) + len("-->")


def _comment(html: str, position: int) -> Iterator[Unfinished | Wrong]:
    end = html.find("-->", position)
    if end < 0:
        yield Unfinished(html[position - 4 : position + 96], "-->")
    elif html.find("--!>", position, end) >= 0:
        yield Wrong("--!>")


def _with_content(source: str, html: str, position: int) -> Iterator[Token | Unfinished]:
    """A tag, and what it holds if that is no markup."""
    told = told_by(source)
    tag = told.tag
    yield told
    if tag.name in RAW and not tag.ends:
        closing = _ENDS[tag.name].search(html, position)
        yield Held(html[position : closing.start()]) if closing else Unfinished(source, f"</{tag.name}")
