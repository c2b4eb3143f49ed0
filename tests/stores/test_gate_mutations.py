"""Single faults planted in a built store that has none: each is found, by the right rule alone, at the right place.

What is changed are bytes of built files, so that the whole gate is tested: from the first byte of a page to the join of
all of them. The store itself has no finding, which is the other half of the proof.
"""

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from tests.stores.faultless import write_faultless
from tests.stores.gate_faults import FEED, GERMAN, H1, SITEMAP, SLIPPED, STYLES, Fault, after_heading
from tests.stores.gate_faults_afresh import AFRESH, MERIDIAN
from tests.stores.gate_faults_data import DATA

from shopwright.generation.manifest import packed
from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.reaudit import read_built
from shopwright.seo.gate.notes import notes_of
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.rules.every import RULES
from shopwright.seo.gate.verdict import judge
from shopwright.seo.gate.waivers import Waivers

DAY = dt.date(2026, 11, 23)
ORIGIN = "https://shop.example"
CART = "cart/index.html"
MANIFEST = "manifest.webmanifest"
MAIN = '<main id="main" tabindex="-1">'
CANONICAL = '<link rel="canonical" href="https://shop.example/products/luna/">'
BLACK_47 = '"availability":"https://schema.org/InStock","itemCondition":"https://schema.org/NewCondition"'


MARKUP = [
    Fault("html-syntax", H1, '<h1>Luna <b ="x">new</b></h1>', "is no attribute"),
    Fault("html-syntax", H1, "<h1>Luna < Sol</h1>", "'< Sol</h1>"),
    Fault("html-syntax", H1, after_heading("<div/>")[:-6] + "<div/></div>", "only elements without content"),
    Fault("html-syntax", 'class="page-product"', 'class="page-product"data-x', "no blank before the attribute"),
    Fault("html-syntax", H1, after_heading("<!-- never ends"), "never ends"),
    Fault("doctype", "<!doctype html>\n", "\n"),
    Fault("doctype", "<!doctype html>", '<!doctype html public "-//W3C//DTD XHTML 1.0//EN">', "DTD XHTML"),
    Fault("unclosed", H1, after_heading("<div class=lost>"), "<div>"),
    Fault("unclosed", H1, after_heading("<p><em>now</p>"), "<em>"),
    Fault("stray-end-tag", H1, after_heading("</span>"), "</span>"),
    Fault("stray-end-tag", H1, after_heading("<p>one<div>two</div></p>"), "</p>"),
    Fault("bad-nesting", H1, after_heading('<a href="/">a <a href="/cart/">b</a></a>'), '<a href="/cart/"> in a'),
    Fault("bad-nesting", H1, after_heading("<table>lost<tr><th>x</th></tr></table>"), "text in table: 'lost'"),
    Fault("bad-nesting", H1, after_heading("<button>x <input type=checkbox aria-label=y></button>"), "in button"),
    Fault("bad-nesting", H1, after_heading("<form><form></form></form>"), "<form> in form"),
    Fault("content-model", H1, after_heading("<ul><div>x</div></ul>"), "<div> in ul"),
    Fault("content-model", H1, after_heading("<span><div>x</div></span>"), "<div> in span"),
    Fault("content-model", H1, after_heading("<div><li>x</li></div>"), "<li> in div"),
    Fault("double-attribute", '<main id="main"', '<main id="main" class="a" class="b"', "class"),
    Fault("bad-reference", H1, "<h1>Luna &nosuch; x</h1>", "&nosuch; is no character reference"),
    Fault("bad-reference", H1, "<h1>Luna &copy 2026</h1>", "&copy lacks its semicolon"),
    Fault("control-character", H1, "<h1>Lu\x07na</h1>", "U+0007"),
    Fault("double-escape", H1, "<h1>Luna &amp;amp; Sol</h1>", "&amp;amp;"),
    Fault("template-leftover", H1, "<h1>Luna {{ product.title }}</h1>", "{{ product.title }}"),
    Fault("no-value", H1, after_heading("<p>undefined</p>"), "undefined"),
    Fault("no-value", H1, after_heading("<p>€NaN</p>"), "NaN"),
    Fault("no-value", 'class="page-product"', 'class="None"', 'class="None" on body'),
    Fault("double-id", 'id="offer"', 'id="price"', "price"),
    Fault("page-size", H1, after_heading(("x" * 99 + "\n") * 43_000), "characters"),
    Fault("page-heavy", H1, after_heading(("x" * 99 + "\n") * 5_400), "characters"),
    Fault("charset", '<meta charset="utf-8">', '<meta charset="latin1">', "latin1"),
    Fault("inline-code", H1, after_heading("<script>steal()</script>"), "the policy does not allow script"),
    Fault("inline-code", H1, '<h1 onclick="x()">Luna</h1>', "the handler onclick on h1"),
    Fault("inline-code", H1, '<h1 style="color:red">Luna</h1>', "a style attribute on h1"),
    Fault("inline-code", '<li><a href="/">Home', '<li><a href="JavaScript:x()">Home', "a javascript: address"),
    Fault("mixed-content", "</body>", '<iframe title="x" src="http://ads.example/"></iframe></body>', "http://ads.exam",
          also="policy-blocks"),
    Fault("http-link", H1, after_heading('<a href="http://old.example/">x</a>'), "http://old.example/"),
    Fault("blank-target", H1, after_heading('<a href="https://o.example/" target="_blank">x</a>'), "o.example"),
    Fault("csp-missing", '<meta http-equiv="Content-Security-Policy"', '<meta name="was-a-policy"', ""),
    Fault("csp-weak", "style-src 'self'", "style-src 'self' 'unsafe-inline'", "style-src allows 'unsafe-inline'"),
    Fault("csp-weak", "base-uri 'none'; ", "", "no base-uri"),
    Fault("csp-weak", "script-src 'self'", "script-src 'self' https:", "script-src allows https:"),
]  # fmt: skip

