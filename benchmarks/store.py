"""The store that is built for measuring: the made-up products, and what a shop says besides."""

from pathlib import Path

import yaml

from shopwright.generation.synthetic import write_store

_SAYS = {
    "tagline": "Frames by the thousand",
    "contact": {
        "email": "shop@measured.example",
        "address": {"street": "Musterstraße 7", "postal_code": "12345", "city": "Musterstadt", "country": "DE"},
    },
    "legal": {"company": "Measured Eyewear GmbH", "representative": "Erika Mustermann"},
    "about": "<p>This shop exists to be measured.</p>",
    "policies": {"shipping": "<p>We ship to Germany.</p>", "returns": "<p>Thirty days.</p>"},
    "checkout": {"url": "https://checkout.example/cart"},
    "hero": {"title": "Look twice.", "text": "Every frame was made up.", "collection": "series-1"},
    "navigation": [f"series-{number}" for number in range(1, 13)],
    "social": ["https://social.example/measured"],
}


def write_shop(folder: Path, products: int) -> Path:
    """Write a store folder with that many products and a complete ``store.yaml``. Returns the folder."""
    path = write_store(folder, products) / "store.yaml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), **_SAYS}), "utf-8")
    return folder
