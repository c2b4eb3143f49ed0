"""Offer, as Google's merchant listings read it: one variant, one price, one currency."""

from dataclasses import dataclass

from shopwright.seo.structured_data.thing import Thing, present, reference, term

AVAILABILITY = {
    "in_stock": "InStock",
    "out_of_stock": "OutOfStock",
    "preorder": "PreOrder",
    "backorder": "BackOrder",
}
"""ItemAvailability for the catalogue's words, which are those of merchant feeds."""
CONDITION = {"new": "NewCondition", "refurbished": "RefurbishedCondition", "used": "UsedCondition"}
"""OfferItemCondition for the catalogue's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A variant for sale.

    Prices are plain decimals in ``currency``. ``list_price`` is the struck-through price of a reduction. ``starts`` and
    ``ends`` are the instants of a sale that the catalogue gives, ``last_day`` its last day (ISO 8601). ``seller``,
    ``shipping`` and ``returns`` are ids of things that stand in the same document.
    """

    url: str
    price: str
    currency: str
    availability: str
    condition: str
    seller: str
    list_price: str | None = None
    starts: str | None = None
    ends: str | None = None
    last_day: str | None = None
    shipping: tuple[str, ...] = ()
    returns: str | None = None

    def as_thing(self) -> Thing:
        """The Offer."""
        return present(
            {
                "@type": "Offer",
                "url": self.url,
                "price": self.price,
                "priceCurrency": self.currency,
                "priceSpecification": self._list_price(),
                "priceValidUntil": self.last_day,
                "validFrom": self.starts,
                "validThrough": self.ends,
                "availability": term(AVAILABILITY[self.availability]),
                "itemCondition": term(CONDITION[self.condition]),
                "seller": reference(self.seller),
                "shippingDetails": [reference(each) for each in self.shipping],
                "hasMerchantReturnPolicy": reference(self.returns) if self.returns else None,
            }
        )

    def _list_price(self) -> Thing | None:
        """The UnitPriceSpecification of the struck-through price; the active price has no type and stands beside it."""
        if self.list_price is None:
            return None
        return {
            "@type": "UnitPriceSpecification",
            "priceType": term("StrikethroughPrice"),
            "price": self.list_price,
            "priceCurrency": self.currency,
        }
