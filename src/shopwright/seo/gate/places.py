"""Where elements may stand: the content models of the HTML Standard, and what browsers do where they are not kept."""

from collections.abc import Iterator
from functools import lru_cache

from shopwright.seo.gate import elements as html

Misplaced = tuple[str, str]
"""A rule that an element breaks where it stands, and the name of what it stands in."""

_NEVER_NESTED = frozenset({"a", "button", "form", "label"})


@lru_cache(maxsize=8_192)
def misplaced(name: str, around: tuple[str, ...], *, is_control: bool) -> tuple[Misplaced, ...]:
    """The rules that an element breaks inside of others (names, the outermost first)."""
    return (*_in_parent(name, around), *_in_control(name, around, is_control=is_control))


def _in_parent(name: str, around: tuple[str, ...]) -> Iterator[Misplaced]:
    parent = around[-1] if around else ""
    if name in html.HEADINGS and parent in html.HEADINGS:
        yield "bad-nesting", parent
        return
    if name in ("html", "head", "body") and name in around:
        yield "bad-nesting", name
    for allowed, rule in ((html.MOVED_OUT, "bad-nesting"), (html.HOLDS, "content-model")):
        if parent in allowed:
            if name not in allowed[parent]:
                yield rule, parent
            return
    for parents, rule in ((html.LOST_OUTSIDE, "bad-nesting"), (html.BELONGS_IN, "content-model")):
        if name in parents:
            if parent not in parents[name] and parent != "template":
                yield rule, parent or "nothing"
            return
    if name in html.BLOCKS:
        yield from _in_text(name, around)


def _in_text(name: str, around: tuple[str, ...]) -> Iterator[Misplaced]:
    parent = next((each for each in reversed(around) if each not in html.TRANSPARENT), "")
    if parent in html.TEXT_ONLY and not (parent == "legend" and name in html.HEADINGS):
        yield "content-model", parent


def _in_control(name: str, around: tuple[str, ...], *, is_control: bool) -> Iterator[Misplaced]:
    if name in _NEVER_NESTED and name in around:
        yield "bad-nesting", name
    elif is_control:
        outer = next((each for each in ("button", "a") if each in around), "")
        if outer:
            yield "bad-nesting", outer
