"""RSS 2.0 of new products, with the Atom and Media extensions every reader knows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import format_datetime
from xml.sax.saxutils import quoteattr

from shopwright.seo.xml_text import elements, text

MEDIA_TYPE = "application/rss+xml"

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:media="http://search.yahoo.com/mrss/">\n<channel>'
)


@dataclass(frozen=True, slots=True)
class News:
    """A new product: ``created`` is an ISO day; addresses are absolute."""

    title: str
    url: str
    description: str
    created: str
    picture: str | None


@dataclass(frozen=True, slots=True)
class Channel:
    """Whose news it is: ``home`` is the page it belongs to, ``url`` that of the feed itself."""

    title: str
    description: str
    language: str
    home: str
    url: str


def rss(channel: Channel, news: Iterable[News]) -> str:
    """A feed. No time of the build stands in it: the same news, the same bytes."""
    about = elements(
        (
            ("title", channel.title),
            ("link", channel.home),
            ("description", channel.description or channel.title),
            ("language", channel.language),
        )
    )
    own = f'<atom:link href={quoteattr(channel.url)} rel="self" type="{MEDIA_TYPE}"/>'
    return f"{_OPEN}{about}{own}\n{''.join(map(_item, news))}</channel>\n</rss>\n"


def _item(news: News) -> str:
    known = [
        ("title", news.title),
        ("link", news.url),
        ("description", news.description),
        ("pubDate", _day(news.created)),
    ]
    picture = f'<media:content url={quoteattr(news.picture)} medium="image"/>' if news.picture else ""
    identity = f'<guid isPermaLink="true">{text(news.url)}</guid>'
    return f"<item>{elements((name, value) for name, value in known if value)}{identity}{picture}</item>\n"


def _day(created: str) -> str:
    """The start of a day in UTC, as RFC 822 writes it."""
    day = dt.datetime.combine(dt.date.fromisoformat(created), dt.time(), dt.UTC)
    return format_datetime(day, usegmt=True)
