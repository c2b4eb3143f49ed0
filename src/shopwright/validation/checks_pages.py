"""Checks on the pages of the built example store."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from shopwright.validation.checkout import EXAMPLE, Checkout
from shopwright.validation.pages import Page, read_pages
from shopwright.validation.registry import Result, check

KINDS = (
    *("ProductGroup", "Product", "Offer", "UnitPriceSpecification", "OfferShippingDetails", "MerchantReturnPolicy"),
    *("Brand", "Review", "AggregateRating", "OnlineStore", "PostalAddress", "ContactPoint", "ShippingService"),
    *("BreadcrumbList", "CollectionPage", "ItemList", "AboutPage", "ContactPage", "WebSite"),
)
"""schema.org types that S1 asks for: products with variants, offers, shipping and returns, organisation, reviews, …"""

PRODUCTS_REVIEWED = 8

OFFER = (
    *("url", "price", "priceCurrency", "availability", "itemCondition", "seller"),
    *("shippingDetails", "hasMerchantReturnPolicy"),
)
"""Properties without which an offer is not complete (Google's merchant listings)."""

OF_PAGES = {
    "product": ("BreadcrumbList", "OnlineStore"),
    "collections": ("CollectionPage", "ItemList", "BreadcrumbList"),
    "home": ("WebSite", "OnlineStore", "MerchantReturnPolicy", "ShippingService"),
}
"""Types that every page of a kind describes; a product page also a Product or ProductGroup."""

HEAD = (
    *("description", "robots", "og:title", "og:description", "og:type", "og:url", "og:site_name", "og:locale"),
    *("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
    *("twitter:card", "twitter:image:alt"),
)
"""Meta elements of every page: those of the Open Graph protocol, the description, what robots may show, the card."""

PRODUCT_HEAD = ("product:price:amount", "product:price:currency", "product:availability", "product:retailer_item_id")
"""What Open Graph adds on pages of products that are offered."""

SHARED = ("1200", "630")
"""Width and height of the picture drawn for a product's page."""


@check("S1")
def structured_data(checkout: Checkout) -> Result:
    """Every kind of thing is described, every offer completely, and every page by the types of its kind.

    The example's reviews are samples, which are shown but not described; a few products are built once more with
    reviews that count.
    """
    sites = (checkout.example, _reviewed_site(checkout))
    pages = [page for site in sites for page in read_pages(site)]
    things = [thing for page in pages for thing in page.things]
    found = {thing["@type"] for thing in things}
    offers = [thing for thing in things if thing["@type"] == "Offer"]
    complete = sum(all(offer.get(name) for name in OFFER) for offer in offers)
    bare = [(page.path, lacking) for page in pages if (lacking := list(_undescribed(page)))]
    kinds = sum(kind in found for kind in KINDS)
    figure = f"{kinds} of {len(KINDS)} kinds, {complete:,} of {len(offers):,} offers complete"
    missing = [kind for kind in KINDS if kind not in found]
    if missing:
        figure += f"; missing: {', '.join(missing)}"
    if bare:
        figure += f"; {len(bare):,} pages lack types, {bare[0][0]} lacks {', '.join(bare[0][1])}"
    return Result(figure, passed=not missing and not bare and complete == len(offers) > 0)


def _undescribed(page: Page) -> Iterator[str]:
    """Types that a page should describe and does not."""
    if not page.indexed:
        return
    found = {thing["@type"] for thing in page.things}
    yield from (kind for kind in OF_PAGES.get(_kind(page.path), ()) if kind not in found)
    if _kind(page.path) == "product" and not found & {"Product", "ProductGroup"}:
        yield "Product"


def _kind(path: str) -> str:
    """What kind of page a file is: home is the one whose folder is a locale's root, the others say so."""
    folders = path.split("/")[:-1]
    named = [kind for folder, kind in (("products", "product"), ("collections", "collections")) if folder in folders]
    is_home = not folders or (len(folders) == 1 and _is_locale(folders[0]))
    return named[0] if named else "home" if is_home else "other"


def _is_locale(name: str) -> bool:
    return len(name.partition("-")[0]) == 2


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
    """Every page that may be indexed has title, description, canonical, Open Graph (with offers), and a card."""
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
    offers = {thing["offers"]["price"] for thing in page.things if thing.get("offers")}
    if offers:
        yield from (name for name in PRODUCT_HEAD if not page.meta.get(name))
        if page.meta.get("product:price:amount") not in offers:
            yield "the price of an offer"
        if (page.meta.get("og:image:width"), page.meta.get("og:image:height")) != SHARED:
            yield "a share picture"
