"""Checks on the pages of the built example store."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from shopwright.validation.checkout import EXAMPLE, Checkout
from shopwright.validation.pages import Page, read_pages
from shopwright.validation.registry import Result, check

KINDS = (
    *("ProductGroup", "Product", "Offer", "OfferShippingDetails", "MerchantReturnPolicy"),
    *("OnlineStore", "Review", "AggregateRating", "BreadcrumbList", "ItemList", "WebSite"),
)
"""schema.org types that S1 asks for: products with variants, offers, shipping and returns, organisation, reviews, …"""

PRODUCTS_REVIEWED = 8

OFFER = ("url", "price", "priceCurrency", "availability", "shippingDetails", "hasMerchantReturnPolicy")
"""Properties without which an offer is not complete (Google's merchant listings)."""

HEAD = ("description", "og:title", "og:type", "og:url", "og:image", "twitter:card")
"""Meta elements of every page: the four that the Open Graph protocol requires, the description and the card."""


@check("S1")
def structured_data(checkout: Checkout) -> Result:
    """Every kind of thing is described, and every offer completely.

    The example's reviews are samples, which are shown but not described; a few products are built once more with
    reviews that count.
    """
    sites = (checkout.example, _reviewed_site(checkout))
    things = [thing for site in sites for page in read_pages(site) for thing in page.things]
    found = {thing["@type"] for thing in things}
    offers = [thing for thing in things if thing["@type"] == "Offer"]
    complete = sum(all(offer.get(name) for name in OFFER) for offer in offers)
    kinds = sum(kind in found for kind in KINDS)
    figure = f"{kinds} of {len(KINDS)} kinds, {complete:,} of {len(offers):,} offers complete"
    missing = [kind for kind in KINDS if kind not in found]
    if missing:
        figure += f"; missing: {', '.join(missing)}"
    return Result(figure, passed=not missing and complete == len(offers) > 0)


def _reviewed_site(checkout: Checkout) -> Path:
    store, site = checkout.work / "reviewed", checkout.work / "reviewed-site"
    store.mkdir(parents=True, exist_ok=True)
    example = checkout.root / EXAMPLE
    (store / "store.yaml").write_bytes((example / "store.yaml").read_bytes())
    with (
        (example / "products.jsonl").open("rb") as lines,
        (store / "products.jsonl").open("w", encoding="utf-8") as out,
    ):
        for line in islice(lines, PRODUCTS_REVIEWED):
            product = json.loads(line)
            product["reviews"] = [{**review, "sample": False} for review in product.get("reviews", ())]
            out.write(json.dumps(product, ensure_ascii=False) + "\n")
    checkout.build(store, site, cache=checkout.work / "cache")
    return site


@check("S2")
def page_heads(checkout: Checkout) -> Result:
    """Every page that may be indexed has a title, a description, one canonical address, Open Graph and a card."""
    pages = [page for page in read_pages(checkout.example) if page.indexed]
    lacking = [(page.path, ", ".join(missing)) for page in pages if (missing := list(_missing(page)))]
    figure = f"{len(pages) - len(lacking):,} of {len(pages):,} pages"
    if lacking:
        path, parts = lacking[0]
        figure += f"; {path} lacks {parts}"
    return Result(figure, passed=bool(pages) and not lacking)


def _missing(page: Page) -> Iterator[str]:
    if not page.title:
        yield "title"
    if len(page.linked("canonical")) != 1:
        yield "canonical"
    yield from (name for name in HEAD if not page.meta.get(name))
