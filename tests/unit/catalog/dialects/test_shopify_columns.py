import pytest

from shopwright.catalog.dialects.shopify_columns import field_of, recognise


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("body (html)", "body"),
        ("url handle", "handle"),
        ("option2 value", "option2 value"),
        ("option4 value", None),
        ("price / europe", "price / europe"),
        ("google shopping / gender", None),
        ("variant inventory quantity", "quantity"),
    ],
)
def test_fields(name, field):
    assert field_of(name) == field


@pytest.mark.parametrize(
    ("fields", "evidence"),
    [
        ({"handle", "title", "price"}, ("handle", "title", "price")),
        ({"handle", "title"}, ()),
        ({"title", "price"}, ()),
        ({"title", "image src", "published"}, ("title", "image src", "published")),
    ],
)
def test_what_speaks_for_shopify(fields, evidence):
    assert recognise(frozenset(fields)) == evidence
