"""What functions of the theme API accept."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from shopwright.template_engine.arguments import (
    LARGEST,
    TEXT_LENGTH,
    a_currency,
    a_mapping,
    a_number,
    a_text,
    a_whole,
    a_word,
    an_identifier,
)

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.none()), st.just(object())
)


def says(check, value, *more):
    with pytest.raises(ValueError, match=r"^f\(\): x must be ") as refused:
        check(value, "f", "x", *more)
    return str(refused.value).removeprefix("f(): x must be ")


def test_texts_are_bounded():
    assert a_text("a" * TEXT_LENGTH, "f", "x") == "a" * TEXT_LENGTH
    assert a_text(Markup("<b>"), "f", "x") == "<b>"
    assert says(a_text, "a" * (TEXT_LENGTH + 1)) == says(a_text, None) == "a text of at most 10,000 characters"


def test_a_word_is_a_text_or_a_number():
    assert [a_word(value, "f", "x") for value in ("a", 3, 1.5)] == ["a", "3", "1.5"]
    assert says(a_word, True) == says(a_word, [1]) == says(a_word, 2**63)


@pytest.mark.parametrize("value", [math.nan, math.inf, True, None, "1", 2**63, 1e308, [], 1j])
def test_what_is_no_number_is_said_so(value):
    assert says(a_number, value) == "a number below 2**63"


def test_whole_numbers_have_bounds_that_are_allowed():
    assert [a_whole(value, "f", "x", 0, 6) for value in (0, 6)] == [0, 6]
    assert {says(a_whole, value, 0, 6) for value in (-1, 7, True, 1.0, "1")} == {"a whole number from 0 to 6"}


def test_names_that_may_be_ids():
    assert an_identifier("product-data", "f", "x") == "product-data"
    assert {says(an_identifier, value) for value in ("", "1a", 'a"', "a b", "a" * 65, None)} == {
        "a letter, then letters, digits, - and _, at most 64 characters"
    }


def test_currencies_and_mappings():
    assert a_currency("EUR", "f", "x") == "EUR"
    assert {says(a_currency, value) for value in ("eur", "EURO", "€", 978)} == {"a currency code such as EUR"}
    assert a_mapping({"a": 1}, "f", "x") == {"a": 1}
    assert says(a_mapping, [1]) == "a mapping"


@given(ANYTHING, st.sampled_from([a_text, a_word, a_number, a_currency, an_identifier, a_mapping]))
def test_every_value_is_given_back_or_refused_in_words(value, check):
    try:
        check(value, "f", "x")
    except ValueError:
        assert says(check, value)


def test_the_bounds_of_numbers_are_those_of_64_bits():
    assert a_number(LARGEST - 1, "f", "x") == a_number(-(LARGEST - 1), "f", "x") * -1
