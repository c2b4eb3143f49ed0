"""(shopwright.seo.gate.required, shopwright.seo.gate.vocabulary)"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.gate import vocabulary
from shopwright.seo.gate.things import read_things
from shopwright.seo.gate.values import check_digit_is_right

OFFER = {"@type": "Offer", "price": "1.00", "priceCurrency": "EUR"}


def broken(*things):
    text = json.dumps({"@context": "https://schema.org", "@graph": list(things)})
    return [found for found in read_things(text).broken if found[0] != "recommended-property"]


def test_the_vocabulary_knows_inheritance_and_members():
    assert vocabulary.is_type("OnlineStore")
    assert not vocabulary.is_type("OnlineShop")
    assert "Organization" in vocabulary.ancestors("OnlineStore")
    assert vocabulary.has_property("OnlineStore", "name")
    assert not vocabulary.has_property("Product", "price")
    assert vocabulary.fits("AggregateOffer", "offers")
    assert not vocabulary.fits("Brand", "offers")
    assert vocabulary.is_member("InStock", frozenset({"ItemAvailability"}))
    assert vocabulary.plain_name("https://schema.org/InStock") == "InStock"
    assert vocabulary.only_data("numberOfItems") == {"Number"}
    assert vocabulary.only_data("name") == frozenset()


@pytest.mark.parametrize(
    ("thing", "found"),
    [
        ({"@type": "Product", "name": "x", "offers": OFFER}, []),
        ({"@type": "Product", "name": "x", "offers": {"@type": "Brand", "name": "x"}}, ["bad-value"]),
        ({"@type": "Product", "name": None}, ["bad-value"]),
        ({"@type": "Product", "name": " "}, ["bad-value"]),
        ({"@type": "Product", "name": "x", "isFamilyFriendly": True}, []),
        ({"@type": "Prodct", "name": "x"}, ["unknown-type"]),
        ({"name": "x"}, ["unknown-type"]),
        ({**OFFER, "price": "0.00"}, ["bad-value"]),
        ({**OFFER, "price": "1,00"}, ["bad-value"]),
        ({**OFFER, "priceCurrency": "EURO"}, ["bad-value"]),
        ({**OFFER, "priceValidUntil": "23.11.2026"}, ["bad-value"]),
        ({**OFFER, "availability": "InStock"}, ["bad-value"]),
        ({"@type": "ItemList", "numberOfItems": "many", "itemListElement": "x"}, ["bad-value"]),
        ({"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "x"}]},
         ["missing-property"]),
        ({"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "x"}, {"@type": "ListItem", "position": 2, "name": "y"}]},
         ["missing-property"]),
        ({"@type": "MerchantReturnPolicy", "applicableCountry": "DE",
          "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow"}, ["missing-property"]),
        ({"@type": "MerchantReturnPolicy", "applicableCountry": "DE", "returnPolicyCategory": "sometimes"},
         ["bad-value"]),
        ({"@type": "Product", "name": "x", "gtin": "123"}, ["bad-gtin"]),
    ],
)  # fmt: skip
def test_things(thing, found):
    assert [rule for rule, _ in broken(thing)] == found


def test_what_cannot_be_read():
    assert [rule for rule, _ in read_things("[1]").broken] == ["bad-json-ld"]
    assert [rule for rule, _ in read_things("{").broken] == ["bad-json-ld"]
    deep = '{"@type":"Thing","subjectOf":' * 70 + "1" + "}" * 70
    assert ("bad-json-ld", "things are nested without end") in read_things(deep).broken


@given(st.text(alphabet="0123456789", min_size=7, max_size=13))
def test_exactly_one_digit_is_the_check_digit(digits):
    assert sum(check_digit_is_right(f"{digits}{last}") for last in range(10)) == 1


KEYS = st.sampled_from(["@type", "@id", "@graph", "name", "offers", "gtin", "x"])


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)))  # fmt: skip
def test_any_json_is_read(value):
    assert read_things(json.dumps(value)).broken is not None
