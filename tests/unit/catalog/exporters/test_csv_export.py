"""What must be known of a catalogue before its first row is written."""

from shopwright.catalog.dialects.shopify import SHOPIFY
from shopwright.catalog.exporters.csv_export import MAX_CUSTOM_COLUMNS, Survey, survey
from shopwright.catalog.product import Collection, MarketPrice, Product, Variant


def test_a_survey_names_columns_markets_and_skus():
    fields = {"Hinge": "spring", "Vendor": "no column of its own", "Taken": "x"}
    variant = Variant(id="one", sku="L1", markets=(MarketPrice(market="EU"), MarketPrice(market=" padded ")))
    luna = Product(handle="luna", title="Luna", custom=fields, variants=(variant,))
    found = survey([Collection(handle="c", title="C"), luna, Product(handle="sol", title="Sol")], SHOPIFY, ["taken"])
    assert found == Survey(custom=("Hinge",), markets=("EU",), skus={"luna": "L1", "sol": ""})


def test_custom_columns_are_bounded():
    many = {f"Field {number:04}": "x" for number in range(MAX_CUSTOM_COLUMNS + 5)}
    found = survey([Product(handle="luna", title="Luna", custom=many)], SHOPIFY, [])
    assert len(found.custom) == MAX_CUSTOM_COLUMNS
