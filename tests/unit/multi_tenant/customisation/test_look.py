import pytest

from shopwright.catalog.store import Brand, Store
from shopwright.errors import SettingsError
from shopwright.multi_tenant.customisation.look import Look, read_look

LOGO = "brand-0123456789abcdef.png"
MARKET = {"name": "eu", "countries": ["DE"], "currency": "EUR", "locales": ["de"]}


def test_nothing_given_changes_nothing():
    store = Store(name="Luna")
    assert Look().on(store) is store


def test_a_store_takes_what_it_does_not_say_itself():
    look = read_look({"accent": "#0f766e", "theme": "mine", "locales": ["de", "en"], "currency": "EUR", "logo": LOGO})
    store = look.on(Store(name="Luna"))
    assert (store.brand.accent, store.theme, store.locales, store.currency) == ("#0f766e", "mine", ("de", "en"), "EUR")
    assert (store.brand.logo.source, store.brand.logo_dark) == (LOGO, None)


def test_what_a_store_says_itself_stays():
    look = read_look(
        {"accent": "#0f766e", "accent_dark": "#99f6e4", "theme": "mine", "locales": ["de"], "currency": "EUR"}
    )
    own = Store(name="Luna", brand=Brand(accent="#111111"), theme="noir", locales=("fr",), currency="CHF")
    assert look.on(own) == own


def test_what_is_the_default_anyway_is_not_said():
    store = Store(name="Luna", currency="USD", theme="atelier")
    assert (read_look({"currency": "EUR", "theme": "mine"}).on(store).currency) == "EUR"


def test_markets_come_with_their_locales_or_not_at_all():
    look = read_look({"locales": ["en", "de"], "markets": [MARKET]})
    assert [market.name for market in look.on(Store(name="Luna")).markets] == ["eu"]
    partly = look.on(Store(name="Luna", currency="CHF"))
    assert (partly.markets, partly.locales, partly.currency) == ((), ("en", "de"), "CHF")
    own = Store.model_validate({"name": "Luna", "locales": ["en", "de"], "markets": [{**MARKET, "name": "own"}]})
    assert look.on(own) == own


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"accent": "red"}, "accent"),
        ({"logo": "../../etc/passwd"}, "logo"),
        ({"currency": "XXZ"}, "currency"),
        ({"theme": "../other"}, "theme"),
        ({"owner": "me"}, "owner"),
        ({"locales": ["de", "de"]}, "stands twice"),
        ({"locales": ["es", "es-419"]}, "search engines cannot tell"),
        ({"markets": [MARKET]}, "which is none of the store's"),
    ],
)
def test_what_is_no_look_is_refused(values, told):
    with pytest.raises(SettingsError, match=told):
        read_look(values)


def test_files_of_a_look_are_named_once():
    assert read_look({"logo": LOGO, "logo_dark": LOGO}).files == (LOGO,)
    assert Look().files == ()
