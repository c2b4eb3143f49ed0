import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.catalog.money import Money, decimal_text
from shopwright.catalog.prices import currency_of_price, read_price


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12.50", "USD", 1250),
        ("12,50", "EUR", 1250),
        ("1,299.00", "USD", 129900),
        ("1.299,00 €", "EUR", 129900),
        ("1 299,00", "EUR", 129900),
        ("1'299.00", "CHF", 129900),
        ("1,299", "USD", 129900),
        ("1.299.000", "EUR", 129900000),
        ("12,345,678.90", "USD", 1234567890),
        ("$66", "USD", 6600),
        ("$66", "CAD", 6600),
        ("US$ 66", "USD", None),
        ("₹1700", "INR", 170000),
        ("¥1200.00", "JPY", 1200),
        ("USD 12.5", "USD", 1250),
        ("12.5 eur", "EUR", 1250),
        ("34.0000", "USD", 3400),
        (".5", "USD", 50),
        ("5.", "USD", 500),
        ("1.234", "KWD", 1234),
        ("+3", "USD", 300),
    ],
)
def test_prices_as_people_write_them(text, currency, amount):
    money = read_price(text, currency).money
    assert (money.amount if money else None) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "price-missing"),
        ("0", "price-zero"),
        ("0.00", "price-zero"),
        ("abc", "price-invalid"),
        ("-5", "price-invalid"),
        ("1e9", "price-invalid"),
        ("1.2,3.4", "price-invalid"),
        ("12 34 .", "price-invalid"),
        ("12 34", "price-invalid"),
        ("999999999999.99", "price-invalid"),
        ("٣", "price-invalid"),
        ("1.299", "price-ambiguous"),
        ("€5", "price-currency"),
        ("GBP 5", "price-currency"),
    ],
)
def test_what_is_no_price_has_a_code(text, code):
    assert read_price(text, "USD").code == code
    assert read_price(text, "USD").money is None


def test_more_decimals_than_the_currency_has_are_rounded_half_up():
    assert (read_price("19.9951", "USD").money, read_price("19.9951", "USD").code) == (
        Money(amount=2000, currency="USD"),
        "price-rounded",
    )


@given(st.integers(1, 10**9), st.sampled_from(["USD", "JPY", "EUR"]))
def test_a_plain_decimal_is_read_exactly(amount, currency):
    money = Money(amount=amount, currency=currency)
    assert read_price(decimal_text(money), currency).money == money


@settings(max_examples=200)
@given(st.text("0123456789.,-+ €$abc'", max_size=20), st.sampled_from(["USD", "JPY", "KWD"]))
def test_any_text_is_a_price_or_has_a_code(text, currency):
    read = read_price(text, currency)
    assert bool(read.code) or read.money is not None


def test_the_currency_a_price_names():
    found = [currency_of_price(text) for text in ("₹5", "5 €", "USD 5", "5", "kg 5", "words")]
    assert found == ["INR", "EUR", "USD", None, None, None]