ACCESS = [
    Fault("viewport", 'name="viewport" content="width=device-width, initial-scale=1"', 'name="view" content=""'),
    Fault("zoom-blocked", "initial-scale=1", "initial-scale=1, user-scalable=no", "user-scalable=no"),
    Fault("no-lang", '<html lang="en" dir="ltr">', '<html dir="ltr">', page="/404.html", file="404.html"),
    Fault("bad-lang", '<html lang="en" dir="ltr">', '<html lang="en-UK" dir="ltr">', "en-UK", "cart/index.html",
          also="bad-page-data"),
    Fault("bad-lang", H1, '<h1 lang="xx-Wrong">Luna</h1>', "xx-Wrong"),
    Fault("wrong-dir", '<html lang="ar" dir="rtl">', '<html lang="ar">', "lang=ar", "ar/cart/index.html"),
    Fault("no-title", "<title>Cart | Small Shop</title>", "<title> </title>", "", CART),
    Fault("h1-count", H1, "<p>Luna</p>", "0"),
    Fault("h1-count", H1, after_heading("<h1>Sol</h1>"), "2"),
    Fault("heading-skip", '<h2 id="description">Description</h2>', '<h4 id="description">D</h4>', "h1 to h4"),
    Fault("empty-heading", H1, after_heading("<h2> </h2>"), "<h2>"),
    Fault("no-main", MAIN, MAIN + "<main></main>", "2 main elements"),
    Fault("landmark-name", '<nav aria-labelledby="footer-shop">', "<nav>", "called ''"),
    Fault("no-skip-link", '<a class="skip" href="#main">', '<a class="skip" href="/about/">', "a header"),
    Fault("no-label", '<label for="find-text">', "<label>", "q"),
    Fault("empty-link", '<a class="wordmark" href="/">Small Shop</a>', '<a class="wordmark" href="/"></a>', "wordmark"),
    Fault("empty-link", ">Add to cart</button>", "></button>", 'id="add"'),
    Fault("frame-title", H1, after_heading('<iframe src="/about/"></iframe>'), "/about/", also="policy-blocks"),
    Fault("bad-role", 'role="search"', 'role="serach"', 'role="serach"'),
    Fault("bad-aria", 'aria-live="polite"', 'aria-live="loud"', 'aria-live="loud"'),
    Fault("bad-aria", 'aria-live="polite"', 'aria-lively="polite"', "aria-lively"),
    Fault("dead-reference", 'aria-labelledby="related"', 'aria-labelledby="relatives"', "relatives"),
    Fault("dead-reference", 'popovertarget="find"', 'popovertarget="found"', 'popovertarget="found"'),
    Fault("tabindex", 'aria-label="Pictures" tabindex="0"', 'aria-label="Pictures" tabindex="3"', 'tabindex="3"'),
    Fault("hidden-focusable", H1, after_heading('<div aria-hidden="true"><a href="/">x</a></div>'), '<a href="/">'),
    Fault("double-accesskey", H1, after_heading("<p accesskey=a>x</p><p accesskey=a>y</p>"), "a"),
    Fault("autocomplete", 'type="search" autocomplete="off"', 'type="search" autocomplete="fullname"', "fullname"),
    Fault("no-alt", 'alt="A frame" class="ph-110" fetchpriority', 'class="ph-110" fetchpriority', "7448757aedc840fa"),
    Fault("alt-file-name", 'alt="A frame" class="ph-110" fetch', 'alt="IMG_01.JPG" class="ph-110" fetch', "IMG_01.JPG"),
    Fault("alt-repeats", H1, after_heading('<a href="/"><img src="/assets/icon-192.82db905094420101.png" alt="Home" '
          'width="1" height="1"> Home</a>'), "'Home'"),
    Fault("table-header", MAIN, MAIN + "<table><tr><td>x</td></tr></table>", "1 tables", "about/index.html"),
    Fault("contrast", "--muted:", "--muted:#ccc;--was:", "--muted #cccccc on --page", STYLES,
          also="asset-changed"),
]  # fmt: skip

