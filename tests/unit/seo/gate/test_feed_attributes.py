import pytest

from shopwright.seo.gate.feed_attributes import attribute_faults

GOOD = {
    "id": "a",
    "title": "Luna",
    "description": "A frame",
    "link": "https://shop.example/a/",
    "image_link": "https://shop.example/a.png",
    "availability": "in_stock",
    "price": "9.00 EUR",
    "gtin": "4006381333931",
}


def wrong(**changed):
    item = {name: value for name, value in (GOOD | changed).items() if value is not None}
    return list(attribute_faults(item, "a"))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"gtin": None, "mpn": "7", "brand": "Lumen"},
        {"gtin": None, "identifier_exists": "no"},
        {"gtin": None, "mpn": "7", "identifier_exists": "no"},
        {"sale_price": "8.00 EUR", "sale_price_effective_date": "2026-12-01/2026-12-24T10:00Z"},
        {"shipping/country": "DE\nAT", "shipping/price": "4.90 EUR\n0 EUR"},
        {"shipping/min_transit_time": "1\n2", "shipping/max_transit_time": "1\n3"},
        {"gender": "unisex", "age_group": "adult", "condition": "refurbished"},
    ],
)
def test_what_the_specification_allows(changed):
    assert wrong(**changed) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": None}, "'a' has no title"),
        ({"id": "x" * 51}, "the id of 'a' is longer than 50 characters"),
        ({"gtin": None, "mpn": "7"}, "'a' has no gtin, nor mpn and brand, and does not say identifier_exists=no"),
        ({"identifier_exists": "no"}, "'a' has an identifier, and says that none exists"),
        ({"adult": "maybe"}, "the adult of 'a' is 'maybe'"),
        ({"sale_price_effective_date": "2026-12-01"},
         "the sale_price_effective_date of 'a' is '2026-12-01', not two days with / between"),
        ({"sale_price_effective_date": "2026-12-01/soon"},
         "the sale_price_effective_date of 'a' is '2026-12-01/soon', not two days with / between"),
        ({"shipping/country": "DE\nEU"}, "the shipping/country of 'a' is 'EU'"),
        ({"shipping/price": "4.90 EUR\n5 CHF"}, "the shipping/price of 'a' is not in EUR"),
        ({"shipping/min_handling_time": "1\n4", "shipping/max_handling_time": "2\n3"},
         "the shipping of 'a' takes longer at least than at most: handling"),
    ],
)  # fmt: skip
def test_what_it_does_not(changed, said):
    assert wrong(**changed) == [said]
