"""Made-up stores of any size, for measuring: the same bytes for the same number of products.

Their products have what real ones have (variants, prices, measures, reviews, two languages' worth of text would only
repeat the first), so that a page costs what a page costs; they share a few drawn pictures.
"""

from collections.abc import Iterator
from pathlib import Path

import orjson
import yaml

_SHAPES = ("Round", "Oval", "Square", "Rectangle", "Cat-eye", "Aviator", "Panto", "Browline")
_MATERIALS = ("Acetate", "Titanium", "Steel", "Nylon")
_COLORS = (
    ("Black", "#1b1b1f"),
    ("Tortoise", "#7a4a21"),
    ("Crystal", "#d9dfe3"),
    ("Green", "#2f5d50"),
    ("Blue", "#274690"),
)
_WORDS = tuple(
    "hinge rim temple bridge acetate polished matte light comfortable everyday classic bold slim sturdy "  # noqa: SIM905
    "hand finished soft edges narrow wide medium fit silicone pads spring five barrel titanium brushed".split()
)
_COLLECTIONS = 40
_PICTURES = 16


def write_store(folder: Path, products: int) -> Path:
    """Write a store folder with that many products. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "store.yaml").write_text(yaml.safe_dump(_store()), "utf-8")
    for place in range(_PICTURES):
        (folder / f"{place}.svg").write_text(_drawing(place), "utf-8")
    with (folder / "products.jsonl").open("wb") as lines:
        for number in range(products):
            lines.write(orjson.dumps(product(number), option=orjson.OPT_APPEND_NEWLINE))
    return folder


def change_product(folder: Path, number: int, title: str) -> None:
    """Give one product another title, as a merchant would."""
    path = folder / "products.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number] = orjson.dumps({**product(number), "title": title}, option=orjson.OPT_APPEND_NEWLINE)
    path.write_bytes(b"".join(lines))


def _store() -> dict[str, object]:
    return {
        "name": "Measured Eyewear",
        "description": "A store for measuring.",
        "currency": "EUR",
        "url": "https://measured.example",
        "collections": [
            {"handle": f"series-{number}", "title": f"Series {number}"} for number in range(1, _COLLECTIONS + 1)
        ],
    }


def product(number: int) -> dict[str, object]:
    """One made-up product record; ``number`` decides everything in it."""
    shape, material = _SHAPES[number % len(_SHAPES)], _MATERIALS[number % len(_MATERIALS)]
    price = 4_900 + number * 37 % 30_000
    return {
        "handle": f"frame-{number:06}",
        "title": f"Frame {number:06}",
        "description": f"<p>{_text(number, 60)}</p><ul><li>{_text(number + 1, 8)}</li><li>{_text(number, 8)}</li></ul>",
        "summary": _text(number + 3, 14),
        "brand": f"Maker {number % 12}",
        "product_type": "Sunglasses" if number % 3 == 0 else "Spectacles",
        "collections": [f"series-{number % _COLLECTIONS + 1}", f"series-{(number * 7 + 3) % _COLLECTIONS + 1}"],
        "options": ["Color"],
        "variants": list(_variants(number, price)),
        "pictures": [{"source": f"{(number + each) % _PICTURES}.svg", "alt": f"View {each + 1}"} for each in range(4)],
        "frame": {
            "lens_width_mm": 44 + number % 14,
            "bridge_mm": 16 + number % 7,
            "temple_mm": 135 + 5 * (number % 4),
            "lens_height_mm": 34 + number % 12,
            "frame_width_mm": 122 + number % 26,
            "shape": shape,
            "rim": "Full rim",
            "material": material,
        },
        "reviews": [
            {
                "author": f"Reader {number + each}",
                "rating": 3 + (number + each) % 3,
                "body": _text(number + each, 30),
                "sample": True,
            }
            for each in range(number % 7)
        ],
    }


def _variants(number: int, price: int) -> Iterator[dict[str, object]]:
    for place in range(2 + number % 3):
        name, color = _COLORS[(number + place) % len(_COLORS)]
        yield {
            "id": name.lower(),
            "options": [name],
            "sku": f"F{number:06}-{place}",
            "price": {"amount": price, "currency": "EUR"},
            "color": {"name": name, "hex": color},
            "quantity": number % 9,
        }


def _drawing(place: int) -> str:
    """A frame in one of the colours: a real picture to prepare, small to write."""
    color, gap = _COLORS[place % len(_COLORS)][1], 60 + place * 6
    lens = f'fill="none" stroke="{color}" stroke-width="36" cy="600" rx="{260 + place * 4}" ry="230"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">'
        '<rect width="1600" height="1200" fill="#f4f4f2"/>'
        f'<ellipse cx="{460 - gap // 2}" {lens}/><ellipse cx="{1140 + gap // 2}" {lens}/></svg>'
    )


def _text(seed: int, words: int) -> str:
    chosen = (_WORDS[(seed * 31 + place * place * 7 + place) % len(_WORDS)] for place in range(words))
    return " ".join(chosen).capitalize() + "."
