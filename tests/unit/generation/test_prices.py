"""What a variant costs at an instant."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from shopwright.generation.prices import Asked, asked, asked_in, plain_price, shown

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def euro(amount):
    return {"amount": amount, "currency": "EUR"}


def sale(amount, starts=None, ends=None):
    return {"price": euro(amount), "starts": starts, "ends": ends}


def test_the_price_is_asked():
    assert asked({"price": euro(12_900)}, NOW) == Asked(12_900, "EUR")


def test_without_a_price_nothing_is_asked():
    assert asked({}, NOW) is None


def test_a_higher_compare_at_price_is_what_it_was():
    variant = {"price": euro(9_900), "compare_at_price": euro(12_900), "lowest_price_30_days": euro(9_500)}
    assert asked(variant, NOW) == Asked(9_900, "EUR", was=12_900, lowest=9_500)


def test_a_compare_at_price_that_is_not_higher_means_nothing():
    for before in (0, 5_000, 9_900):
        assert asked({"price": euro(9_900), "compare_at_price": euro(before)}, NOW) == Asked(9_900, "EUR")


def test_a_sale_runs_from_its_start_to_just_before_its_end():
    variant = {"price": euro(10_000), "sale": sale(8_000, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")}
    running = Asked(8_000, "EUR", 10_000, ends="2026-11-30T00:00:00Z", starts="2026-11-23T00:00:00Z")
    assert asked(variant, NOW) == running
    assert asked(variant, NOW - dt.timedelta(seconds=1)) == Asked(10_000, "EUR")
    assert asked(variant, NOW + dt.timedelta(days=7, seconds=-1)) == running
    assert asked(variant, NOW + dt.timedelta(days=7)) == Asked(10_000, "EUR")


def test_a_sale_that_is_dearer_is_none():
    assert asked({"price": euro(7_000), "sale": sale(8_000)}, NOW) == Asked(7_000, "EUR")


def test_a_sale_alone_is_a_price():
    assert asked({"sale": sale(8_000)}, NOW) == Asked(8_000, "EUR")


def test_zero_is_no_price():
    assert asked({"price": euro(0)}, NOW) is None
    assert asked({"price": euro(5_000), "sale": sale(0)}, NOW) == Asked(5_000, "EUR")
    assert asked({"price": euro(0), "sale": sale(8_000)}, NOW) == Asked(8_000, "EUR")


def test_amounts_in_another_currency_are_not_compared():
    dollars = {"amount": 99_900, "currency": "USD"}
    assert asked({"price": euro(9_900), "compare_at_price": dollars}, NOW) == Asked(9_900, "EUR")
    assert asked({"price": dollars, "sale": sale(8_000), "lowest_price_30_days": dollars}, NOW) == Asked(8_000, "EUR")
    other = {"price": euro(9_900), "compare_at_price": euro(12_900), "lowest_price_30_days": dollars}
    assert asked(other, NOW) == Asked(9_900, "EUR", was=12_900)


@given(price=st.integers(1, 10**6), before=st.integers(0, 10**6), reduced=st.integers(1, 10**6))
def test_a_reduction_is_always_from_a_higher_price(price, before, reduced):
    variant = {"price": euro(price), "compare_at_price": euro(before), "sale": sale(reduced)}
    result = asked(variant, NOW)
    assert result is not None
    assert result.was is None or result.was > result.amount


def test_a_price_is_shown_in_the_language_of_the_page():
    price = Asked(9_900, "EUR", was=12_900, lowest=9_500, ends="2026-11-30T00:00:00Z")
    assert shown(price, "de", varies=True, shows_lowest=True) == {
        "text": "99,00\xa0€",
        "value": "99.00",
        "amount": 9_900,
        "currency": "EUR",
        "was": "129,00\xa0€",
        "lowest": "95,00\xa0€",
        "percent": None,
        "ends": "29. November 2026",
        "varies": True,
    }


def test_a_reduction_is_counted_from_the_lowest_price_of_the_last_30_days():
    for lowest, percent in ((12_000, "-17%"), (None, "-23%"), (9_900, None), (9_500, None)):
        assert shown(Asked(9_900, "EUR", 12_900, lowest), "en", varies=False, shows_lowest=True)["percent"] == percent


def test_the_lowest_price_is_shown_only_where_the_store_shows_it():
    assert shown(Asked(9_900, "EUR", 12_900, 9_500), "en", varies=False, shows_lowest=False)["lowest"] is None


def test_a_plain_price_has_all_the_digits_of_its_currency():
    assert [plain_price(12_900, "EUR"), plain_price(1_300, "JPY"), plain_price(1, "KWD")] == ["129.00", "1300", "0.001"]


AED = {"name": "Gulf", "currency": "AED"}
EUROPE = {"name": "Europe", "currency": "EUR"}


def _dirhams(amount):
    return {"amount": amount, "currency": "AED"}


def test_a_market_asks_its_own_price_else_that_of_its_currency_else_the_variants():
    variant = {
        "price": {"amount": 100, "currency": "EUR"},
        "markets": [{"market": "AED", "price": _dirhams(300)}, {"market": "Gulf", "price": _dirhams(400)}],
    }
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    assert asked_in(variant, now, AED) == Asked(400, "AED")
    assert asked_in({**variant, "markets": variant["markets"][:1]}, now, AED) == Asked(300, "AED")
    assert asked_in(variant, now, EUROPE) == Asked(100, "EUR")
    assert asked_in(variant, now, None) == Asked(100, "EUR")


def test_what_a_market_does_not_sell():
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    own = {"price": {"amount": 100, "currency": "EUR"}}
    assert asked_in(own, now, AED) is None
    assert asked_in({**own, "markets": [{"market": "Europe", "included": False}]}, now, EUROPE) is None
    assert asked_in({**own, "markets": [{"market": "Gulf"}]}, now, AED) is None
    assert asked_in({**own, "markets": [{"market": "Europe"}]}, now, EUROPE) == Asked(100, "EUR")
    assert asked_in({**own, "markets": [{"market": "Gulf", "price": own["price"]}]}, now, AED) is None


def test_a_market_may_have_a_sale_of_its_own():
    sale = {"price": _dirhams(300), "starts": "2026-11-01T00:00:00Z", "ends": "2026-12-01T00:00:00Z"}
    market = {"market": "Gulf", "price": _dirhams(400), "sale": sale, "lowest_price_30_days": _dirhams(350)}
    variant = {"price": {"amount": 100, "currency": "EUR"}, "markets": [market]}
    price = asked_in(variant, dt.datetime(2026, 11, 23, tzinfo=dt.UTC), AED)
    assert (price.amount, price.was, price.lowest, price.ends) == (300, 400, 350, "2026-12-01T00:00:00Z")
    after = asked_in(variant, dt.datetime(2026, 12, 2, tzinfo=dt.UTC), AED)
    assert (after.amount, after.was) == (400, None)
