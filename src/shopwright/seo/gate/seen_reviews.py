"""Ratings and reviews of structured data: that shoppers see them too (Google Search Central, Review snippet)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import escape

from shopwright.seo.gate.said import Said

_NO_SPACE = re.compile(r"[^0-9]")
_MOST = 20


def unseen(said: Said, things: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Counts of ratings, and authors of reviews, that stand nowhere but in structured data."""
    ratings = [each for each in things if each.get("@type") == "AggregateRating"]
    authors = [_author(each) for each in things if each.get("@type") == "Review"][:_MOST]
    if not ratings and not authors:
        return
    page = said.html
    for text in said.values("json-ld"):
        page = page.replace(text, "", 1)
    for rating in ratings[:_MOST]:
        count = _NO_SPACE.sub("", str(rating.get("reviewCount", rating.get("ratingCount", ""))))
        if count and not _shows(page, count):
            yield f"the page shows no count of {count[:20]} ratings"
    yield from (
        f"the page shows no review of {name[:60]!r}" for name in dict.fromkeys(authors) if str(escape(name)) not in page
    )


def _author(review: dict[str, Any]) -> str:
    author = review.get("author")
    return str(author.get("name", "") if isinstance(author, dict) else author or "")


def _shows(page: str, count: str) -> bool:
    """Whether a number stands there, its digits grouped or not, in any script."""
    if re.search(rf"(?<!\d){count}(?!\d)", page, re.ASCII):
        return True
    pattern = r"[.,'’٬\s]?".join(count)
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in page)
    return re.search(rf"(?<!\d){pattern}(?!\d)", digits) is not None
