import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.gate.parts import PARTS
from shopwright.seo.gate.required import FINITE_RETURNS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = (
    "returnPolicyCategory",
    "merchantReturnDays",
    "price",
    "ratingValue",
    "bestRating",
    "worstRating",
    "ratingCount",
    "reviewCount",
    "value",
    "minValue",
    "maxValue",
    "itemListElement",
)


def broken(kind, **values):
    return list(PARTS[kind]({"@type": kind, **values}))


def steps(*positions, **values):
    return [
        {"@type": "ListItem", "position": position, "item": "https://x.example/"} | values for position in positions
    ]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"returnPolicyCategory": FINITE_RETURNS, "merchantReturnDays": 30}, []),
        ({"returnPolicyCategory": FINITE_RETURNS, "merchantReturnDays": 0}, []),
        ({"returnPolicyCategory": "https://schema.org/MerchantReturnNotPermitted"}, []),
        (
            {"returnPolicyCategory": FINITE_RETURNS},
            [("missing-property", "merchantReturnDays of a MerchantReturnPolicy with a window")],
        ),
        ({"merchantReturnDays": "-1"}, [("bad-value", "merchantReturnDays is -1")]),
    ],
)
def test_returns(values, found):
    assert broken("MerchantReturnPolicy", **values) == found


@pytest.mark.parametrize("price", ["0", "0.00", 0, 0.0, "000"])
def test_nothing_costs_nothing(price):
    assert broken("Offer", price=price) == [("bad-value", "the price of an Offer is zero")]


@pytest.mark.parametrize("price", ["0.01", "100", 10, 0.5])
def test_prices(price):
    assert broken("Offer", price=price) == []
    assert broken("Offer") == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"ratingValue": 1}, []),
        ({"ratingValue": "5"}, []),
        ({"ratingValue": 0.9}, ["ratingValue 0.9 is not from 1 to 5"]),
        ({"ratingValue": 5.1}, ["ratingValue 5.1 is not from 1 to 5"]),
        ({"ratingValue": 87, "bestRating": 100, "worstRating": 0}, []),
        ({"ratingValue": 101, "bestRating": 100}, ["ratingValue 101 is not from 1 to 100"]),
        ({"ratingValue": 3, "bestRating": 1, "worstRating": 5}, ["ratingValue 3 is not from 5 to 1"]),
        ({"ratingValue": 4, "ratingCount": 0}, ["ratingCount is 0"]),
        ({"ratingValue": 4, "reviewCount": "-3"}, ["reviewCount is -3"]),
        ({"ratingValue": 4, "ratingCount": 1, "reviewCount": 1}, []),
        ({}, []),
    ],
)
@pytest.mark.parametrize("kind", ["Rating", "AggregateRating"])
def test_ratings(kind, values, found):
    assert broken(kind, **values) == [("bad-value", what) for what in found]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"value": "4.90"}, []),
        ({"value": 0}, []),
        ({"value": -0.01}, ["value of MonetaryAmount is -0.01"]),
        ({"minValue": -2, "maxValue": -1}, ["minValue of MonetaryAmount is -2", "maxValue of MonetaryAmount is -1"]),
        ({"minValue": 3, "maxValue": 3}, []),
        ({"minValue": 4, "maxValue": 3}, ["minValue 4 is above maxValue 3"]),
        ({"minValue": "10", "maxValue": "9"}, ["minValue 10 is above maxValue 9"]),
        ({"minValue": 4}, []),
    ],
)
def test_ranges(values, found):
    assert broken("MonetaryAmount", **values) == [("bad-value", what) for what in found]


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "many", "", None, [], {"a": 1}, "9" * 5_000, True])
def test_what_is_no_number_is_left_to_other_rules(value):
    assert broken("QuantitativeValue", value=value) == []
    assert broken("MerchantReturnPolicy", merchantReturnDays=value) == []


@pytest.mark.parametrize(
    ("items", "right"),
    [
        ([], True),
        (steps(1), True),
        (steps(1, 2, 3), True),
        (steps(0, 1), False),
        (steps(2, 1), False),
        (steps(1, 1), False),
        (steps(1, 3), False),
        (steps("1", "2"), False),
        (steps(True), False),
        (steps(1.0), False),
        ([*steps(1), "two"], False),
        ([{}], False),
        ("no list", True),
        (None, True),
    ],
)
def test_positions_count_from_one(items, right):
    said = f"positions of ItemList are not 1 to {len(items or ())}"
    assert broken("ItemList", itemListElement=items) == ([] if right else [("bad-value", said)])


def test_breadcrumbs_are_at_least_two_steps_with_an_address_but_for_the_last():
    short = ("missing-property", "a BreadcrumbList has at least two steps")
    unlinked = ("missing-property", "item of a step of BreadcrumbList")
    last = {"@type": "ListItem", "position": 2, "name": "x"}
    assert broken("BreadcrumbList", itemListElement=steps(1)) == [short]
    assert broken("BreadcrumbList", itemListElement=[*steps(1), last]) == []
    assert broken("BreadcrumbList", itemListElement=[last | {"position": 1}, *steps(2)]) == [unlinked]
    assert broken("BreadcrumbList", itemListElement=steps(2, 1)) == [
        ("bad-value", "positions of BreadcrumbList are not 1 to 2")
    ]
    assert broken("BreadcrumbList") == []


@given(st.sampled_from(sorted(PARTS)), st.dictionaries(st.sampled_from(NAMES), JSON))
def test_whatever_stands_there_is_answered_briefly(kind, values):
    for rule, what in broken(kind, **values):
        assert rule in ("bad-value", "missing-property")
        assert len(what) < 200