SEARCH = [
    Fault("title-length", "<title>Luna | Small Shop", "<title>" + "Luna and " * 25, "characters"),
    Fault("no-description", '<meta name="description" content="A round frame of acetate.">\n', ""),
    Fault("description-length", 'name="description" content="', 'name="description" content="' + "Round " * 60, "char"),
    Fault("same-title", "<title>Sol | Small Shop", "<title>Luna | Small Shop", "of /products/luna/",
          "products/sol/index.html"),
    Fault("same-description", 'name="description" content="A square frame of titanium."',
          'name="description" content="A round frame of acetate."', "of /products/luna/", "products/sol/index.html"),
    Fault("canonical", CANONICAL, CANONICAL + CANONICAL, "2 canonical links"),
    Fault("canonical", CANONICAL, CANONICAL.replace("luna", "sol"), "is not the page's own address"),
    Fault("canonical", CANONICAL, CANONICAL.replace("https://shop.example", ""), "is not absolute"),
    Fault("canonical", CANONICAL, "", "0 canonical links"),
    Fault("alternate-self", 'hreflang="en" href="https://shop.example/', 'hreflang="fr" href="https://shop.example/',
          "its own link says fr", also="alternate-not-mutual sitemap"),
    Fault("bad-hreflang", 'lang="de" hreflang="de">', 'lang="de" hreflang="d3">', 'hreflang="d3"',
          also="language-link"),
    Fault("bad-hreflang", '<link rel="alternate" hreflang="de"', '<link rel="alternate" hreflang="de-UK"', "de-UK",
          also="alternate-not-mutual sitemap"),
    Fault("alternate-self", 'hreflang="x-default"', 'hreflang="es"', "no x-default",
          also="alternate-not-mutual sitemap"),
    Fault("alternate-not-mutual", '<link rel="alternate" hreflang="ar" href="https://shop.example/ar/products/luna/">\n',
          "", "has other hreflang links", GERMAN, "/products/luna/", also="sitemap"),
    Fault("open-graph", '<meta property="og:type" content="product">', "", "no og:type"),
    Fault("open-graph", '"og:url" content="https://shop.example/products/luna/"',
          '"og:url" content="https://shop.example/"', "is not the page's own address"),
    Fault("share-picture", '"og:image:width" content="1200"', '"og:image:width" content="1201"', "the page says 1201"),
    Fault("no-size", 'width="1024" height="768" alt="A frame" class="ph-110" fetchpriority',
          'width="1024" alt="A frame" class="ph-110" fetchpriority', "7448757aedc840fa"),
    Fault("loading", 'fetchpriority="high"', 'fetchpriority="high" loading="lazy"', "a lazy picture"),
    Fault("loading", 'class="ph-110" loading="lazy"', 'class="ph-110" fetchpriority="high"', "2 pictures"),
    Fault("bad-json-ld", '{"@context":"https://schema.org","@graph":[', '{"@context":"https://schema.org","@graph":[,'),
    Fault("bad-json-ld", '{"@context":"https://schema.org",', "{", "no @context"),
    Fault("unknown-type", '{"@type":"Brand"', '{"@type":"Brandy"', "Brandy"),
    Fault("unknown-property", '"productGroupID"', '"productGroupId"', "productGroupId of ProductGroup",
          also="sku-mismatch"),
    Fault("unknown-property", '"sku":"LUNA-47","color"', '"sku":"LUNA-47","price":"129.00","color"', "Product has no"),
    Fault("bad-value", BLACK_47, BLACK_47.replace("NewCondition", "NewishCondition"), "NewishCondition",
          also="condition-mismatch"),
    Fault("bad-value", '"addressCountry":"DE"', '"addressCountry":"Germany"', "addressCountry 'Germany'"),
    Fault("bad-value", '"position":2', '"position":3', "positions of BreadcrumbList"),
    Fault("bad-value", '"image":["https://shop.example/', '"image":["/', "is no absolute address"),
    Fault("bad-gtin", '"gtin13":"4006381333931"', '"gtin13":"4006381333932"', "wrong check digit", also="sku-mismatch"),
    Fault("bad-gtin", '"gtin13":"4006381333931"', '"gtin13":"400638133393"', "length", also="sku-mismatch"),
    Fault("missing-property", '"@type":"Brand","name":"Lumen"', '"@type":"Brand","slogan":"Lumen"', "name of Brand"),
    Fault("missing-property", '"price":"129.00","priceCurrency":"EUR",', '"priceCurrency":"EUR",', "price or",
          also="price-mismatch"),
    Fault("dead-node", '"shippingDetails":[{"@id":"#shipping-de"}]', '"shippingDetails":[{"@id":"#shipping-at"}]',
          "#shipping-at"),
    Fault("dead-node", '{"@id":"https://shop.example/#store"}', '{"@id":"https://shop.example/#shop"}', "#shop"),
    Fault("price-mismatch", '<data class="price-now" value="129.00">', '<data class="price-now" value="99.00">',
          "'99' in the page"),
    Fault("price-mismatch", 'amount" content="129.00"', 'amount" content="119.00"', "'119' in Open Graph"),
    Fault("price-mismatch", '"amount":12900', '"amount":12800', "'128' in the cart's data"),
    Fault("price-mismatch", "<g:price>129.00 EUR", "<g:price>139.00 EUR", "'139' in the merchant feed", FEED, FEED),
    Fault("currency-mismatch", 'price:currency" content="EUR"', 'price:currency" content="USD"', "'USD' in Open Graph"),
    Fault("currency-mismatch", 'data-currency="EUR"', 'data-currency="CHF"', "'CHF' in the page"),
    Fault("currency-mismatch", "<g:price>129.00 EUR", "<g:price>129.00 GBP", "'GBP' in the merchant feed", FEED, FEED,
          also="feed"),
    Fault("availability-mismatch", 'availability" content="in stock"', 'availability" content="preorder"', "preorder"),
    Fault("availability-mismatch", 'data-code="in_stock"', 'data-code="out_of_stock"', "'outofstock' in the page"),
    Fault("availability-mismatch", "<g:availability>in_stock", "<g:availability>out_of_stock", "", FEED, FEED),
    Fault("sku-mismatch", '"item":"LUNA-49"', '"item":"LUNA-50"', "'LUNA-50'"),
    Fault("sku-mismatch", "<g:id>LUNA-49<", "<g:id>LUNA-51<", "'LUNA-51'", FEED, FEED),
]  # fmt: skip

