from tests.unit.generation.records import editions, money, plain, site, variant

from shopwright.generation.coverage import Coverage

GULF = {"name": "Gulf", "countries": ["AE"], "currency": "AED", "locales": ["de"]}


def told(coverage):
    """What was counted: code to the first sentence."""
    return [(fault.code, fault.message.split(". ")[0]) for fault in coverage.faults()]


def test_a_store_in_one_language_lacks_nothing():
    coverage = Coverage(editions(site(locales=["en", "en-GB"])))
    coverage.product(plain(), ["Colour"])
    coverage.collection({"handle": "round", "title": "Round"})
    coverage.text("about", {"en": "x"})
    assert told(coverage) == []


def test_what_falls_back_is_counted_once_per_locale_and_kind():
    coverage = Coverage(editions(site(locales=["en", "de", "fr"])))
    coverage.product(plain("luna", translations={"de": {"title": "Mond"}}, description="<p>x</p>"), ["Spectacles"])
    for name in ("sol", "mars", "io", "juno"):
        coverage.product(plain(name, translations={"de": {"title": name}}), ["Spectacles", "XL", "52"])
    coverage.collection({"handle": "round", "title": "Round", "translations": {"fr": {"title": "Rond"}}})
    coverage.text("about", {"en": "x", "de": "y"})
    coverage.text("tagline", {})
    assert told(coverage) == [
        ("translation-missing", "de: 1 descriptions of products are missing (luna)"),
        ("translation-missing", "de: 1 terms are missing (Spectacles)"),
        ("translation-missing", "de: 1 titles of collections are missing (round)"),
        ("translation-missing", "fr: 1 descriptions of products are missing (luna)"),
        ("translation-missing", "fr: 1 terms are missing (Spectacles)"),
        ("translation-missing", "fr: 1 texts of store.yaml are missing (about)"),
        ("translation-missing", "fr: 5 titles of products are missing (luna, sol, mars and 2 more)"),
    ]


def test_a_language_without_interface_texts_is_told_once():
    coverage = Coverage(editions(site(locales=["ja", "en", "de-CH", "zh-Hant"])))
    assert [told for told in told(coverage) if told[0] == "interface-untranslated"] == [
        ("interface-untranslated", "ja: there are no interface texts"),
        ("interface-untranslated", "zh-Hant: there are no interface texts"),
    ]


def test_terms_of_the_store_or_of_the_product_are_translations():
    coverage = Coverage(editions(site(terms={"de": {"Spectacles": "Brillen"}})))
    record = plain(translations={"de": {"title": "x", "terms": {"Titanium": "Titanium"}}})
    coverage.product(record, ["Spectacles", "Titanium"])
    assert told(coverage) == []


def test_what_a_market_does_not_sell_is_counted():
    coverage = Coverage(editions(site(markets=[GULF])))
    sold = variant("red", markets=[{"market": "Gulf", "price": money(1, "AED")}])
    coverage.product(
        {"handle": "luna", "title": "Luna", "variants": [variant(), sold], "translations": {"de": {"title": "x"}}}, []
    )
    assert told(coverage) == [
        ("market-without-price", "In the market Gulf, variants without a price in AED: 1 (of luna)")
    ]


def test_a_price_for_a_market_that_the_store_has_not_is_named():
    coverage = Coverage(editions(site(markets=[GULF])))
    given = [{"market": name, "price": money(1, "AED")} for name in ("Golf", "AED", "Gulf")]
    record = {"handle": "luna", "title": "Luna", "variants": [variant(markets=given)]}
    coverage.product({**record, "translations": {"de": {"title": "x"}}}, [])
    assert told(coverage) == [("market-unknown", "luna has a price for Golf, which is no market")]


def test_a_market_that_sells_everything_is_not_mentioned():
    coverage = Coverage(editions(site(markets=[{**GULF, "currency": "EUR"}])))
    coverage.product(plain(translations={"de": {"title": "x"}}), [])
    assert told(coverage) == []
