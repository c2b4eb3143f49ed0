"""Products of about 1 KB, loaded without indexes: `python -m benchmarks.database.products URI FIRST END`.

10,000 to a store, so that ten million are a thousand stores. The same numbers give the same products.
"""

import hashlib
import random
import sys
from collections.abc import Iterator
from typing import Any

import orjson
from bson import encode
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.write_concern import WriteConcern

from shopwright.catalog.versions.revision import OPEN

TENANT = "bench"
OF_A_STORE = 10_000
COLLECTIONS = 40
VOCABULARY = 5_000
BATCH = 2_000

_SHAPES = ("round", "square", "aviator", "cateye", "oval", "panto")
_FILLER = "Made by hand of cellulose acetate, with five-barrel hinges and lenses that can be glazed to any strength. "


def store_of(number: int) -> str:
    """The store a product stands in."""
    return f"s{number // OF_A_STORE:04d}"


def handle_of(number: int) -> str:
    """The handle of a product."""
    return f"frame-{number:08d}"


def sku_of(number: int) -> str:
    """The stock-keeping unit of its variant."""
    return f"SKU{number:08d}"


def word(number: int) -> str:
    """A word of titles."""
    return f"w{number:04d}x"


def product(number: int) -> dict[str, Any]:
    """The document of a product, as it is stored (`catalog/documents.py`)."""
    chance = random.Random(number)
    words = [word(chance.randrange(VOCABULARY)) for _ in range(6)]
    title, price = " ".join(words[:3]), chance.randrange(1_900, 49_900)
    collections = sorted({f"c{chance.randrange(COLLECTIONS):02d}" for _ in range(2)})
    line = {
        "handle": handle_of(number),
        "title": title,
        "brand": f"Brand {number % 97}",
        "description": _FILLER * 2 + title,
        "collections": collections,
        "variants": [{"id": "only", "sku": sku_of(number), "price": {"amount": price, "currency": "EUR"}}],
    }
    content = orjson.dumps(line)
    store = store_of(number)
    return {
        "_id": f"{store}:{handle_of(number)}:1",
        "store": store,
        "handle": handle_of(number),
        "since": 1,
        "until": OPEN,
        "place": number + 1,
        "digest": hashlib.sha256(content).hexdigest(),
        "content": content.decode(),
        "title": title,
        "sort_title": title,
        "brand": f"Brand {number % 97}",
        "status": "active",
        "created": f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}",
        "price": price,
        "collections": collections,
        "pictures": [],
        "numbers": [sku_of(number)],
        "words": sorted({*words, _SHAPES[number % len(_SHAPES)]}),
    }


def _batches(first: int, end: int) -> Iterator[list[RawBSONDocument]]:
    for start in range(first, end, BATCH):
        yield [RawBSONDocument(encode(product(number))) for number in range(start, min(start + BATCH, end))]


def load(uri: str, first: int, end: int) -> None:
    """Insert the products from one number to before another."""
    with MongoClient[dict[str, Any]](uri) as client:
        collection = client[f"t_{TENANT}"].get_collection("products", write_concern=WriteConcern(1))
        for batch in _batches(first, end):
            collection.insert_many(batch, ordered=False)  # with the validator: as every write has


if __name__ == "__main__":
    load(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