SITE = [
    Fault("headers", "Permissions-Policy", "Permission", "no permissions-policy for all files", "_headers", "_headers"),
    Fault("dead-link", '<li><a href="/">Home', '<li><a href="/gone/">Home', "/gone/"),
    Fault("dead-link", "7448757aedc840fa-1024.png 1024w", "7448757aedc840fb-1024.png 1024w", "7448757aedc840fb"),
    Fault("dead-link", 'rel="manifest" href="/manifest', 'rel="manifest" href="/no-manifest', "/no-manifest"),
    Fault("dead-fragment", 'href="#main"', 'href="#mane"', "#mane", also="no-skip-link"),
    Fault("dead-fragment", '<a href="/about/">About us', '<a href="/about/#team">About us', "/about/#team"),
    Fault("sitemap", "<loc>https://shop.example/about/</loc>", "<loc>https://shop.example/cart/</loc>",
          "https://shop.example/cart/ says noindex", SITEMAP, SITEMAP),
    Fault("sitemap", "<loc>https://shop.example/about/</loc>", "<loc>https://shop.example/nowhere/</loc>",
          "https://shop.example/nowhere/ is no page of the site", SITEMAP, SITEMAP),
    Fault("sitemap", "</urlset>", "", "no element found", SITEMAP, SITEMAP),
    Fault("sitemap", "sitemap-1.xml</loc>", "sitemap-2.xml</loc>", "there is none", "sitemap.xml", "sitemap-2.xml"),
    Fault("robots", "Allow: /", "Disallow: /assets/", "keeps crawlers from /assets/", "robots.txt", "robots.txt"),
    Fault("robots", "Sitemap: https://shop.example/sitemap.xml", "", "it does not name the sitemap", "robots.txt",
          "robots.txt"),
    Fault("manifest", '"start_url": "/"', '"start_url": "/start/"', "/start/", MANIFEST, MANIFEST),
    Fault("manifest", '"icons": [', '"icons": [{"src": "/no.png", "sizes": "1x1"},', "/no.png", MANIFEST, MANIFEST),
    Fault("manifest", '"name": "Small Shop",', "", "no name", MANIFEST, MANIFEST),
    Fault("feed", "<title>Luna, Black, 47</title>", "<title></title>", "'LUNA-47' has no title", FEED, FEED),
    Fault("feed", "products/luna/?variant=black-47</link>", "products/lun/</link>", "no page of the site", FEED, FEED,
          also="sku-mismatch"),
    Fault("feed", "<g:availability>in_stock", "<g:availability>plenty", "'plenty'", FEED, FEED),
    Fault("feed", "<g:image_link>", "<g:picture>", "", FEED, FEED),
    Fault("feed", "</channel>", "", "mismatched tag", FEED, FEED),
    Fault("feed", "<g:id>LUNA-49<", "<g:id>LUNA-47<", "'LUNA-47' stands twice", FEED, FEED, also="sku-mismatch"),
    Fault("headers", "X-Content-Type-Options: nosniff", "X-Other: nosniff", "no x-content-type-options", "_headers",
          "_headers"),
    Fault("headers", "Strict-Transport-Security", "Strict-Transport", "strict-transport-security", "_headers",
          "_headers"),
    Fault("csp-weak", "Content-Security-Policy: default-src 'none'; script-src 'self'",
          "Content-Security-Policy: default-src 'none'; script-src *", "script-src allows *", "_headers", "_headers"),
    Fault("mixed-content", "@font-face{", "@import 'http://x.example/y.css';@font-face{", "style sheet", STYLES,
          also="asset-changed"),
]  # fmt: skip

