import pytest
from pydantic import ValidationError

from shopwright.catalog.market import Market
from shopwright.catalog.store import Store

EUROPE = {"name": "Europe", "countries": ["DE", "AT"], "currency": "EUR", "locales": ["en", "de"]}
BRITAIN = {"name": "Britain", "countries": ["GB"], "currency": "GBP", "locales": ["en-GB"]}


def store(*markets, locales=("en", "de", "en-GB")):
    return Store.model_validate({"name": "Shop", "locales": locales, "markets": markets})


def test_markets_of_a_store():
    assert [market.currency for market in store(EUROPE, BRITAIN).markets] == ["EUR", "GBP"]
    assert store().markets == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "Europe"}, "the market Europe stands twice in markets"),
        ({"countries": ["AT"]}, "the country AT stands twice in markets"),
        ({"countries": ["GB", "GB"]}, "the country GB stands twice in markets"),
        ({"locales": ["de"]}, "the locale de stands twice in markets"),
        ({"locales": ["fr"]}, "the market Britain has the locale fr, which is none of the store's"),
        ({"currency": "GBX"}, "'GBX' is not a currency of ISO 4217"),
        ({"countries": ["UK"]}, "'UK' is not a country of ISO 3166-1: write GB"),
        ({"countries": []}, "at least 1 item"),
        ({"locales": []}, "at least 1 item"),
        ({"locales": ["en-UK"]}, "write en-GB"),
    ],
)
def test_what_leaves_open_which_market_something_belongs_to_is_refused(change, said):
    with pytest.raises(ValidationError, match=said):
        store(EUROPE, {**BRITAIN, **change})


def test_locales_that_search_engines_cannot_tell_apart_are_refused():
    with pytest.raises(ValidationError, match="cannot tell es and es-419 apart"):
        store(locales=("es", "es-419"))


def test_a_market_is_a_value():
    market = Market.model_validate(BRITAIN)
    with pytest.raises(ValidationError):
        market.name = "Other"
