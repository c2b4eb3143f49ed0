"""A whole site, judged: ``tests/stores/test_gate_mutations.py`` plants every fault; here is what it cannot have.

(shopwright.seo.gate.built_site, shopwright.seo.gate.feed_items, shopwright.seo.gate.feeds,
shopwright.seo.gate.sitemaps, shopwright.seo.gate.header_file, shopwright.seo.gate.join,
shopwright.seo.gate.manifest_file, shopwright.seo.gate.product_lists,
shopwright.seo.gate.offers, shopwright.seo.gate.site_files)
"""

import datetime as dt

import orjson
import pytest

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.feeds import feed_findings
from shopwright.seo.gate.notes import notes_of
from shopwright.seo.gate.offers import differences, offered, read_cart_data
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.site_files import file_findings
from shopwright.seo.gate.sitemaps import parse_fault
from shopwright.seo.gate.verdict import MOST_KEPT, Verdict, judge
from shopwright.seo.gate.waivers import Waivers

ORIGIN = "https://shop.example"
NOBODY = Waivers((), dt.date(2026, 11, 23))


@pytest.fixture
def site(tmp_path):
    """A site of files given by name."""

    def make(**files):
        named = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
        pages = {}
        for name, text in named.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
            if name.endswith(".html"):
                pages[f"/{name.removesuffix('index.html')}"] = orjson.dumps(notes_of(inspect(text, f"/{name}", ORIGIN)))
        addresses = {f"/{name.removesuffix('index.html')}": name for name in named}
        return BuiltSite(pages, addresses, lambda name: tmp_path / name, ORIGIN, "")

    return make


def found(findings, rule):
    return [finding.what for finding in findings if finding.rule == rule]


def test_findings_are_counted_and_so_many_kept(site):
    pages = {f"p{number}__index_dot_html": "<p>" for number in range(MOST_KEPT + 3)}
    verdict = judge(site(**pages), NOBODY)
    assert verdict.counts["no-title"] == MOST_KEPT + 3
    assert len(verdict.kept["no-title"]) == MOST_KEPT
    assert verdict.pages == MOST_KEPT + 3
    assert not verdict.passed
    assert verdict.as_json()["rules"]["no-title"]["count"] == MOST_KEPT + 3


def test_an_empty_verdict_passes():
    assert Verdict().as_json()["findings"] == {"rules": 100, "error": 0, "warning": 0, "advice": 0, "waived": 0}


