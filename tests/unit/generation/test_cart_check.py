import datetime as dt

from shopwright.generation.cart_check import Line, check_cart

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def money(amount, currency="EUR"):
    return {"amount": amount, "currency": currency}


def product(**variant):
    return {"title": "Round", "variants": [{"id": "only", "price": money(100), **variant}]}


def check(record, *, quantity=1, seen=None, market=None, variant="only"):
    (line,) = check_cart([Line("round", variant, quantity, seen)], {"round": record}, NOON, market)
    return line.state, line.quantity, line.total


def test_what_is_there_can_be_had():
    assert check(product(), quantity=3, seen=100) == ("ok", 3, 300)


def test_the_price_is_the_catalogues_whatever_was_seen():
    assert check(product(), seen=1) == ("price_changed", 1, 100)


def test_a_reduction_holds_in_its_time():
    sale = {"price": money(80), "ends": "2026-11-23T12:00:00+00:00"}
    assert check(product(sale=sale)) == ("ok", 1, 100)
    assert check(product(sale=sale | {"ends": "2026-11-23T12:00:01+00:00"})) == ("ok", 1, 80)


def test_stock_is_shared_by_the_lines_of_a_cart():
    lines = check_cart([Line("round", "only", 2)] * 3, {"round": product(quantity=3)}, NOON, None)
    assert [(line.state, line.quantity) for line in lines] == [("ok", 2), ("limited", 1), ("unavailable", 0)]


def test_what_is_ordered_ahead_needs_no_stock():
    assert check(product(quantity=0, availability="preorder"), quantity=2) == ("ok", 2, 200)


def test_what_is_not_sold_cannot_be_had():
    assert check(product(availability="out_of_stock"))[0] == "unavailable"
    assert check({"title": "Round", "variants": [{"id": "only"}]})[0] == "unavailable"
    assert check(product() | {"status": "draft"})[0] == "unknown"
    assert check(product(), variant="other")[0] == "unknown"
    (line,) = check_cart([Line("none", "only", 1)], {}, NOON, None)
    assert (line.state, line.total) == ("unknown", 0)


def test_a_market_has_its_prices():
    market = {"name": "Poland", "currency": "PLN"}
    priced = product(markets=[{"market": "Poland", "price": money(450, "PLN")}])
    assert check(priced, market=market) == ("ok", 1, 450)
    assert check(product(), market=market)[0] == "unavailable"
