"""Checks on languages, markets, sitemaps and feeds of the built example store."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from shopwright.catalog.store import Store
from shopwright.catalog.store_file import read_store
from shopwright.catalog.text import is_locale
from shopwright.template_engine.formats import direction
from shopwright.validation.checkout import EXAMPLE, SITE_URL, Checkout
from shopwright.validation.pages import Page, read_pages
from shopwright.validation.registry import Result, check

_ROOT = re.compile(r"<html\b[^>]*>")
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_G = "{http://base.google.com/ns/1.0}"
_MERCHANT = ("id", "availability", "price", "image_link", "condition")


def _pages(site: Path) -> list[Page]:
    return [page for page in read_pages(site) if not page.path.startswith(".")]


@check("S5")
def international(checkout: Checkout) -> Result:
    """Every page that may be indexed names its versions and is named by them, and asks its market's currency.

    It also says its language and direction.
    """
    site, store = checkout.example, read_store(checkout.root / EXAMPLE / "store.yaml")
    pages = {page.linked("canonical")[0]: page for page in _pages(site) if page.indexed}
    versions = {url: _versions(page) for url, page in pages.items()}
    wrong = [url for url, page in pages.items() if list(_faults(url, page, versions, store, site))]
    offers = [
        (_locale(page.path, store), thing["priceCurrency"])
        for page in pages.values()
        for thing in page.things
        if thing["@type"] == "Offer"
    ]
    foreign = sum(currency != _currency(locale, store) for locale, currency in offers)
    figure = (
        f"{len(pages) - len(wrong):,} of {len(pages):,} pages in {len(store.locales)} languages, "
        f"{len(offers) - foreign:,} of {len(offers):,} offers in their market's currency"
    )
    return Result(figure + (f"; {wrong[0]}" if wrong else ""), passed=bool(offers) and not wrong and not foreign)


def _versions(page: Page) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.links if "hreflang" in link}


def _faults(url: str, page: Page, versions: dict[str, dict[str, str]], store: Store, site: Path) -> Iterator[str]:
    locale, own = _locale(page.path, store), versions[url]
    root = _ROOT.search((site / page.path).read_text("utf-8"))
    if root is None or f'lang="{locale}"' not in root[0] or f'dir="{direction(locale)}"' not in root[0]:
        yield "language or direction"
    if set(own) != {*map(is_locale, store.locales), "x-default"} or own[locale] != url:
        yield "versions"
    if own.get("x-default") != own.get(store.default_locale) or any(
        versions.get(other) != own for other in own.values()
    ):
        yield "versions that do not name each other"


def _locale(path: str, store: Store) -> str:
    first = path.partition("/")[0]
    return next((locale for locale in store.locales[1:] if locale.lower() == first), store.default_locale)


def _currency(locale: str, store: Store) -> str:
    return next((market.currency for market in store.markets if locale in market.locales), store.currency)


@check("S6")
def machines(checkout: Checkout) -> Result:
    """The sitemaps list the pages that may be indexed, no others, and robots.txt hides nothing.

    Each locale has news, and a merchant feed whose items are the priced offers of its pages.
    """
    site, store = checkout.example, read_store(checkout.root / EXAMPLE / "store.yaml")
    pages = _pages(site)
    listed, indexed = set(_listed(site)), {page.linked("canonical")[0] for page in pages if page.indexed}
    items, offers = dict(_items(site, store)), dict(_offers(pages, store))
    same = sum(offers.get(key) == item for key, item in items.items())
    robots = (site / "robots.txt").read_text("utf-8")
    news = sum((_home(site, locale, store) / "feeds/new.xml").is_file() for locale in store.locales)
    figure = (
        f"{len(listed & indexed):,} of {len(listed | indexed):,} addresses, "
        f"{same:,} of {len(items.keys() | offers.keys()):,} items as on their pages, "
        f"{news} of {len(store.locales)} news"
    )
    open_to_all = "Disallow" not in robots and f"Sitemap: {SITE_URL}/sitemap.xml" in robots
    return Result(
        figure, passed=open_to_all and listed == indexed and items == offers != {} and news == len(store.locales)
    )


def _listed(site: Path) -> Iterator[str]:
    for part in ET.parse(site / "sitemap.xml").iterfind(f"{_SITEMAP}sitemap/{_SITEMAP}loc"):  # noqa: S314 - our own file
        name = unquote((part.text or "").removeprefix(f"{SITE_URL}/"))
        for url in ET.parse(site / name).iterfind(f"{_SITEMAP}url/{_SITEMAP}loc"):  # noqa: S314
            yield url.text or ""


def _home(site: Path, locale: str, store: Store) -> Path:
    return site if locale == store.default_locale else site / locale.lower()


def _items(site: Path, store: Store) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """(locale, id) to (price asked, availability) of every item that has all that is required."""
    for locale in store.locales:
        for item in ET.parse(_home(site, locale, store) / "feeds/google.xml").iterfind("channel/item"):  # noqa: S314
            given: dict[str, Any] = {name: item.findtext(f"{_G}{name}") for name in (*_MERCHANT, "sale_price")}
            if all(given[name] for name in _MERCHANT) and item.findtext("title") and item.findtext("link"):
                yield (locale, given["id"]), (given["sale_price"] or given["price"], given["availability"])


def _offers(pages: list[Page], store: Store) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The same of every product on a page that is offered."""
    for page in pages:
        for thing in page.things:
            offer = thing.get("offers")
            if thing["@type"] == "Product" and isinstance(offer, dict) and "priceCurrency" in offer:
                state = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", offer["availability"].rpartition("/")[2]).lower()
                asked = f"{offer['price']} {offer['priceCurrency']}"
                yield (
                    (_locale(page.path, store), thing["sku"]),
                    (asked, state.replace("pre_order", "preorder").replace("back_order", "backorder")),
                )
