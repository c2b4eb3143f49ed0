"""The sample stores: one that has everything, one that has next to nothing, and one in many languages."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import yaml

from shopwright.generation.showcase.drawings import Look, close_up, front, scene, wordmark
from shopwright.generation.showcase.products import money, sample_products

Json = dict[str, Any]

DATE = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
"""The day on which the sample store stands still: its sale runs, its newest products are new."""

LOOKS = {"round": Look("round", "#1b1b1f"), "square": Look("square", "#7a4a21"), "cat-eye": Look("cat-eye", "#2f5d50")}
_GROUND = "#e8ebe6"
_SCENE = (
    Look("round", "#1f4a40", "#9fb8a8", _GROUND),
    Look("square", "#7a4a21", "#d8b48a", _GROUND),
    Look("cat-eye", "#8a2432", "#d8a0a0", _GROUND),
)


@dataclass(frozen=True, slots=True)
class SampleStore:
    """A store as its two files say it: ``settings`` is ``store.yaml``, ``products`` the lines of ``products.jsonl``."""

    name: str
    settings: Json
    products: tuple[Json, ...]


def write_store_folder(folder: Path, store: SampleStore) -> Path:
    """Write a sample store with its pictures as a store folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {**store.settings, "offline": False}  # a service worker would keep what was shown before
    (folder / "store.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    lines = b"".join(orjson.dumps(product, option=orjson.OPT_APPEND_NEWLINE) for product in store.products)
    (folder / "products.jsonl").write_bytes(lines)
    for name, drawing in _pictures().items():
        (folder / name).write_text(drawing, "utf-8")
    return folder


def sample_stores() -> tuple[SampleStore, ...]:
    """All sample stores, the fullest first."""
    return sample_store(), _plain_store(), _store_of_languages()


def _pictures() -> dict[str, str]:
    fronts = {f"{shape}.svg": front(look) for shape, look in LOOKS.items()}
    near = {f"{shape}-near.svg": close_up(look) for shape, look in LOOKS.items()}
    tall = front(Look("round", "#8a2432"), tall=True)
    return {**fronts, **near, "tall.svg": tall, "hero.svg": scene(_SCENE), "logo.svg": wordmark()}


def sample_store() -> SampleStore:
    """The store that has everything a store can have, in English and in Arabic."""
    settings = {
        "name": "Sample Store",
        "tagline": {"en": "Frames that show what a theme does", "ar": "إطارات تُظهر ما يفعله القالب"},
        "description": {
            "en": "An invented store. Everything in it was made to show a theme in every state.",
            "ar": "متجر خيالي. كل ما فيه صُنع ليعرض القالب في كل حالاته.",
        },
        "locales": ["en", "ar"],
        "currency": "EUR",
        "brand": {"logo": {"source": "logo.svg", "alt": "Sample Store"}},
        "contact": {
            "email": "hello@example.com",
            "phone": "+49 30 23125 000",
            "address": {"street": "Musterstraße 7", "postal_code": "12345", "city": "Musterstadt", "country": "DE"},
        },
        "legal": {"company": "Sample Store GmbH", "representative": "Erika Mustermann", "vat_id": "DE000000000"},
        "checkout": {"url": "https://checkout.example.com/cart", "method": "post"},
        "shipping": [{"country": "DE", "price": money(490), "free_from": money(10_000)}],
        "hero": {
            "title": {"en": "Every state, once.", "ar": "كل حالة، مرة واحدة."},
            "text": {
                "en": "Sold out, on sale, without a picture: look at all of it here.",
                "ar": "نفد، مخفّض، بلا صورة: كل ذلك هنا.",
            },
            "picture": {"source": "hero.svg", "alt": "Three drawn frames on a light ground"},
            "collection": "sunglasses",
        },
        "navigation": ["spectacles", "sunglasses"],
        "social": ["https://social.example.com/sample-store"],
        "about": {"en": _ABOUT, "ar": "<p>هذا متجر خيالي صُنع لعرض القالب.</p>"},
        "policies": {"shipping": {"en": _SHIPPING, "ar": "<p>الشحن مجاني ابتداءً من ١٠٠ يورو.</p>"}},
        "collections": [
            _collection("spectacles", "Spectacles", "نظارات طبية"),
            _collection("sunglasses", "Sunglasses", "نظارات شمسية"),
        ],
    }
    return SampleStore("sample", settings, tuple(sample_products()))


_ABOUT = (
    "<p>Sample Store is invented. It exists so that a theme can be looked at in every state.</p>"
    "<p>This page shows what rich text looks like: <strong>strong</strong>, <em>emphasised</em>, and lists.</p>"
    "<ul><li>An entry</li><li>Another entry</li></ul><ol><li>First</li><li>Second</li></ol>"
)
_SHIPPING = "<p>Orders leave within a working day. Sending is free from 100 €.</p>"


def _collection(handle: str, title: str, arabic: str) -> Json:
    return {
        "handle": handle,
        "title": title,
        "description": f"<p>{title} of an invented store, in every state a product can be in.</p>",
        "translations": {"ar": {"title": arabic, "description": "<p>إطارات خيالية لعرض القالب.</p>"}},
    }


def _few(*handles: str) -> tuple[Json, ...]:
    """Some of the sample products, in no collection."""
    return tuple({**product, "collections": []} for product in sample_products() if product["handle"] in handles)


def _plain_store() -> SampleStore:
    """The least a store can be: a name and two products, in one language; no checkout and no way to write to it."""
    return SampleStore("plain", {"name": "Plain Sample", "locales": ["en"], "currency": "EUR"}, _few("iris", "bare"))


def _store_of_languages() -> SampleStore:
    """A store in eight languages, with a hero that has no picture, whose orders are written by e-mail."""
    settings = {
        "name": "Sample in Eight Languages",
        "locales": ["en", "de", "fr", "ar", "en-GB", "de-AT", "fr-CA", "ar-EG"],
        "currency": "EUR",
        "contact": {"email": "hello@example.com"},
        "hero": {
            "title": {"en": "Many languages.", "ar": "لغات كثيرة."},
            "text": {"en": "And no picture.", "ar": "وبلا صورة."},
        },
    }
    return SampleStore("languages", settings, _few("arlo"))
