"""Parts: what machines are told of some of the products in one locale, made by the page workers.

A part is a file beside the manifest, so the next build makes again only those whose products have changed; feeds and
sitemaps are the parts one after the other.
"""

from typing import Any

import orjson

from shopwright.catalog.rich_text import plain_text
from shopwright.generation.edition import Edition
from shopwright.generation.trade.items import gallery_urls, items_of
from shopwright.generation.trade.parcels import NEWS_FILE
from shopwright.generation.views.product import ProductView
from shopwright.seo.hreflang import alternates
from shopwright.seo.rss import Channel, News, rss
from shopwright.seo.sitemap import Listed, url_element
from shopwright.seo.snippet import fitted

Json = dict[str, Any]

_OPENING = 1_500
"""Characters of HTML that hold enough words for the description of a news item."""


def part(job: Json, edition: Edition) -> bytes:
    """``items`` of the feed as (id, line), ``pages`` of the sitemap by address, what is ``left_out``: by why."""
    items: list[tuple[str, str]] = []
    pages: dict[str, str] = {}
    left_out: dict[str, list[str]] = {}
    for entry in job["products"]:
        view = ProductView(entry["record"], entry["pictures"], edition, entry["handles"][edition.locale])
        pictures = gallery_urls(view, edition)
        made = items_of(view, pictures)
        items += made.lines
        for reason, names in made.left_out.items():
            left_out.setdefault(reason, []).extend(names)
        address = edition.addresses.product(entry["handles"][edition.locale])
        pages[address] = url_element(_listed(entry, address, pictures, edition))
    return orjson.dumps({"items": items, "pages": pages, "left_out": left_out})


def _listed(entry: Json, address: str, pictures: list[str], edition: Edition) -> Listed:
    site = edition.site
    versions = (
        (locale, edition.addresses.absolute(site.addresses(locale).product(handle)))
        for locale, handle in entry["handles"].items()
    )
    links = alternates(versions, site.default_locale)
    return Listed(edition.addresses.absolute(address), links, pictures, entry["record"].get("modified"))


def news(job: Json, edition: Edition) -> bytes:
    """The RSS of the newest products that say when they were created."""
    absolute, at, name = edition.addresses.absolute, edition.addresses, edition.site.store["name"]
    channel = Channel(
        title=f"{name}: {edition.say('home.newest')}",
        description=str(edition.context["description"]),
        language=edition.locale,
        home=absolute(at.home),
        url=absolute(at.file(NEWS_FILE)),
    )
    return rss(channel, (_news(entry, edition) for entry in job["products"])).encode()


def _news(entry: Json, edition: Edition) -> News:
    view = ProductView(entry["record"], entry["pictures"], edition, entry["handles"][edition.locale])
    words, pictures = view.words, gallery_urls(view, edition)
    address = edition.addresses.product(entry["handles"][edition.locale])
    return News(
        title=words.title,
        url=edition.addresses.absolute(address),
        description=words.summary or fitted(plain_text(words.description[:_OPENING]), 300),
        created=entry["record"]["created"],
        picture=pictures[0] if pictures else None,
    )
