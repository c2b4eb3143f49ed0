"""Small stores, built for real with a theme that has nothing but what the theme API gives."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import yaml

from shopwright.generation.built import Built

BARE = Path(__file__).parent.parent / "themes" / "bare"
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="{}"/></svg>'
)

Build = Callable[..., Built]


def product(handle: str, **values: Any) -> dict[str, Any]:
    """A product record with one variant and one picture."""
    return {
        "handle": handle,
        "title": handle.title(),
        "product_type": "Spectacles",
        "collections": ["round"],
        "options": ["Color"],
        "variants": [
            {
                "id": "black",
                "options": ["Black"],
                "sku": f"{handle}-b",
                "price": {"amount": 12_900, "currency": "EUR"},
                "color": {"name": "Black", "hex": "#1b1b1f"},
            }
        ],
        "pictures": [{"source": "pictures/frame.svg", "alt": "A frame"}],
        **values,
    }


def store(**values: Any) -> dict[str, Any]:
    """A store in three languages."""
    return {
        "name": "Small Shop",
        "tagline": {"en": "Few frames", "de": "Wenige Brillen"},
        "description": {"en": "A few good frames."},
        "url": "https://shop.example",
        "locales": ["en", "de", "ar"],
        "currency": "EUR",
        "about": {"en": "<p>About us</p>"},
        "policies": {"returns": {"en": "<p>Thirty days</p>"}},
        "contact": {"email": "hello@shop.example"},
        "collections": [
            {"handle": "round", "title": "Round", "translations": {"de": {"title": "Rund", "handle": "rund"}}}
        ],
        **values,
    }


def write_source(folder: Path, products: list[dict[str, Any]], **settings: Any) -> Path:
    """A store folder on disk."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    (folder / "store.yaml").write_text(yaml.safe_dump(store(**settings), allow_unicode=True), "utf-8")
    lines = b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in products)
    (folder / "products.jsonl").write_bytes(lines)
    (folder / "pictures" / "frame.svg").write_text(SVG.format("#7a4a21"))
    return folder


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site, the manifest included."""
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def inodes(site: Path) -> dict[str, tuple[int, int]]:
    """Which files are the very same as before: identity and time of the last write."""
    stats = {str(path.relative_to(site)): path.stat() for path in site.rglob("*") if path.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in stats.items()}
