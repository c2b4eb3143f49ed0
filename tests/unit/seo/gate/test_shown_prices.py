import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.seo.gate.shown_prices import shown_prices, wrong_currency, wrong_text
from shopwright.template_engine.formats import format_money


@given(
    st.integers(1, 10**9),
    st.sampled_from(["EUR", "USD", "JPY", "KWD", "CHF", "INR", "RUB", "AED"]),
    st.sampled_from(["en", "de", "de-CH", "ar", "ar-EG", "fr", "sv", "hi", "fa", "ru", "en-IN", "bn"]),
)
@settings(max_examples=100)
def test_every_price_as_we_write_it_is_its_value(amount, currency, locale):
    digits = {"JPY": 0, "KWD": 3}.get(currency, 2)
    value = f"{amount / 10**digits:.{digits}f}"
    text = format_money(amount, currency, locale)
    assert wrong_text(value, text) == ""
    assert wrong_currency(text, currency, locale) == ""
    assert wrong_text(f"{(amount + 1) / 10**digits:.{digits}f}", text) != ""


@pytest.mark.parametrize(
    "text", ["from €79.00", "€79", "79,00 € statt 99,00 €", "€79.00 – €99.00", "on request", "٧٩٫٠٠"]
)
def test_texts_that_hold_the_value(text):
    assert wrong_text("79.00", text) == ""


@pytest.mark.parametrize("text", ["€9.00", "€790.00", "€7.90", "7 900,00 €"])
def test_texts_that_hold_another(text):
    assert wrong_text("79.00", text) == f"{text!r} is shown for 79.00"


def test_signs_and_codes_of_other_currencies():
    assert wrong_currency("$79.00", "EUR", "en") == "'$79.00' is shown for EUR"
    assert wrong_currency("CA$79.00", "CAD", "en") == ""
    assert wrong_currency("USD 79.00", "EUR", "en") != ""
    assert wrong_currency("79 ₽", "RUB", "no language") != ""


def test_prices_are_found_with_their_lines():
    html = '<p>\n<data class=a value="7.00">€7</data><data value=x>x</data>\n'
    html += "<data value='8'>€8</data><data value=9>"
    assert shown_prices(html) == [("7.00", "€7", 2), ("8", "€8", 3)]


def test_a_page_of_beginnings_takes_no_longer_than_its_length():
    assert shown_prices("<data value=1 " * 200_000) == []
