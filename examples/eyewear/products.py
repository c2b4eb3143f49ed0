"""Catalogue lines: a design as a product of Shopwright's own format."""

import datetime as dt
from random import Random
from typing import Any

from examples.eyewear.colors import PALETTES
from examples.eyewear.frames import FEATURED, Design
from examples.eyewear.prices import is_reduced, price_fields, stock
from examples.eyewear.reviews import reviews
from examples.eyewear.season import shown
from examples.eyewear.texts import LOCALES, Texts
from examples.eyewear.views import VIEWS

MATERIAL_NAMES = {
    "acetate": "Acetate",
    "titanium": "Titanium",
    "steel": "Stainless steel",
    "tr90": "TR90",
    "wood": "Wood",
}
RIM_NAMES = {"full": "Full rim", "browline": "Full rim", "half": "Half rim", "rimless": "Rimless"}
NEW_SINCE = dt.date(2026, 9, 1)
"""Frames created from this day on are new arrivals."""


def product(design: Design, texts: dict[str, Texts]) -> dict[str, Any]:
    """One line of ``products.jsonl``, as plain JSON values."""
    english = texts["en"].written(design)
    kind = "Sunglasses" if design.sun else "Spectacles"
    line = {
        "handle": design.handle,
        "title": design.name,
        "summary": english["summary"],
        "description": english["description"],
        "brand": design.brand,
        "product_type": kind,
        "category": ["Eyewear", kind],
        "tags": tags(design),
        "collections": collections(design),
        "featured": design.name in FEATURED,
        "gender": "unisex",
        "age_group": "adult",
        "created": design.created.isoformat() if design.created else None,
        "options": ["Color", "Size"] if design.sizes else ["Color"],
        "variants": variants(design),
        "pictures": [_picture(design, color, view) for color, view in shown(design)],
        "frame": frame(design),
        "reviews": reviews(design),
        "seo": english["seo"],
        "translations": {locale: _translation(design, texts[locale]) for locale in LOCALES if locale != "en"},
        "custom": custom(design),
    }
    return {name: value for name, value in line.items() if value not in (None, False, [], {})}


def shape_name(design: Design) -> str:
    """The shape as shoppers read it: ``Cat-eye``."""
    return design.body.shape.capitalize()


def tags(design: Design) -> list[str]:
    """Search words of a frame."""
    found = [shape_name(design).lower(), MATERIAL_NAMES[design.material]]
    found += ["lightweight"] if design.weight <= 13 else []
    found += ["keyhole bridge"] if design.body.bridge_style == "keyhole" else []
    found += ["double bridge"] if design.body.bridge_style == "double" else []
    return found + (["gradient lens"] if "gradient" in design.tint else [])


def collections(design: Design) -> list[str]:
    """Handles of the collections a frame stands in."""
    found = ["sunglasses" if design.sun else "spectacles", design.body.shape]
    found += ["new-arrivals"] if design.created and design.created >= NEW_SINCE else []
    found += ["lightweight"] if design.weight <= 13 else []
    found += ["titanium"] if design.material == "titanium" else []
    found += {"narrow": ["narrow-fit"], "wide": ["wide-fit"]}.get(design.fit, [])
    return found + (["sale"] if is_reduced(design) else [])


def frame(design: Design) -> dict[str, Any]:
    """Measures and make."""
    body = design.body
    return {
        "lens_width_mm": body.lens_width, "bridge_mm": body.bridge, "temple_mm": body.temple,
        "lens_height_mm": body.lens_height, "frame_width_mm": body.frame_width, "shape": shape_name(design),
        "rim": RIM_NAMES[body.build], "material": MATERIAL_NAMES[design.material], "weight_g": design.weight,
    }  # fmt: skip


def variants(design: Design) -> list[dict[str, Any]]:
    """One variant per colour, or per colour and lens width."""
    sizes: list[int | None] = [int(design.body.lens_width) + step for step in design.sizes] or [None]
    choices = [(color, size) for color in design.colors for size in sizes]
    return [_variant(design, index, color, size) for index, (color, size) in enumerate(choices)]


def _variant(design: Design, index: int, color: str, size: int | None) -> dict[str, Any]:
    random = Random(f"{design.name} {color} {size}")
    suffix = [str(size)] if size else []
    coded = random.random() < 0.85
    return {
        "id": "-".join([slug(color), *suffix]),
        "options": [color, *suffix],
        "sku": "-".join([f"LL{design.number:03d}", _code(color), *suffix]),
        **({"gtin": gtin(design.number, index)} if coded else {}),
        **price_fields(design),
        **stock(random, design),
        "color": {"name": color, "hex": PALETTES[design.material][color][0]},
        "picture": picture_path(design, color, "front"),
        "weight_g": design.weight,
    }


def slug(text: str) -> str:
    """A colour's name in a handle."""
    return text.lower().replace(" ", "-")


def _code(color: str) -> str:
    words = color.upper().split()
    return words[0][:4] + "".join(word[:2] for word in words[1:])


def gtin(number: int, index: int) -> str:
    """A GTIN-13 of the GS1 prefix 952, which is for examples and nobody owns."""
    digits = f"952{number:06d}{index:03d}"
    weighted = sum(int(digit) * (1 if place % 2 == 0 else 3) for place, digit in enumerate(digits))
    return digits + str((10 - weighted % 10) % 10)


def picture_path(design: Design, color: str, view: str) -> str:
    """Where a picture stands in the store folder."""
    return f"pictures/{design.handle}-{slug(color)}-{view}.svg"


def _picture(design: Design, color: str, view: str) -> dict[str, str]:
    kind = "sunglasses" if design.sun else "spectacles"
    return {
        "source": picture_path(design, color, view),
        "alt": f"{design.name} {kind} in {color.lower()}, {VIEWS[view]}",
    }


def custom(design: Design) -> dict[str, str]:
    """Custom fields: the hinge, and for sunglasses the tint and its filter category (ISO 12312-1)."""
    fields = {"Hinge": design.hinge}
    if design.sun:
        fields |= {"Lens tint": design.tint, "Lens category": "2" if "gradient" in design.tint else "3"}
    return fields


def _translation(design: Design, texts: Texts) -> dict[str, Any]:
    written = texts.written(design)
    words = product_words(design) & texts.terms.keys()
    terms = {word: texts.terms[word] for word in sorted(words)}
    return {"title": design.name, "description": written["description"], "terms": terms,
            **({"seo": written["seo"]} if written["seo"] else {})}  # fmt: skip


def product_words(design: Design) -> set[str]:
    """Every word of a line that has a translation: options, colours, make, type, tags, custom fields."""
    make = (shape_name(design), RIM_NAMES[design.body.build], MATERIAL_NAMES[design.material])
    kind = "Sunglasses" if design.sun else "Spectacles"
    fields = custom(design)
    return {"Color", "Size", "Eyewear", kind, *make, *design.colors, *tags(design), *fields, *fields.values()}
