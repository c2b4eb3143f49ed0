"""A store in one language."""

import pytest
from tests.unit.generation.records import PICTURE, editions, money, product, site

from shopwright.errors import ThemeError
from shopwright.generation.edition import Edition, alternates, translation_of
from shopwright.generation.spool import EVERYTHING

GERMAN = {"title": "Mond", "handle": "mond", "summary": "Kurz", "description": "<p>Lang</p>"}


def test_words_are_those_of_the_locale():
    words = editions()["de"].words(product(translations={"de": GERMAN}))
    assert (words.title, words.handle, words.summary, words.description) == ("Mond", "mond", "Kurz", "<p>Lang</p>")
    assert words.translated


def test_words_fall_back_to_the_records_own_but_a_summary_does_not():
    record = product(summary="Short", description="<p>Long</p>", translations={"de": {"terms": {"Black": "Schwarz"}}})
    words = editions()["de"].words(record)
    assert (words.title, words.handle, words.summary, words.description) == ("Luna", "luna", "", "<p>Long</p>")
    plain = editions()["en"].words(record)
    assert (plain.summary, plain.translated) == ("Short", False)


def test_a_region_without_a_translation_uses_its_languages():
    record = product(translations={"de": GERMAN, "de-CH": {"title": "Moond"}})
    shop = site(locales=["en", "de-AT", "de-CH"])
    assert [Edition(shop, locale).words(record).title for locale in shop.locales] == ["Luna", "Mond", "Moond"]
    assert translation_of({}, "de") == {}


def test_search_engines_get_the_merchants_words_in_the_pages_language_only():
    record = product(seo={"title": "Buy Luna"}, translations={"de": {"seo": {"description": "Kaufen"}}})
    english, german = (edition.words(record) for edition in editions().values())
    assert (english.seo("title"), english.seo("description")) == ("Buy Luna", None)
    assert (german.seo("title"), german.seo("description")) == (None, "Kaufen")


def test_terms_are_the_products_then_the_stores_then_as_they_are():
    shop = site(terms={"de": {"Black": "Schwarz", "Red": "Rot"}})
    words = Edition(shop, "de").words(product(translations={"de": {"terms": {"Black": "Tiefschwarz"}}}))
    assert [words.term(value) for value in ("Black", "Red", "Blue")] == ["Tiefschwarz", "Rot", "Blue"]
    assert (
        Edition(site(locales=["en", "de-AT"], terms={"de": {"Red": "Rot"}}), "de-AT").words(product()).term("Red")
        == "Rot"
    )


def test_store_texts_are_those_of_the_locale_else_of_the_default_one():
    german = editions()["de"]
    assert german.text({"de": "Hallo", "en": "Hello"}) == "Hallo"
    assert german.text({"en": "Hello"}) == "Hello"
    assert german.text({}) == ""


def test_the_name_site_of_every_template():
    shop = site(
        tagline={"en": "Few", "de": "Wenige"},
        contact={
            "email": "a@b.example",
            "phone": "+49 30 1",
            "address": {"street": "Gasse 1", "postal_code": "10115", "city": "Berlin", "country": "DE"},
        },
        social=["https://www.social.example/@shop", "https://other.example:8443/x"],
        checkout={"url": "https://pay.example/"},
        about="<p>Hi</p>",
        logo=PICTURE,
        navigation=(
            {"handle": "round", "title": "Round", "translations": {"de": {"title": "Rund", "handle": "rund"}}},
            {"handle": EVERYTHING, "title": "All"},
        ),
    )
    assert Edition(shop, "de").context == {
        "name": "Small Shop",
        "tagline": "Wenige",
        "description": "",
        "locale": "de",
        "dir": "ltr",
        "currency": "EUR",
        "home": "/de/",
        "search": "/de/search/",
        "cart": "/de/cart/",
        "collections": "/de/collections/",
        "logo": PICTURE,
        "navigation": [
            {"title": "Rund", "url": "/de/collections/rund/"},
            {"title": "Alle Produkte", "url": "/de/collections/all/"},
        ],
        "information": [
            {"title": "Über uns", "url": "/de/about/"},
            {"title": "Impressum", "url": "/de/imprint/"},
            {"title": "Barrierefreiheit", "url": "/de/accessibility/"},
        ],
        "contact": {"email": "a@b.example", "phone": "+49 30 1", "address": ["Gasse 1", "10115 Berlin", "Deutschland"]},
        "social": [
            {"title": "social.example", "url": "https://www.social.example/@shop"},
            {"title": "other.example:8443", "url": "https://other.example:8443/x"},
        ],
        "checkout": {"url": "https://pay.example/", "method": "post"},
    }


