"""Quantities with a unit."""

from shopwright.seo.structured_data.quantity import MILLIMETRE, PropertyValue, days, grams


def test_units_are_those_of_unece():
    assert days((0, 1)) == {"@type": "QuantitativeValue", "minValue": 0, "maxValue": 1, "unitCode": "DAY"}
    assert grams(21.5) == {"@type": "QuantitativeValue", "value": 21.5, "unitCode": "GRM"}
    assert PropertyValue("Bridge", 18.0, MILLIMETRE).as_thing() == {
        "@type": "PropertyValue",
        "name": "Bridge",
        "value": 18.0,
        "unitCode": "MMT",
    }
