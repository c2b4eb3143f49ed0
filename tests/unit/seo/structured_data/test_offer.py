"""Offers: exact JSON, and nothing where nothing is known."""

import pytest

from shopwright.catalog.product import Availability
from shopwright.seo.structured_data.offer import AVAILABILITY, Offer

LEAST = {
    "url": "https://shop.example/luna/",
    "price": "129.00",
    "currency": "EUR",
    "availability": "in_stock",
    "condition": "new",
    "seller": "https://shop.example/#store",
}


def test_the_least_that_an_offer_says():
    assert Offer(**LEAST).as_thing() == {
        "@type": "Offer",
        "url": "https://shop.example/luna/",
        "price": "129.00",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@id": "https://shop.example/#store"},
    }


def test_a_reduction_for_a_time_on_terms():
    offer = Offer(
        **LEAST,
        list_price="150.00",
        starts="2026-11-01T00:00:00Z",
        ends="2026-11-30T00:00:00Z",
        last_day="2026-11-29",
        shipping=("#shipping-de", "#shipping-fr"),
        returns="#returns",
    ).as_thing()
    assert offer["priceSpecification"] == {
        "@type": "UnitPriceSpecification",
        "priceType": "https://schema.org/StrikethroughPrice",
        "price": "150.00",
        "priceCurrency": "EUR",
    }
    assert (offer["validFrom"], offer["validThrough"], offer["priceValidUntil"]) == (
        "2026-11-01T00:00:00Z",
        "2026-11-30T00:00:00Z",
        "2026-11-29",
    )
    assert offer["shippingDetails"] == [{"@id": "#shipping-de"}, {"@id": "#shipping-fr"}]
    assert offer["hasMerchantReturnPolicy"] == {"@id": "#returns"}


@pytest.mark.parametrize("availability", list(Availability))
def test_every_availability_of_the_catalogue_has_its_term(availability):
    assert Offer(**{**LEAST, "availability": availability}).as_thing()["availability"].startswith("https://schema.org/")
    assert len(AVAILABILITY) == len(Availability)


@pytest.mark.parametrize(("condition", "term"), [("used", "UsedCondition"), ("refurbished", "RefurbishedCondition")])
def test_conditions(condition, term):
    offer = Offer(**{**LEAST, "condition": condition}).as_thing()
    assert offer["itemCondition"] == f"https://schema.org/{term}"