def test_what_scripts_are_told():
    told = Edition(site(url="https://agency.example/shops/small/"), "de").script_data()
    text = told.pop("text")
    assert told == {
        "locale": "de",
        "currency": "EUR",
        "market": None,
        "digits": 2,
        "home": "/shops/small/de/",
        "search": "/shops/small/de/search/",
        "cart": "/shops/small/de/cart/",
        "checkout": None,
        "email": None,
        "store": "/shops/small",
        "worker": "/shops/small/sw.js",
    }
    assert set(text) == {key for key in text if key.startswith("js.")} != set()
    assert editions()["en"].script_data()["store"] == "/"
    assert editions(site(offline=False))["en"].script_data()["worker"] is None


def test_a_locale_sells_in_its_market():
    gulf = {"name": "Gulf", "countries": ["AE"], "currency": "KWD", "locales": ["de"]}
    rates = [
        {"country": "AE", "price": money(1_000, "KWD")},
        {"country": "AE", "price": money(500)},
        {"country": "DE", "price": money(500, "KWD")},
        {"country": "DE", "price": money(500)},
    ]
    among = editions(site(markets=[gulf], shipping=rates))
    english, german = among["en"], among["de"]
    assert (english.market, english.currency) == (None, "EUR")
    assert (german.market["name"], german.currency) == ("Gulf", "KWD")
    assert (german.context["currency"], english.context["currency"]) == ("KWD", "EUR")
    told = german.script_data()
    assert (told["currency"], told["market"], told["digits"]) == ("KWD", "Gulf", 3)
    assert [(rate["country"], rate["price"]["currency"]) for rate in german.shipping] == [("AE", "KWD")]
    assert [(rate["country"], rate["price"]["currency"]) for rate in english.shipping] == [("AE", "EUR"), ("DE", "EUR")]


def test_text_that_nobody_has_translated_says_its_language():
    record = product(description="<p>x</p>", translations={"de": {"description": "<p>y</p>"}})
    among = editions(site(locales=["en", "de", "en-GB"]))
    assert [among["de"].words(record).lang(field) for field in ("title", "description", "summary")] == [
        "en",
        None,
        None,
    ]
    assert [among[each].words(record).lang("title") for each in ("en", "en-GB")] == [None, None]
    texts = {"en": "about"}
    assert [among[each].text_lang(texts) for each in ("en", "de", "en-GB")] == [None, "en", None]
    assert among["de"].text_lang({"*": "name"}) is None
    assert among["de"].text_lang({"en": "about", "de": "über"}) is None
    assert among["de"].text_lang({}) is None


def test_words_know_which_terms_somebody_translated():
    record = product(translations={"de": {"terms": {"Black": "Black"}}})
    words = editions()["de"].words(record)
    assert (words.has_term("Black"), words.has_term("Red")) == (True, False)


def test_alternates_name_each_language_in_its_own_words():
    assert alternates(editions(), {"en": "/", "de": "/de/"}, "de") == [
        {"locale": "en", "label": "English", "url": "/", "current": False},
        {"locale": "de", "label": "Deutsch", "url": "/de/", "current": True},
    ]


def test_pages_without_a_title_in_the_interface_are_a_theme_error():
    assert editions()["en"].page_title("policies/returns") == "Returns"
    with pytest.raises(ThemeError, match=r"en: there is no interface text 'page\.gone'"):
        editions()["en"].page_title("gone")
