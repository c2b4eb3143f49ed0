"""Whether two sites show the same: every element, attribute, text and JSON block of their pages, in order.

Only what a browser does not see may differ: white space, the spelling of escapes, the order of attributes.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shopwright.storage.exchange import MARK

SAMPLE = 200
SEED = 7

Part = tuple[Any, ...]


def pages_of(site: Path) -> list[str]:
    """The pages of a site, by file name from its root, ordered; reports of its build are none."""
    pages = (path.relative_to(site) for path in site.rglob("*.html"))
    return sorted(page.as_posix() for page in pages if page.parts[0] != MARK)


def sample(pages: list[str], size: int = SAMPLE) -> list[str]:
    """Every page that is neither a product nor a later page of a collection, and others drawn with a fixed seed."""
    few = [page for page in pages if not page.startswith("products/") and "/page/" not in page]
    many = [page for page in pages if page not in set(few)]
    drawn = random.Random(SEED).sample(many, min(len(many), max(size - len(few), size // 2)))
    return sorted(few + drawn)


def difference(one: Path, other: Path) -> str | None:
    """The first difference between the pages of two sites in words; none if there is none."""
    ours, theirs = pages_of(one), pages_of(other)
    if ours != theirs:
        return f"pages that only one has: {sorted(set(ours) ^ set(theirs))[:5]}"
    return next(
        (f"{page}: {found}" for page in sample(ours) if (found := page_difference(one / page, other / page))), None
    )


def page_difference(one: Path, other: Path) -> str | None:
    """The first difference between two pages in words; none if there is none."""
    ours, theirs = list(_parts(one.read_text("utf-8"))), list(_parts(other.read_text("utf-8")))
    for mine, their in zip(ours, theirs, strict=False):
        if mine != their:
            return f"{mine} is {their}"
    return None if len(ours) == len(theirs) else f"{len(ours)} parts are {len(theirs)}"


def _parts(html: str) -> Iterator[Part]:
    """Every element with its attributes and every text of a page, in document order."""
    root = LexborHTMLParser(html).root
    for node in root.traverse(include_text=True) if root else ():
        if node.tag != "-text":
            yield node.tag, tuple(sorted(node.attributes.items()))
        elif text := " ".join((node.text_content or "").split()):
            yield "text", orjson.loads(text) if _is_json(node.parent) else text


def _is_json(element: LexborNode | None) -> bool:
    return element is not None and (element.attributes.get("type") or "").endswith("json")
