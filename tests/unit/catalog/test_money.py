import pytest

from shopwright.catalog.money import Money, currency_symbol, decimal_text, parse_money


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [("1299.50", "EUR", 129950), ("5", "JPY", 5), ("1.234", "KWD", 1234), ("2.50", "USD", 250)],
)
def test_decimals_are_exact(text, currency, amount):
    money = parse_money(text, currency)
    assert money == Money(amount=amount, currency=currency)
    assert parse_money(decimal_text(money), currency) == money


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,299", "is not a price"),
        ("-1", "is not a price"),
        ("1.999", "more decimals"),
        ("999999999999", "above the largest"),
    ],
)
def test_anything_else_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        parse_money(text, "USD")


def test_what_a_language_writes_for_a_currency():
    assert [currency_symbol("EUR", "de"), currency_symbol("RUB", "ru"), currency_symbol("USD", "de-AT")] == [
        "€",
        "₽",
        "$",
    ]
    assert [currency_symbol("EUR", "zz"), currency_symbol("EUR", "!")] == ["", ""]
