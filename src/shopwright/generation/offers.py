"""What is offered: the facts of each variant, made once.

Page, structured data, Open Graph, cart and feed say the same because they all speak from these facts, and none of them
looks at the catalogue again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shopwright.catalog.identifiers import is_global_gtin, is_maker_number
from shopwright.generation.edition import Edition
from shopwright.generation.prices import Asked, plain_price

Json = dict[str, Any]

ITEM_LENGTH = 50
"""Longest item id in characters: what merchant feeds accept."""
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One variant as it is offered to shoppers of one edition.

    ``item`` names it everywhere outside the store: schema.org ``sku``, the feed's ``id``, Open Graph's
    ``product:retailer_item_id``, the cart that is handed over. It is the merchant's SKU where that can stand for one
    variant only, else handle and variant id. ``url`` is absolute and preselects the variant where there are several.
    ``asked`` is none where nothing is asked; ``availability`` and ``condition`` are words of the catalogue. ``gtin``
    and ``mpn`` are only those that name the goods everywhere.
    """

    item: str
    variant: str
    url: str
    asked: Asked | None
    availability: str
    condition: str
    buyable: bool
    sku: str | None
    gtin: str | None
    mpn: str | None

    @property
    def price(self) -> str | None:
        """What is asked, as a plain decimal: ``129.00``."""
        return plain_price(self.asked.amount, self.asked.currency) if self.asked else None

    @property
    def list_price(self) -> str | None:
        """The price it is reduced from, as a plain decimal; none without a reduction."""
        price = self.asked
        return plain_price(price.was, price.currency) if price and price.was else None


def offers_of(record: Json, edition: Edition, handle: str) -> list[OfferFacts]:
    """The facts of every variant of a product record, in its order; ``handle`` is the product's in this edition."""
    page = edition.addresses.absolute(edition.addresses.product(handle))
    condition = record.get("condition", "new")
    standard = record.get("kind", "standard") == "standard"
    several = len(record.get("variants", ())) > 1
    offers = []
    for variant, item in zip(record.get("variants", ()), _items(record), strict=True):
        price, gtin, mpn = edition.asked(variant), variant.get("gtin"), variant.get("mpn")
        unsold = price is None and edition.market is not None
        availability = "out_of_stock" if unsold else variant.get("availability", "in_stock")
        offers.append(
            OfferFacts(
                item=item,
                variant=variant["id"],
                url=f"{page}?variant={variant['id']}" if several else page,
                asked=price,
                availability=availability,
                condition=condition,
                buyable=standard and price is not None and availability != "out_of_stock",
                sku=variant.get("sku"),
                gtin=gtin if gtin and is_global_gtin(gtin) else None,
                mpn=mpn if mpn and is_maker_number(mpn) else None,
            )
        )
    return offers


def group_of(record: Json) -> str:
    """What names a product of several variants outside the store: its handle, or the beginning of it and a digest.

    schema.org ``productGroupID`` and the feed's ``item_group_id``: cut at the same length, two would become one.
    """
    handle: str = record["handle"]
    return handle if len(handle) <= ITEM_LENGTH else _digested(handle)


def _items(record: Json) -> Iterator[str]:
    """An id for each variant that no other variant of the product has; of others, only one with the same SKU."""
    variants = record.get("variants", ())
    times = Counter(variant.get("sku") for variant in variants)
    for variant in variants:
        sku = variant.get("sku")
        if sku and times[sku] == 1 and len(sku) <= ITEM_LENGTH:
            yield sku
        else:
            own = f"{record['handle']}-{variant['id']}"
            yield own if len(own) <= ITEM_LENGTH and own not in times else _digested(own)


def _digested(item: str) -> str:
    """The beginning of an id and a digest of all of it, at most ``ITEM_LENGTH`` characters."""
    digest = hashlib.sha256(item.encode()).hexdigest()[:_DIGEST]
    return f"{item[: ITEM_LENGTH - _DIGEST - 1]}-{digest}"
