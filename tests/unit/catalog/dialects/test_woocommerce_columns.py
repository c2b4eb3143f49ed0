import pytest

from shopwright.catalog.dialects.woocommerce_columns import field_of, recognise


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("attribute 12 value(s)", "attribute12 values"),
        ("attribute 0 name", None),
        ("weight (lbs)", "weight lbs"),
        ("gtin, upc, ean, or isbn", "gtin"),
        ("meta: x", None),
    ],
)
def test_fields(name, field):
    assert field_of(name) == field


def test_what_speaks_for_woocommerce():
    assert recognise(frozenset({"type", "name", "price"})) == ("type", "name", "price")
    assert recognise(frozenset({"type", "name"})) == ()
    assert recognise(frozenset({"name", "price"})) == ()
