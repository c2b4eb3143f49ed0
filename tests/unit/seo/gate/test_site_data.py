import orjson
import pytest

from shopwright.seo.gate.lines import LineReader
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.site_data import counted_in, site_findings

GOOD = {
    "locale": "de",
    "currency": "EUR",
    "digits": 2,
    "home": "/shop/de/",
    "search": "/shop/de/search/",
    "cart": "/shop/de/cart/",
    "checkout": {"url": "https://pay.example/in", "method": "post"},
    "store": "/shop",
    "worker": None,
}
PAGE = '<!doctype html>\n<html lang="de">\n{}'


def found(body="", address="/shop/de/a/", origin="https://shop.example", **changed):
    said = Said(PAGE.format(body), address, origin, LineReader())
    paths, findings = site_findings(said, orjson.dumps(GOOD | changed).decode(), 7)
    assert all(line in (3, 7) for _, _, line in findings)
    return paths, [(rule, what) for rule, what, _ in findings]


def test_what_fits_its_page():
    assert found() == (("/shop/de/", "/shop/de/search/", "/shop/de/cart/"), [])
    assert found(worker="/shop/sw.js")[0][-1] == "/shop/sw.js"


@pytest.mark.parametrize(
    ("changed", "rule", "what"),
    [
        ({"locale": "fr"}, "bad-page-data", "#site-data is in fr, the page in de"),
        ({"digits": 3}, "bad-page-data", "#site-data: 3 decimals of EUR"),
        ({"currency": "EURO"}, "bad-page-data", "#site-data: 2 decimals of EURO"),
        ({"cart": "/shop/cart/"}, "bad-page-data", "#site-data: cart /shop/cart/ is not under /shop/de/"),
        ({"home": "/shop/fr/", "search": "", "cart": ""}, "bad-page-data",
         "#site-data: the page is not under /shop/fr/"),
        ({"checkout": "java\tscript:x"}, "inline-code", "#site-data: checkout is 'java\\tscript:x'"),
        ({"checkout": {"url": "http://pay.example/"}}, "mixed-content", "#site-data: checkout is http://pay.example/"),
    ],
)  # fmt: skip
def test_what_does_not(changed, rule, what):
    assert found(**changed)[1] == [(rule, what)]


def test_a_shop_without_https_pays_without():
    assert found(origin="http://shop.example", checkout="http://pay.example/")[1] == []


def test_links_into_another_language_say_so():
    links = '<a href="/shop/">x</a> <a href="/shop/de/b/">y</a> <a href="/shop/fr/a/" hreflang="fr">z</a>'
    assert found(links)[1] == [("language-link", "/shop/ is in another language, without hreflang")]
    assert found(links, "/shop/a/", home="/shop/", store="/shop/", search="", cart="")[1] == []


def test_forms_lead_to_the_checkout_of_this_store():
    def policy(target):
        return f'<meta http-equiv="Content-Security-Policy" content="form-action \'self\' {target}">'

    assert found(policy("https://pay.example"))[1] == []
    assert found(policy("https://pay.example"), checkout="https://pay.exämple/")[1] == []
    said = "form-action allows https://pay.evil, which is not the checkout"
    assert found(policy("https://pay.evil"))[1] == [("csp-weak", said)]


@pytest.mark.parametrize("text", ["{", "[]", "7", "null"])
def test_what_is_no_data(text):
    paths, [finding] = site_findings(Said("", "/", "", LineReader()), text, 1)
    assert paths == ()
    assert finding.rule == "bad-page-data"


def test_the_currency_that_a_cart_counts_in():
    assert counted_in('{"currency":"EUR"}') == "EUR"
    assert counted_in("{}") == ""
