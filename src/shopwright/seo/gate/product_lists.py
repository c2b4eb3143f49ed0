"""Rules on the lists of products that scripts fetch: what they name is there, and they agree with the pages."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.notes import read_notes
from shopwright.seo.gate.offers import offered, price_fault
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.shown_prices import wrong_currency

Json = dict[str, Any]

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def list_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in them."""
    for name in sorted(each for each in site.files.values() if each.endswith(".json")):
        try:
            listed = orjson.loads(site.read(name) or b"")
        except orjson.JSONDecodeError as error:
            yield Finding(name, "bad-page-data", str(error))
            continue
        said = listed if isinstance(listed, dict) else {}
        products = said.get("products", [])
        following = said.get("next")
        if isinstance(following, str) and decoded(following) not in site.files:
            yield Finding(name, "dead-link", following[:200])
        if not isinstance(products, list) or not all(isinstance(each, dict) for each in products):
            yield Finding(name, "bad-page-data", "no list of products")
            continue
        language = _language(site, products)
        for product in products:
            yield from (Finding(name, rule, what) for rule, what in _product(site, product, language))


def _language(site: BuiltSite, products: list[Json]) -> str:
    """The language that the first product's page is in."""
    data = site.pages.get(decoded(str(products[0].get("url")))) if products else None
    return read_notes(data).lang if data else ""


def _product(site: BuiltSite, product: Json, language: str) -> Iterator[tuple[str, str]]:
    url = str(product.get("url") or "")
    page = site.pages.get(decoded(url))
    if page is None:
        yield "dead-link", url[:200] or "a product without an address"
    yield from (("dead-link", path[:200]) for path in _pictures(product.get("picture")) if path not in site.files)
    price = product.get("price")
    if isinstance(price, dict):
        yield from ((rule, f"{url[:200]}: {what}") for rule, what in _price(price, page, language))
    colors = product.get("colors")
    for color in colors if isinstance(colors, list) else ():
        value = color.get("hex") if isinstance(color, dict) else None
        if value is not None and not _HEX.fullmatch(str(value)):
            yield "bad-page-data", f"{url[:200]}: the colour {str(value)[:40]!r}"


def _pictures(picture: object) -> Iterator[str]:
    """The paths of a picture of the site's own."""
    if isinstance(picture, dict):
        candidates = (each.partition(" ")[0] for each in str(picture.get("srcset") or "").split(", "))
        for address in (str(picture.get("src") or ""), *candidates):
            if address.startswith("/") and not address.startswith("//"):
                yield decoded(address.partition("?")[0])


def _price(price: Json, page: bytes | None, language: str) -> Iterator[tuple[str, str]]:
    """Where a price is not what its text says, or none of those on the product's page."""
    value, currency = str(price.get("value", "")), str(price.get("currency", ""))
    if fault := price_fault(price):
        yield "price-mismatch", fault
        return
    if fault := wrong_currency(str(price.get("text", "")), currency, language):
        yield "currency-mismatch", fault
    elif page and b'"offers":' in page and _noted(value, currency) not in page:
        yield "price-mismatch", f"its page has no offer for {value[:40]} {currency[:20]}"


def _noted(value: str, currency: str) -> bytes:
    """A price as it stands in the notes of a page."""
    return orjson.dumps([offered("", value, currency, "").price, currency])[1:-1]
