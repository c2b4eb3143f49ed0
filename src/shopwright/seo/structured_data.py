"""Structured data: one function per schema.org type used (vocabulary 30.0), each returning plain JSON values.

Only what the catalogue says is written; nothing is invented. The properties follow Google's merchant-listing,
product-variant, breadcrumb and organisation documentation.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

_SCHEMA = "https://schema.org/"
RETURNS = "#returns"
"""Id of the return policy within its page."""

_AVAILABILITY = {
    "in_stock": "InStock",
    "out_of_stock": "OutOfStock",
    "preorder": "PreOrder",
    "backorder": "BackOrder",
}


def document(*things: Json) -> Json:
    """A JSON-LD document of one or more things."""
    return {"@context": _SCHEMA.rstrip("/"), "@graph": [_present(thing) for thing in things]}


def _present(thing: Json) -> Json:
    """A thing without the properties nothing is known of."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {})}


def offer(
    *,
    url: str,
    price: str,
    currency: str,
    availability: str,
    seller: str,
    valid_until: str | None,
    terms: Sequence[str],
) -> Json:
    """An Offer of a new item. ``price`` is a plain decimal; ``terms`` are the ids of shipping details and returns."""
    shipping = [{"@id": term} for term in terms if term != RETURNS]
    return _present(
        {
            "@type": "Offer",
            "url": url,
            "price": price,
            "priceCurrency": currency,
            "availability": _SCHEMA + _AVAILABILITY[availability],
            "itemCondition": _SCHEMA + "NewCondition",
            "priceValidUntil": valid_until,
            "seller": {"@type": "Organization", "name": seller},
            "shippingDetails": shipping,
            "hasMerchantReturnPolicy": {"@id": RETURNS} if RETURNS in terms else None,
        }
    )


def product(facts: Mapping[str, Any]) -> Json:
    """A Product. ``facts`` are its properties under schema.org's names; ``gtin`` and ``brand`` are plain text."""
    thing: Json = {"@type": "Product", **facts}
    if facts.get("brand"):
        thing["brand"] = {"@type": "Brand", "name": facts["brand"]}
    return _present(thing)


def product_group(facts: Mapping[str, Any], varies_by: Sequence[str], variants: Iterable[Json]) -> Json:
    """A ProductGroup with its variants; ``varies_by`` are property names such as ``color``, ``size``, ``material``."""
    thing = product(facts)
    return _present(
        {
            **thing,
            "@type": "ProductGroup",
            "variesBy": [_SCHEMA + name for name in varies_by],
            "hasVariant": list(variants),
        }
    )


def aggregate_rating(value: float, count: int) -> Json:
    """The mean of the reviews shown on the page."""
    return {"@type": "AggregateRating", "ratingValue": value, "reviewCount": count, "bestRating": 5, "worstRating": 1}


def review(entry: Mapping[str, Any]) -> Json:
    """A review shown on the page."""
    return _present(
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": entry["author"]},
            "datePublished": entry.get("date"),
            "name": entry.get("title"),
            "reviewBody": entry.get("body"),
            "reviewRating": {"@type": "Rating", "ratingValue": entry["rating"], "bestRating": 5, "worstRating": 1},
        }
    )


def shipping_details(rate: Mapping[str, Any], price: str) -> Json:
    """OfferShippingDetails for one country of ``store.yaml``."""
    return {
        "@type": "OfferShippingDetails",
        "@id": f"#shipping-{rate['country'].lower()}",
        "shippingRate": {"@type": "MonetaryAmount", "value": price, "currency": rate["price"]["currency"]},
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": rate["country"]},
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": _days(rate["handling_days"]),
            "transitTime": _days(rate["transit_days"]),
        },
    }


def _days(span: Sequence[int]) -> Json:
    return {"@type": "QuantitativeValue", "minValue": span[0], "maxValue": span[1], "unitCode": "DAY"}


def return_policy(returns: Mapping[str, Any], countries: Sequence[str]) -> Json:
    """MerchantReturnPolicy of ``store.yaml``, for the countries that are shipped to."""
    finite = returns["days"] > 0
    category = "MerchantReturnFiniteReturnWindow" if finite else "MerchantReturnNotPermitted"
    fees = "FreeReturn" if returns["fees"] == "free" else "ReturnFeesCustomerResponsibility"
    return _present(
        {
            "@type": "MerchantReturnPolicy",
            "@id": RETURNS,
            "applicableCountry": list(countries),
            "returnPolicyCountry": returns.get("country"),
            "returnPolicyCategory": _SCHEMA + category,
            "merchantReturnDays": returns["days"] if finite else None,
            "returnMethod": _SCHEMA + "ReturnByMail" if finite else None,
            "returnFees": _SCHEMA + fees if finite else None,
        }
    )


def breadcrumb_list(steps: Iterable[tuple[str, str]]) -> Json:
    """A BreadcrumbList of (name, absolute address)."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def collection_page(name: str, url: str, products: Iterable[tuple[str, str]]) -> Json:
    """A CollectionPage with the ItemList of the products (name, absolute address) it shows."""
    items = [
        {"@type": "ListItem", "position": position, "name": title, "url": address}
        for position, (title, address) in enumerate(products, start=1)
    ]
    main = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
    return _present({"@type": "CollectionPage", "name": name, "url": url, "mainEntity": main})


def online_store(facts: Mapping[str, Any]) -> Json:
    """The OnlineStore, an Organization: properties under schema.org's names."""
    return _present({"@type": "OnlineStore", **facts})


def postal_address(address: Mapping[str, str]) -> Json:
    """A PostalAddress of ``store.yaml``."""
    return _present(
        {
            "@type": "PostalAddress",
            "streetAddress": address["street"],
            "postalCode": address["postal_code"],
            "addressLocality": address["city"],
            "addressRegion": address["region"],
            "addressCountry": address["country"],
        }
    )


def web_site(name: str, url: str, languages: Sequence[str]) -> Json:
    """The WebSite, on the home page only."""
    return {"@type": "WebSite", "name": name, "url": url, "inLanguage": list(languages)}