FAULTS = [*MARKUP, *ACCESS, *SEARCH, *SITE, *SLIPPED, *AFRESH, *DATA]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The store, built once; its date is the only clock."""
    return built(tmp_path_factory.mktemp("gate"))


@pytest.fixture(scope="module")
def in_meridian(tmp_path_factory):
    """The same store in the other built-in theme."""
    return built(tmp_path_factory.mktemp("meridian"), theme="meridian")


def built(work, **settings):
    source = write_faultless(work / "store", **settings)
    order = Order(source, work / "site", dt.datetime(2026, 11, 23, tzinfo=dt.UTC), work / "cache", 1)
    build_store(order, lambda *_: None)
    return read_built(work / "site")


def found(site):
    """Every finding that is no mere advice."""
    verdict = judge(site, Waivers((), DAY))
    kept = itertools.chain.from_iterable(verdict.kept.values())
    return [finding for finding in kept if RULES[finding.rule].severity != "advice"]


def planted(site, file, data, tmp_path):
    """The site with other bytes in one file; a page is inspected again."""
    (tmp_path / "changed").write_bytes(data)
    address = next(address for address, name in site.files.items() if name == file)
    pages = dict(site.pages)
    if file.endswith(".html"):
        pages[address] = packed(notes_of(inspect(data.decode(), address, ORIGIN)))
    return replace(site, pages=pages, place=lambda name: tmp_path / "changed" if name == file else site.place(name))


def test_the_store_has_no_finding(site):
    assert found(site) == []
    assert len(site.pages) == 42


def test_there_are_enough_faults():
    assert len(FAULTS) + len(MERIDIAN) >= 380
    tested = {fault.rule for fault in FAULTS}
    elsewhere = {"orphan-page", "redirect", "link-moved", "bad-waiver", "unused-waiver"}
    assert set(RULES) - tested - elsewhere - {"recommended-property", "no-landmark"} == set()


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{number}-{each.rule}" for number, each in enumerate(FAULTS)])
def test_each_fault_is_found(site, fault, tmp_path):
    check(site, fault, tmp_path)


@pytest.mark.parametrize("fault", MERIDIAN, ids=[f"{number}-{each.rule}" for number, each in enumerate(MERIDIAN)])
def test_each_fault_is_found_in_the_other_theme(in_meridian, fault, tmp_path):
    assert found(in_meridian) == []
    check(in_meridian, fault, tmp_path)


def check(site, fault, tmp_path):
    """The rule that is broken says so, at its place, and no other rule but those it drags along."""
    pattern = fault.file
    file = next(name for name in site.files.values() if name == pattern or _fits(name, pattern))
    text = site.text(file)
    assert fault.old in text
    changed = planted(site, file, text.replace(fault.old, fault.new, 1).encode(), tmp_path)
    findings = found(changed)
    assert {finding.rule for finding in findings} == {fault.rule, *fault.also.split()}
    page = fault.page or (file if not file.endswith(".html") else "/" + file.removesuffix("index.html"))
    named = [finding for finding in findings if finding.rule == fault.rule and finding.page == page]
    assert any(fault.said in finding.what for finding in named), findings


def _fits(name, pattern):
    start, star, end = pattern.partition("*")
    return bool(star) and name.startswith(start) and name.endswith(end)


def with_file(site, name, text, tmp_path):
    """The site with one file more."""
    (tmp_path / "added").write_text(text)
    place = site.place
    return replace(
        site,
        files={**site.files, f"/{name}": name},
        place=lambda each: tmp_path / "added" if each == name else place(each),
    )


def without(site, name):
    """The site without one file."""
    files = {address: each for address, each in site.files.items() if each != name}
    pages = {address: notes for address, notes in site.pages.items() if address in files}
    return replace(site, files=files, pages=pages, place=lambda each: site.place(each if each != name else "gone"))


def said(site):
    return {(finding.rule, finding.page, finding.what) for finding in found(site)}


def test_a_file_that_is_lost_is_missed_by_every_page(site):
    lost = found(without(site, "assets/icon-192.82db905094420101.png"))
    assert {finding.rule for finding in lost} == {"manifest"}
    styles = next(name for name in site.files.values() if name.endswith(".css"))
    missed = found(without(site, styles))
    assert {(finding.rule, finding.what) for finding in missed} == {("dead-link", f"/{styles}")}
    assert {finding.page for finding in missed} == {*site.pages, "sw.js"}
    assert missed[0].line > 10


@pytest.mark.parametrize("name", ["feeds/google.xml", "de/feeds/google.xml"])
def test_a_merchant_feed_that_is_lost_is_missed_by_every_product(site, name):
    home = "/" + name.removesuffix("feeds/google.xml")
    assert said(without(site, name)) == {
        ("sku-mismatch", f"{home}products/luna/", "the merchant feed lacks 'LUNA-47', 'LUNA-49'"),
        ("sku-mismatch", f"{home}products/sol/", "the merchant feed lacks 'sol-b'"),
    }


@pytest.mark.parametrize(("item", "page"), [("LUNA-49", "luna"), ("sol-b", "sol")])
def test_an_item_that_a_merchant_feed_lacks(site, tmp_path, item, page):
    lines = site.text(FEED).split("\n")
    kept = [line for line in lines if f"<g:id>{item}<" not in line]
    changed = planted(site, FEED, "\n".join(kept).encode(), tmp_path)
    assert said(changed) == {("sku-mismatch", f"/products/{page}/", f"the merchant feed lacks '{item}'")}


def test_an_item_may_stand_in_the_feed_for_another_product_with_the_same_id(site, tmp_path):
    page = site.text("products/sol/index.html").replace("sol-b", "LUNA-49")
    changed = planted(site, "products/sol/index.html", page.encode(), tmp_path)
    findings = [finding for finding in found(changed) if finding.page != FEED]
    assert findings == []


@pytest.mark.parametrize(("name", "by"), [("sw.js", 42), ("404.html", 3), ("search/products-1.json", 1)])
def test_other_files_that_are_lost(site, name, by):
    lost = [finding for finding in found(without(site, name)) if finding.rule == "dead-link"]
    assert len(lost) == by
    assert {finding.what for finding in lost} <= {f"/{name}", "no page for addresses where nothing is"}


def test_a_page_that_is_lost_is_missed_by_its_versions_and_lists(site):
    rules = {finding.rule for finding in found(without(site, "de/about/index.html"))}
    assert rules == {"dead-link", "alternate-not-mutual", "sitemap"}


@pytest.mark.parametrize("name", ["robots.txt", "_headers", "sitemap-1.xml"])
def test_a_file_that_every_site_has(site, name):
    rule = {"robots.txt": "robots", "_headers": "headers", "sitemap-1.xml": "sitemap"}[name]
    assert (rule, name, "there is none") in said(without(site, name))


def test_a_page_that_no_page_leads_to_and_no_sitemap_lists(site, tmp_path):
    page = site.text("about/index.html").replace("/about/", "/alone/").replace("About us | ", "Alone | ")
    changed = with_file(site, "alone/index.html", page, tmp_path)
    seen = notes_of(inspect(page, "/alone/", ORIGIN))
    changed = replace(
        changed, files={**site.files, "/alone/": "alone/index.html"}, pages={**site.pages, "/alone/": packed(seen)}
    )
    findings = said(changed)
    assert ("orphan-page", "/alone/", "no page of the site links it") in findings
    assert ("sitemap", "sitemap.xml", "it lacks /alone/") in findings


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/old/ /gone/ 301", "/old/ leads to /gone/, which is not there"),
        ("/old/ /older/ 301\n/older/ /about/ 301", "/old/ leads to /older/, which has moved too"),
        ("/about/ /cart/ 301", "/about/ is a page of the site"),
        ("/old/ /about/ 302", "/old/ has the status 302"),
    ],
)
def test_redirects_lead_to_a_page_in_one_step(site, tmp_path, line, what):
    assert said(with_file(site, "_redirects", line, tmp_path)) >= {("redirect", "_redirects", what)}
    assert said(with_file(site, "_redirects", "/old/ /about/ 301\n# no rule\n/gone/ - 410\n", tmp_path)) == set()


def test_links_lead_to_where_a_page_is_now(site, tmp_path):
    html = site.text("about/index.html").replace('href="/cart/"', 'href="/basket/"', 1)
    assert '"/basket/"' in html
    changed = planted(site, "about/index.html", html.encode(), tmp_path)
    changed = with_file(changed, "_redirects", "/basket/ /cart/ 301\n", tmp_path)
    assert said(changed) == {("link-moved", "/about/", "/basket/ is now /cart/")}
