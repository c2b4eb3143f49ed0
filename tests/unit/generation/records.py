"""Small records, and the parts of a site that pages need of it."""

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from shopwright.catalog.product import Product
from shopwright.catalog.store import Store
from shopwright.errors import ThemeError
from shopwright.generation.cards import card_record
from shopwright.generation.edition import Edition
from shopwright.generation.plan import information_pages
from shopwright.generation.site import Site, store_record
from shopwright.template_engine.theme import load_theme

Json = dict[str, Any]

BARE = Path(__file__).parents[2] / "themes" / "bare"
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
ASSETS = {
    "icon.svg": "icon.1.svg",
    "icon-touch.png": "icon-touch.1.png",
    "site.css": "site.2.css",
    "site.js": "site.3.js",
}
PICTURE = {
    "color": "#804020",
    "renditions": [
        {"format": "webp", "width": 320, "height": 240, "name": "aa-320.webp"},
        {"format": "webp", "width": 640, "height": 480, "name": "bb-640.webp"},
        {"format": "jpeg", "width": 640, "height": 480, "name": "cc-640.jpg"},
    ],
}


def money(amount: int, currency: str = "EUR") -> Json:
    """Minor units."""
    return {"amount": amount, "currency": currency}


def variant(name: str = "black", **values: Any) -> Json:
    """A variant of a product with the one option ``Color``."""
    return {"id": name, "options": [name.capitalize()], "price": money(12_900), **values}


def product(handle: str = "luna", **values: Any) -> Json:
    """A product as the spool keeps it: checked, without what is not said."""
    given = {"handle": handle, "title": handle.title(), "options": ["Color"], "variants": [variant()], **values}
    return dict(orjson.loads(Product.model_validate_json(orjson.dumps(given)).model_dump_json(exclude_defaults=True)))


def plain(handle: str = "luna", **values: Any) -> Json:
    """A product without options: one variant, or none."""
    return product(handle, **{"options": [], "variants": [{"id": "default", "price": money(12_900)}], **values})


def site(**changes: Any) -> Site:
    """A site in English and German; ``changes`` are of the site, or of its store."""
    own = {name: changes.pop(name) for name in list(changes) if name in Site.__dataclass_fields__ and name != "store"}
    given = {"name": "Small Shop", "locales": ["en", "de"], "currency": "EUR", **changes}
    record = store_record(Store.model_validate_json(orjson.dumps(given)))
    fields: Json = {
        "store": record,
        "url": "https://shop.example",
        "theme": str(BARE),
        "instant": NOW.isoformat(),
        "assets": ASSETS,
        "preload": (),
        "remote_pictures": (),
        "logo": None,
        "navigation": (),
        "information": information_pages(record),
    }
    made = Site(**{**fields, **own})
    with suppress(ThemeError):  # a theme that is to be missed
        made = replace(made, theme_digest=load_theme(made.theme).digest)
    return made


def editions(shop: Site | None = None) -> dict[str, Edition]:
    """The editions of a site."""
    shop = shop or site()
    return {locale: Edition(shop, locale) for locale in shop.locales}


def card(record: Json, among: dict[str, Edition] | None = None, pictures: tuple[Json, ...] = ()) -> Json:
    """The card of a product record."""
    among = among or editions()
    handles = {locale: edition.words(record).handle for locale, edition in among.items()}
    return dict(orjson.loads(card_record(record, among, handles, list(pictures))))
