"""Documents of a store as a first import leaves them, for tests of what names them."""

from shopwright.catalog.documents import PRODUCTS, STORES, ProductDocument, StoreDocument
from shopwright.catalog.versions.revision import OPEN


def product(handle):
    empty = {"collections": (), "pictures": (), "numbers": (), "words": ()}
    times = {"since": 1, "until": OPEN, "place": 1, "price": 1, "created": ""}
    words = {"title": handle, "sort_title": handle, "brand": None, "status": "active", "content": "{}"}
    return ProductDocument(
        id=f"luna:{handle}:1", store="luna", handle=handle, digest="0" * 64, **empty, **times, **words
    )


async def store_luna(database, *handles):
    """A store with these products."""
    await database.documents(STORES).insert(StoreDocument(id="luna", revision=1, kept=0))
    await database.documents(PRODUCTS).insert_all(map(product, handles))