def test_xml_that_declares_entities_is_refused(site):
    assert parse_fault(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>") == "it has a document type declaration"
    feed = site(feeds__google_dot_xml="<!DOCTYPE rss><rss/>")
    assert found(feed_findings(feed), "feed") == ["it has a document type declaration"]


def test_news_feeds(site):
    text = "<rss><channel><item><title>x</title><link>https://shop.example/gone/</link></item><item/></channel></rss>"
    assert found(feed_findings(site(news_dot_rss=text)), "feed") == [
        "an item leads to https://shop.example/gone/, which is no page of the site",
        "an item has no title",
        "an item has no link",
    ]


def test_a_sitemap_without_an_index(site):
    text = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://shop.example/</loc></url><url><loc>https://shop.example/</loc></url></urlset>"
    one = site(sitemap_dot_xml=text, index_dot_html="<p>")
    assert found(file_findings(one), "sitemap") == ["https://shop.example/ stands twice"]


def test_manifests_that_cannot_be_read_or_lack_icons(site):
    broken = site(manifest_dot_webmanifest="{")
    assert len(found(file_findings(broken), "manifest")) == 1
    small = orjson.dumps(
        {"name": "x", "start_url": "/", "display": "browser", "icons": [{"src": "/i", "sizes": "1x1"}]}
    ).decode()
    said = found(file_findings(site(manifest_dot_webmanifest=small, index_dot_html="", i="")), "manifest")
    assert said == ["no icon of 192x192, 512x512"]


def test_frames_of_others(site):
    policy = "default-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    text = f"/*\n  Content-Security-Policy: {policy}\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: sniff\n"
    said = found(file_findings(site(_headers=text)), "headers")
    assert said == [
        "x-content-type-options is 'sniff'",
        "no cross-origin-opener-policy for all files",
        "no permissions-policy for all files",
        "any site may show the store in a frame",
        "no strict-transport-security of half a year for all files",
        "browsers do not keep /assets/*",
    ]


STRICT = (
    "/*\n  Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; frame-ancestors 'none'\n  Referrer-Policy: no-referrer\n"
    "  X-Content-Type-Options: nosniff\n  X-Frame-Options: DENY\n  Cross-Origin-Opener-Policy: same-origin\n"
    "  Permissions-Policy: camera=(), geolocation=(), microphone=()\n  Strict-Transport-Security: max-age=31536000\n"
    "/assets/*\n  Cache-Control: max-age=31536000\n"
)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("max-age=31536000\n/", "max-age=0\n/", "no strict-transport-security of half a year for all files"),
        ("no-referrer", "unsafe-url", "referrer-policy is 'unsafe-url'"),
        ("frame-ancestors 'none'", "frame-ancestors *", "any site may show the store in a frame"),
        (
            "31536000\n/",
            "31536000\n/p/*\n  ! Content-Security-Policy\n/",
            "! content-security-policy takes the header away from /p/*",
        ),
        ("31536000\n/", "31536000\n/p/*\n  X-Robots-Tag: noindex\n/", "x-robots-tag hides /p/* from search engines"),
    ],
)
def test_headers_that_are_there_and_protect_nobody(site, old, new, what):
    assert found(file_findings(site(_headers=STRICT)), "headers") == []
    [said] = found(file_findings(site(_headers=STRICT.replace(old, new))), "headers")
    assert what in said


@pytest.mark.parametrize(
    ("price", "sale", "what"),
    [
        ("9.00", "8.00 EUR", "the price of 'a' has no currency"),
        ("9.00 EUR", "8.00 USD", "the sale_price of 'a' is not in EUR"),
    ],
)
def test_feeds_name_one_currency(site, price, sale, what):
    item = f"<item><g:id>a</g:id><g:price>{price}</g:price><g:sale_price>{sale}</g:sale_price></item>"
    text = f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{item}</channel></rss>'
    assert what in found(feed_findings(site(feed_dot_xml=text)), "feed")


def test_feeds_show_pictures_that_are_there(site):
    item = f"<item><g:id>a</g:id><g:image_link>{ORIGIN}/lost.jpg</g:image_link></item>"
    text = f'<rss xmlns:g="http://base.google.com/ns/1.0"><channel>{item}</channel></rss>'
    assert "'a' shows /lost.jpg, which is not there" in found(feed_findings(site(feed_dot_xml=text)), "feed")


def test_offers_as_they_are_written():
    assert offered("1", "129.00", "EUR", "https://schema.org/InStock") == offered("1", "129", "EUR", "in stock")
    assert offered("1", "much", "EUR", "").price == "much"
    assert read_cart_data("{").fault.startswith("unexpected end")
    assert read_cart_data("[]").fault == "no list of variants"
    yen = '{"variants":[{"id":"a","price":{"amount":1200,"value":"1200","currency":"JPY"}},{"id":"b","price":null}]}'
    assert read_cart_data(yen) == ((offered("a", "1200", "JPY", "")._replace(variant="a"),), (), "", "", "", "", ())
    assert list(differences({"1": offered("1", "5", "EUR", "x")}, [offered("1", "", "", "")], "y")) == []
    lost = differences({"1": offered("1", "", "", "x")}, [offered("1", "5", "", "x")], "y")
    assert list(lost) == [("price-mismatch", "'1' is '' in structured data, '5' in y")]
