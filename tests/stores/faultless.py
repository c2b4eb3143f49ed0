"""A small store with everything a store can say, and nothing the gate finds fault with."""

from pathlib import Path
from typing import Any

from tests.stores.small import product, write_source

SETTINGS: dict[str, Any] = {
    "theme": "atelier",
    "tagline": {"en": "Few frames", "de": "Wenige Brillen", "ar": "إطارات قليلة"},
    "description": {
        "en": "A few good frames, made to last.",
        "de": "Wenige gute Brillen, die lange halten.",
        "ar": "إطارات قليلة جيدة تدوم طويلا.",
    },
    "about": {"en": "<p>About us</p>", "de": "<p>Über uns</p>", "ar": "<p>من نحن</p>"},
    "policies": {"returns": {"en": "<p>Thirty days</p>", "de": "<p>Dreißig Tage</p>", "ar": "<p>ثلاثون يوما</p>"}},
    "shipping": [{"country": "DE", "price": {"amount": 490, "currency": "EUR"}}],
    "returns": {"days": 30, "fees": "free", "country": "DE"},
    "collections": [
        {
            "handle": "round",
            "title": "Round",
            "description": "<p>Round frames for every face.</p>",
            "translations": {
                "de": {"title": "Rund", "handle": "rund", "description": "<p>Runde Brillen für jedes Gesicht.</p>"},
                "ar": {"title": "دائري", "description": "<p>إطارات دائرية لكل وجه.</p>"},
            },
        }
    ],
}


def _variant(identifier: str, size: str, gtin: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "options": ["Black", size],
        "sku": f"LUNA-{size}",
        "gtin": gtin,
        "price": {"amount": 12_900, "currency": "EUR"},
        "color": {"name": "Black", "hex": "#1b1b1f"},
    }


def _words(title: str, summary: str, description: str) -> dict[str, Any]:
    return {"title": title, "summary": summary, "description": f"<p>{description}</p>"}


def products() -> list[dict[str, Any]]:
    """Two products, one of them with two variants."""
    luna = product(
        "luna",
        **_words("Luna", "A round frame of acetate.", "Luna is round, light and made of acetate."),
        brand="Lumen",
        seo={"title": "Luna | Small Shop", "description": "A round frame of acetate."},
        options=["Color", "Size"],
        variants=[_variant("black-47", "47", "4006381333931"), _variant("black-49", "49", "5901234123457")],
        translations={
            "de": _words("Luna", "Eine runde Brille aus Acetat.", "Luna ist rund, leicht und aus Acetat."),
            "ar": _words("لونا", "إطار دائري من الأسيتات.", "لونا إطار دائري خفيف."),
        },
    )
    sol = product(
        "sol",
        **_words("Sol", "A square frame of titanium.", "Sol is square and made of titanium."),
        brand="Lumen",
        seo={"title": "Sol | Small Shop", "description": "A square frame of titanium."},
        translations={
            "de": _words("Sol", "Eine eckige Brille aus Titan.", "Sol ist eckig und aus Titan."),
            "ar": _words("سول", "إطار مربع من التيتانيوم.", "سول إطار مربع من التيتانيوم."),
        },
    )
    return [luna, sol]


def write_faultless(folder: Path, **settings: Any) -> Path:
    """The store's folder on disk."""
    return write_source(folder, products(), **{**SETTINGS, **settings})
