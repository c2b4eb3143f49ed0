"""Numbers, money and dates as a language writes them."""

import pytest

from shopwright.template_engine import formats


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        (129_950, "EUR", "de", "1.299,50\xa0€"),
        (129_950, "USD", "en", "$1,299.50"),
        (1_300, "JPY", "ja", "￥1,300"),
        (1_234, "KWD", "en", "KWD1.234"),
        (12_900, "EUR", "fr", "129,00\xa0€"),
    ],
)
def test_money(amount, currency, locale, text):
    assert formats.format_money(amount, currency, locale) == text


def test_arabic_is_written_from_right_to_left():
    assert formats.direction("ar") == "rtl"
    assert formats.direction("de-AT") == "ltr"


def test_languages_name_themselves():
    assert formats.language_name("de") == "Deutsch"
    assert formats.language_name("fr-CA") == "Français (Canada)"


def test_a_reduction_never_promises_too_much():
    assert formats.format_reduction(67, 100, "en") == "-33%"
    assert formats.format_reduction(9_999, 10_000, "en") == "0%"


def test_numbers_and_days():
    assert formats.format_number(1234.56, 1, "de") == "1.234,6"
    assert formats.format_number(50.0, 1, "en") == "50"
    assert formats.format_number(3, 0, "en") == "3"
    assert formats.format_day("2026-11-23T00:00:00Z", "fr") == "23 novembre 2026"


def test_plurals_follow_the_language():
    assert [formats.plural_category(count, "ar") for count in (0, 1, 2, 5, 11, 100)] == [
        "zero",
        "one",
        "two",
        "few",
        "many",
        "other",
    ]


@pytest.mark.parametrize(
    ("code", "separator"), [("de-AT", ", "), ("ar", "، "), ("fa", "، "), ("ja", "、"), ("zh-Hant", "、")]
)
def test_lists_are_separated_as_their_script_does(code, separator):
    assert formats.list_separator(code) == separator
