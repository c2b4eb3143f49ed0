"""What Google requires and recommends of the things a store describes (structured data, as of 2026-11)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Needs:
    """Properties that a thing must have, one of each ``required`` group, and should have."""

    required: tuple[tuple[str, ...], ...] = ()
    recommended: tuple[str, ...] = ()


NEEDS: Mapping[str, Needs] = {
    "Product": Needs((("name",),), ("image", "description", "brand")),
    "ProductGroup": Needs((("name",), ("hasVariant",)), ("productGroupID", "variesBy", "brand", "description")),
    "Offer": Needs(
        (("price", "priceSpecification"), ("priceCurrency", "priceSpecification")),
        ("availability", "itemCondition", "url", "shippingDetails", "hasMerchantReturnPolicy"),
    ),
    "AggregateOffer": Needs((("lowPrice",), ("priceCurrency",)), ("offerCount", "highPrice")),
    "AggregateRating": Needs((("ratingValue",), ("ratingCount", "reviewCount"))),
    "Review": Needs((("author",), ("reviewRating",)), ("datePublished",)),
    "Rating": Needs((("ratingValue",),), ("bestRating",)),
    "BreadcrumbList": Needs((("itemListElement",),)),
    "ItemList": Needs((("itemListElement",),)),
    "ListItem": Needs((("position",), ("name", "item", "url"))),
    "OfferShippingDetails": Needs((("shippingDestination",), ("shippingRate",)), ("deliveryTime",)),
    "MonetaryAmount": Needs((("currency",), ("value", "maxValue", "minValue"))),
    "DefinedRegion": Needs((("addressCountry",),)),
    "MerchantReturnPolicy": Needs(
        (("applicableCountry", "merchantReturnLink"), ("returnPolicyCategory", "merchantReturnLink")),
        ("returnMethod", "returnFees"),
    ),
    "Organization": Needs((("name",),)),
    "OnlineStore": Needs((("name",), ("url",)), ("logo", "contactPoint")),
    "WebSite": Needs((("name",), ("url",))),
    "Brand": Needs((("name",),)),
    "Person": Needs((("name",),)),
    "CollectionPage": Needs((("name",),)),
    "ImageObject": Needs((("contentUrl", "url"),)),
}

FINITE_RETURNS = "https://schema.org/MerchantReturnFiniteReturnWindow"
"""The category of returns that needs the number of days."""
