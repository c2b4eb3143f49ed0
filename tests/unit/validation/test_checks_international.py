import json

import pytest

from shopwright.validation.checkout import EXAMPLE, Checkout
from shopwright.validation.checks_international import international, machines

STORE = """name: Example
locales: [en, ar]
currency: EUR
markets: [{name: Gulf, countries: [AE], currency: AED, locales: [ar]}]
"""
ITEM = (
    "<item><g:id>A</g:id><title>Luna</title><link>x</link><g:image_link>y</g:image_link><g:condition>new</g:condition>"
    "<g:availability>preorder</g:availability><g:price>{}</g:price>{}</item>"
)
URLS = {"en": "https://shop.example/", "ar": "https://shop.example/ar/"}


def page(locale, price, currency, alternates=None, direction=None):
    """A page that offers one product."""
    links = alternates or {**URLS, "x-default": URLS["en"]}
    offer = {"@type": "Offer", "price": price, "priceCurrency": currency, "availability": "https://schema.org/PreOrder"}
    data = json.dumps({"@graph": [{"@type": "Product", "sku": "A", "offers": offer}]})
    head = "".join(f'<link rel="alternate" hreflang="{code}" href="{url}">' for code, url in links.items())
    direction = direction or ("rtl" if locale == "ar" else "ltr")
    return (
        f'<!doctype html><html lang="{locale}" dir="{direction}"><link rel="canonical" href="{URLS[locale]}">{head}'
        f'<script type="application/ld+json">{data}</script>'
    )


def feed(price, more=""):
    return f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{ITEM.format(price, more)}</channel></rss>'


def urlset(*urls):
    lines = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'


GOOD = {
    "index.html": page("en", "10.00", "EUR"),
    "ar/index.html": page("ar", "50.00", "AED"),
    "404.html": '<meta name="robots" content="noindex">',
    ".shopwright/audit.html": "<title>Report</title>",
    "feeds/google.xml": feed("12.00 EUR", "<g:sale_price>10.00 EUR</g:sale_price>"),
    "ar/feeds/google.xml": feed("50.00 AED"),
    "feeds/new.xml": "<rss/>",
    "ar/feeds/new.xml": "<rss/>",
    "robots.txt": "User-agent: *\nAllow: /\n\nSitemap: https://shop.example/sitemap.xml\n",
    "sitemap.xml": '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
    "<loc>https://shop.example/sitemap-1.xml</loc></sitemap></sitemapindex>",
    "sitemap-1.xml": urlset(*URLS.values()),
}


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose example store is built already, with some of its files changed."""

    def make(**changes):
        made = Checkout(tmp_path, tmp_path / "work")
        for name, text in {**GOOD, **{name.replace("__", "/"): text for name, text in changes.items()}}.items():
            place = tmp_path / "site" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        (tmp_path / EXAMPLE).mkdir(parents=True)
        (tmp_path / EXAMPLE / "store.yaml").write_text(STORE)
        vars(made)["example"] = tmp_path / "site"
        return made

    return make


def test_a_store_in_two_markets(checkout):
    result = international(checkout())
    assert result.figure == "2 of 2 pages in 2 languages, 2 of 2 offers in their market's currency"
    assert result.passed


@pytest.mark.parametrize(
    "changed",
    [
        page("ar", "50.00", "EUR"),
        page("ar", "50.00", "AED", direction="ltr"),
        page("ar", "50.00", "AED", alternates={"en": URLS["en"], "ar": URLS["ar"]}),
        page("ar", "50.00", "AED", alternates={**URLS, "x-default": URLS["ar"]}),
    ],
)
def test_what_is_wrong_with_a_page_fails(checkout, changed):
    assert not international(checkout(**{"ar/index.html": changed})).passed


def test_feeds_sitemaps_and_pages_agree(checkout):
    result = machines(checkout())
    assert result.figure == "2 of 2 addresses, 2 of 2 items as on their pages, 2 of 2 news"
    assert result.passed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("feeds/google.xml", feed("12.00 EUR")),
        ("ar/feeds/google.xml", "<rss/>"),
        ("sitemap-1.xml", urlset(URLS["en"])),
        ("sitemap-1.xml", urlset(*URLS.values(), "https://shop.example/404.html")),
        ("robots.txt", "User-agent: *\nDisallow: /assets\nSitemap: https://shop.example/sitemap.xml\n"),
        ("robots.txt", "User-agent: *\nAllow: /\n"),
    ],
)
def test_what_does_not_agree_fails(checkout, name, text):
    assert not machines(checkout(**{name: text})).passed


def test_missing_news_fail(checkout):
    made = checkout()
    (made.example / "ar/feeds/new.xml").unlink()
    assert not machines(made).passed
