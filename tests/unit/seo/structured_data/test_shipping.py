"""What sending costs and how long it takes."""

from shopwright.seo.structured_data.shipping import OfferShippingDetails, ShippingConditions, ShippingService

TERMS = {"countries": ("DE", "AT"), "price": "4.90", "currency": "EUR", "transit": (2, 4)}
PLACES = [{"@type": "DefinedRegion", "addressCountry": "DE"}, {"@type": "DefinedRegion", "addressCountry": "AT"}]


def test_the_terms_of_one_item():
    assert OfferShippingDetails(identifier="#shipping-de", handling=(0, 1), **TERMS).as_thing() == {
        "@type": "OfferShippingDetails",
        "@id": "#shipping-de",
        "shippingRate": {"@type": "MonetaryAmount", "value": "4.90", "currency": "EUR"},
        "shippingDestination": PLACES,
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 1, "unitCode": "DAY"},
            "transitTime": {"@type": "QuantitativeValue", "minValue": 2, "maxValue": 4, "unitCode": "DAY"},
        },
    }


def test_the_terms_of_orders():
    below = ShippingConditions(**TERMS, least="0.00", most="79.99")
    above = ShippingConditions(**{**TERMS, "price": "0.00"}, least="80.00")
    always = ShippingConditions(**TERMS)
    service = ShippingService((0, 1), (below, above, always)).as_thing()
    assert service["@type"] == "ShippingService"
    assert service["fulfillmentType"] == "https://schema.org/FulfillmentTypeDelivery"
    assert service["handlingTime"]["duration"]["maxValue"] == 1
    first, second, third = service["shippingConditions"]
    assert first["orderValue"] == {
        "@type": "MonetaryAmount",
        "minValue": "0.00",
        "maxValue": "79.99",
        "currency": "EUR",
    }
    assert second["orderValue"] == {"@type": "MonetaryAmount", "minValue": "80.00", "currency": "EUR"}
    assert third == {
        "@type": "ShippingConditions",
        "shippingDestination": PLACES,
        "shippingRate": {"@type": "MonetaryAmount", "value": "4.90", "currency": "EUR"},
        "transitTime": {
            "@type": "ServicePeriod",
            "duration": {"@type": "QuantitativeValue", "minValue": 2, "maxValue": 4, "unitCode": "DAY"},
        },
    }
