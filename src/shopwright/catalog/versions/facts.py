"""What is kept beside a product's line, so that it can be found and its references followed."""

from collections.abc import Iterator
from typing import Any

from shopwright.catalog.pictures import is_remote, picture_source
from shopwright.catalog.product import Collection, Picture, Product
from shopwright.catalog.store import Store
from shopwright.catalog.versions.revision import OPEN
from shopwright.catalog.versions.words import product_words, words_of

Facts = dict[str, Any]

NO_PRICE = OPEN
"""Stands after every price, so that what has none is listed last."""


def product_facts(product: Product) -> Facts:
    """The fields of a product's document that are derived from it; all are JSON values."""
    return {
        "title": product.title,
        "sort_title": " ".join(words_of(product.title)),
        "brand": product.brand,
        "status": product.status.value,
        "created": product.created.isoformat() if product.created else "",
        "price": lowest_price(product),
        "collections": list(product.collections),
        "pictures": sorted({source for source in _pictures(product) if is_local(source)}),
        "numbers": sorted({number for variant in product.variants for number in (variant.sku, variant.gtin) if number}),
        "words": list(product_words(product)),
    }


def collection_facts(collection: Collection) -> Facts:
    """The fields of a collection's document that are derived from it."""
    return {"title": collection.title, "pictures": _local([collection.picture])}


def settings_facts(store: Store) -> Facts:
    """The fields of a store's settings that are derived from them."""
    return {"title": store.name, "pictures": _local([store.brand.logo, store.brand.logo_dark, store.hero.picture])}


def lowest_price(product: Product) -> int:
    """The lowest price of a product's variants in minor units, ``NO_PRICE`` if none has one."""
    return min((variant.price.amount for variant in product.variants if variant.price), default=NO_PRICE)


def is_local(source: str) -> bool:
    """Whether a picture source is a path that may lie in a picture folder."""
    return not is_remote(source) and picture_source(source) is not None


def _pictures(product: Product) -> Iterator[str]:
    yield from (picture.source for picture in product.pictures)
    yield from (variant.picture for variant in product.variants if variant.picture)


def _local(pictures: list[Picture | None]) -> list[str]:
    return sorted({picture.source for picture in pictures if picture and is_local(picture.source)})
