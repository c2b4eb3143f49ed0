import datetime as dt

import pytest

from shopwright.catalog import cells
from shopwright.catalog.draft import Import
from shopwright.catalog.faults import Report
from shopwright.catalog.money import Money
from shopwright.catalog.row import Row, read_header
from shopwright.catalog.store import Store

FIVE = Money(amount=500, currency="USD")


@pytest.fixture
def run() -> Import:
    return Import(Report(), Store(name="S"))


def row(**values: str) -> Row:
    return Row(2, list(values.values()), read_header(tuple(values), lambda name: name))


def codes(run: Import) -> list[str]:
    return [fault.code for fault in run.report.faults]


@pytest.mark.parametrize(
    ("text", "value"), [("TRUE", True), ("ja", True), ("0", False), ("-1", False), ("", True), ("?", True)]
)
def test_flags(run, text, value):
    assert cells.flag(row(a=text), "a", run, default=True) is value
    assert codes(run) == (["flag-unknown"] if text == "?" else [])


def test_a_price_that_cannot_be_read_says_what_it_is(run):
    for text in ("", "0", "x", "1.299", "€5", "1.23456"):
        cells.price(row(a=text), "a", run)
    assert [fault.message.split(". ")[0] for fault in run.report.faults] == [
        "There is no price",
        "The price is 0",
        "The price 'x' is not a price",
        "The price '1.299' can be read in two ways",
        "The price '€5' is not in USD, the currency of the store",
        "The price '1.23456' has more decimals than USD has",
    ]


def test_an_earlier_price_must_be_higher(run):
    found = [cells.compare_at(row(a=text), "a", FIVE, run) for text in ("6", "5", "0", "", "x")]
    assert found == [Money(amount=600, currency="USD"), None, None, None, None]
    assert codes(run) == ["compare-at-not-higher", "compare-at-invalid"]


@pytest.mark.parametrize(
    ("text", "pieces", "code"),
    [("3", 3, ""), ("3.0", 3, ""), ("-2", 0, "quantity-negative"), ("", None, ""), ("many", None, "quantity-invalid"),
     ("9999999999", None, "quantity-invalid")],
)  # fmt: skip
def test_quantities(run, text, pieces, code):
    assert cells.quantity(row(a=text), "a", run) == pieces
    assert codes(run) == ([code] if code else [])


def test_weights_become_grams(run):
    found = [
        cells.grams(row(a=text), "a", unit, run) for text, unit in (("1,5", "kg"), ("1", "lb"), ("0", "g"), ("", "g"))
    ]
    assert found == [1_500.0, 453.592, None, None]
    assert [cells.grams(row(a=text), "a", "kg", run) for text in ("-1", "heavy", "1001")] == [None] * 3
    assert codes(run) == ["weight-invalid"] * 3


def test_barcodes_are_gtins_or_custom_fields(run):
    custom: dict[str, str] = {}
    assert cells.gtin(row(EAN="'4006381-333931"), "ean", run, custom) == "4006381333931"
    assert cells.gtin(row(EAN="1.23E+12"), "ean", run, custom) is None
    assert (custom, codes(run)) == ({"EAN": "1.23E+12"}, ["gtin-invalid"])


def test_dates_are_days_or_times():
    day = dt.timedelta(days=1)
    assert cells.read_time("", day) is None
    assert cells.read_time("2026-01-31", day) == dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    assert cells.read_time("2026-01-31 8:00", day) == dt.datetime(2026, 1, 31, 8, tzinfo=dt.UTC)
    assert cells.read_time("2026-01-31T08:00:00.5-0130", day) == dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC)
    for text in ("31.01.2026", "2026-02-30"):
        with pytest.raises(ValueError, match=r"date|day"):
            cells.read_time(text, day)
    with pytest.raises(OverflowError):
        cells.read_time("9999-12-31", day)


def test_lists_keep_escaped_commas():
    assert cells.split_list("a, b,, c") == ("a", "b", "c")
    assert cells.split_list("a\\, b, c") == ("a, b", "c")
    assert cells.split_list("a > b", ">") == ("a", "b")
