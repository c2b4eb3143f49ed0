"""Ratings and reviews of structured data: that shoppers see them too (Google Search Central, Review snippet)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import escape

from shopwright.seo.gate.said import Said

_NO_DIGIT = re.compile(r"[^0-9]")
_DATA = re.compile(r"<script type=\"application/ld\+json\">.*?</script>", re.DOTALL)
_OTHER_DIGIT = re.compile(r"[^\x00-\x7f]")
_MOST = 20
_LONGEST = 20


def unseen(said: Said, things: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Counts of ratings, and authors of reviews, that stand nowhere but in structured data."""
    ratings = [each for each in things if each.get("@type") == "AggregateRating"]
    authors = [_author(each) for each in things if each.get("@type") == "Review"][:_MOST]
    if not ratings and not authors:
        return
    page = _DATA.sub("", said.html)
    counts = (str(each.get("reviewCount", each.get("ratingCount", ""))) for each in ratings[:_MOST])
    for count in dict.fromkeys(_NO_DIGIT.sub("", each[:_LONGEST]) for each in counts):
        if count and not _shows(page, count):
            yield f"the page shows no count of {count} ratings"
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
    digits = _OTHER_DIGIT.sub(lambda sign: str(unicodedata.decimal(sign[0], sign[0])), page)
    return re.search(rf"(?<!\d){pattern}(?!\d)", digits) is not None
