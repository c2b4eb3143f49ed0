"""On which terms offers are sent and taken back."""

from tests.unit.generation.records import editions, money, site

from shopwright.generation.things.terms import OfferTerms, rates, return_policy, shipping_services

FREE_FROM = {"country": "DE", "price": money(490), "free_from": money(8_000)}


def edition(**shop):
    return editions(site(**shop))["en"]


def test_countries_of_the_same_terms_stand_together():
    rate = {"price": money(990), "transit_days": [3, 6]}
    shop = edition(shipping=[{"country": "FR", **rate}, FREE_FROM, {"country": "IT", **rate}])
    assert [(each.countries, each.amount, each.free_from) for each in rates(shop)] == [
        (("FR", "IT"), 990, None),
        (("DE",), 490, 8_000),
    ]


def test_an_item_that_reaches_the_threshold_alone_is_sent_for_nothing():
    terms = OfferTerms(edition(shipping=[FREE_FROM]), shipped=True)
    assert terms.shipping(7_999, "EUR") == ("#shipping-de",)
    assert terms.shipping(8_000, "EUR") == ("#shipping-de-free",)
    assert terms.shipping(8_000, "USD") == ()
    assert [(each["@id"], each["shippingRate"]["value"]) for each in terms.things()] == [
        ("#shipping-de", "4.90"),
        ("#shipping-de-free", "0.00"),
    ]


def test_only_what_offers_refer_to_is_described():
    terms = OfferTerms(edition(shipping=[FREE_FROM], returns={"days": 30}), shipped=True)
    terms.shipping(100, "EUR")
    assert [each["@id"] for each in terms.things()] == ["#shipping-de", "#returns"]
    assert terms.returns == "#returns"


def test_what_is_not_shipped_has_no_shipping_details():
    terms = OfferTerms(edition(shipping=[FREE_FROM]), shipped=False)
    assert (terms.shipping(100, "EUR"), terms.things(), terms.returns) == ((), [], None)


def test_a_threshold_in_another_currency_is_not_compared():
    shop = edition(shipping=[{**FREE_FROM, "free_from": money(1, "USD")}])
    assert rates(shop)[0].free_from is None


def test_the_store_says_from_which_order_value_sending_is_free():
    (service,) = shipping_services(edition(shipping=[FREE_FROM, {"country": "US", "price": money(0)}]))
    below, above, always = service.conditions
    assert (below.price, below.least, below.most) == ("4.90", "0.00", "79.99")
    assert (above.price, above.least, above.most) == ("0.00", "80.00", None)
    assert (always.price, always.least, always.most) == ("0.00", None, None)


def test_one_service_for_each_handling_time():
    shop = edition(shipping=[FREE_FROM, {"country": "US", "price": money(0), "handling_days": [2, 3]}])
    assert [service.handling for service in shipping_services(shop)] == [(0, 1), (2, 3)]


def test_returns_are_promised_where_goods_are_sent():
    shop = edition(
        shipping=[FREE_FROM], returns={"days": 30, "fees": "free"}, policies={"returns": {"en": "<p>Thirty days</p>"}}
    )
    policy = return_policy(shop)
    assert (policy.countries, policy.days, policy.free) == (("DE",), 30, True)
    assert policy.link == "https://shop.example/policies/returns/"
    assert return_policy(edition(shipping=[FREE_FROM], returns={"days": 30})).link is None
    assert return_policy(edition(returns={"days": 30})) is None
