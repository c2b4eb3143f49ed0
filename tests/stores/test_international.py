"""Markets, languages and addresses over several builds of one store, with real pages and real answers."""

import http.client
import re
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from urllib.parse import quote, unquote

import orjson
from tests.loopback import running
from tests.stores.small import product, write_source

from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer, load_trust
from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.hosts import one_site
from shopwright.storage.serving.release_site import ReleaseSite
from shopwright.storage.serving.server import open_server

GULF = {"name": "Gulf", "countries": ["AE"], "currency": "AED", "locales": ["ar"]}
SHIPPING = [
    {"country": "DE", "price": {"amount": 490, "currency": "EUR"}},
    {"country": "AE", "price": {"amount": 7_500, "currency": "AED"}},
]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ARABIC = "نظارة-لونا"


def sold(handle, amount=12_900, dirhams=None, **values):
    """A product with a price of its own in the market Gulf, if it has one there."""
    (variant,) = product(handle)["variants"]
    variant["price"] = {"amount": amount, "currency": "EUR"}
    if dirhams:
        variant["markets"] = [{"market": "Gulf", "price": {"amount": dirhams, "currency": "AED"}}]
    return product(handle, variants=[variant], **values)


def names(**slugs):
    """Translated handles."""
    return {"translations": {locale: {"title": slug, "handle": slug} for locale, slug in slugs.items()}}


def page(site, address):
    return (site / unquote(address).lstrip("/") / "index.html").read_text("utf-8")


def data(html, name):
    return orjson.loads(re.search(rf'<script[^>]*id="{name}"[^>]*>(.*?)</script>', html, re.DOTALL)[1])


def offers(html):
    """Price and currency of every Offer of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return re.findall(r'"price":"([0-9.]+)","priceCurrency":"([A-Z]{3})"', "".join(found))


def test_a_locale_sells_in_the_currency_of_its_market_everywhere(tmp_path, build):
    records = [sold("luna", dirhams=55_000, **names(ar=ARABIC)), sold("sol")]
    source = write_source(tmp_path / "src", records, markets=[GULF], shipping=SHIPPING)
    built = build(source, tmp_path / "site")
    site = tmp_path / "site"
    told = [fault.message for fault in built.faults if fault.code == "market-without-price"]
    assert [text.split(". ")[0] for text in told] == ["In the market Gulf, variants without a price in AED: 1 (of sol)"]

    address = f"/ar/products/{quote(ARABIC)}/"
    arabic, english = page(site, address), page(site, "/products/luna/")
    assert (offers(arabic), offers(english)) == ([("550.00", "AED")], [("129.00", "EUR")])
    assert data(arabic, "product-data")["variants"][0]["price"]["currency"] == "AED"
    assert (data(arabic, "site-data")["market"], data(arabic, "site-data")["currency"]) == ("Gulf", "AED")
    assert (data(english, "site-data")["market"], data(english, "site-data")["currency"]) == (None, "EUR")
    assert '"addressCountry":"AE"' in arabic
    assert "EUR" not in arabic.replace("shopwright", "")
    assert "AED" not in english

    (unsold,) = data(page(site, "/ar/products/sol/"), "product-data")["variants"]
    assert (unsold["price"], unsold["buyable"], unsold["availability"]["code"]) == (None, False, "out_of_stock")
    listed = orjson.loads((site / "ar/collections/round/products-1.json").read_bytes())["products"]
    assert {each["url"]: each["price"] and each["price"]["currency"] for each in listed} == {
        address: "AED", "/ar/products/sol/": None,
    }  # fmt: skip
    found = orjson.loads((site / "ar/search/products-1.json").read_bytes())["products"]
    assert {each["price"] and each["price"]["amount"] for each in found} == {55_000, None}
    assert (site / "ar/feeds/google.xml").read_text().count("<g:price>550.00 AED</g:price>") == 1
    assert (site / "feeds/google.xml").read_text().count(" EUR</g:price>") == 4, (
        "two items, each with the way to Germany"
    )


def test_the_versions_of_a_page_name_each_other_and_nothing_else(tmp_path, build):
    records = [sold("luna", **names(de="mond", ar=ARABIC)), sold("sol")]
    site = tmp_path / "site"
    build(write_source(tmp_path / "src", records, locales=["en", "de", "ar", "es-419"]), site)
    named = {}
    for path in site.rglob("*.html"):
        if ".shopwright" in path.parts:
            continue
        html = path.read_text("utf-8")
        links = dict(re.findall(r'<link rel="?alternate"? hreflang="?([\w-]+)"? href="?([^">]+)"?', html))
        canonical = re.search(r'<link rel="?canonical"? href="?([^">]+)', html)
        if not canonical:
            assert (links, "noindex" in html) == ({}, True), path
            continue
        assert set(links) == {"en", "de", "ar", "es", "x-default"}
        assert links["x-default"] == links["en"]
        assert canonical[1] in links.values()
        assert canonical[1].isascii()
        named[canonical[1]] = links
    assert all(named[other] == links for links in named.values() for other in links.values())
    assert f"https://shop.example/ar/products/{quote(ARABIC)}/" in named


def test_sitemaps_are_what_the_protocol_says(tmp_path, build):
    site = tmp_path / "site"
    build(write_source(tmp_path / "src", [sold("luna", modified="2026-11-01", **names(ar=ARABIC))]), site)
    index = ET.parse(site / "sitemap.xml").getroot()
    assert index.tag == f"{SITEMAP}sitemapindex"
    assert [each.findtext(f"{SITEMAP}loc") for each in index] == ["https://shop.example/sitemap-1.xml"]
    urls = list(ET.parse(site / "sitemap-1.xml").getroot())
    order = ["loc", "lastmod", "link", "image"]
    for url in urls:
        parts = [child.tag.rpartition("}")[2] for child in url]
        assert parts == sorted(parts, key=order.index)
        assert parts.count("loc") == 1
    listed = [url.findtext(f"{SITEMAP}loc") for url in urls]
    assert len(listed) == len(set(listed))
    assert all(each.isascii() and len(each) < 2_048 and each.startswith("https://shop.example/") for each in listed)
    dated = {url.findtext(f"{SITEMAP}loc") for url in urls if url.find(f"{SITEMAP}lastmod") is not None}
    assert dated == {each for each in listed if "/products/" in each}
    pages = {path.relative_to(site) for path in site.rglob("*.html") if ".shopwright" not in path.parts}
    indexed = {path for path in pages if 'rel="canonical"' in (site / path).read_text("utf-8")}
    assert {unquote(each.removeprefix("https://shop.example/")) + "index.html" for each in listed} == set(
        map(str, indexed)
    )
    assert "Disallow" not in (site / "robots.txt").read_text()


@contextmanager
def asked_of(site):
    """Asks a site over HTTP: gives status, location and body."""
    with running(open_server(one_site(site), 0)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

        def ask(path):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location"), answer.read().decode()

        try:
            yield ask
        finally:
            connection.close()


def test_addresses_outlive_a_change_of_the_catalogue(tmp_path, build):
    site, target = tmp_path / "site", FolderObjects(tmp_path / "target")
    first = [sold("luna", **names(de="mond", ar=ARABIC)), sold("sol"), sold("vega"), sold("io")]
    build(write_source(tmp_path / "src", first), site)
    moved = sold("moon", **names(de="vollmond"))
    moved["variants"][0]["sku"] = "luna-b"
    then = [moved, sold("sun", previous_handles=["sol"]), sold("io")]
    rules = {"rules": [{"source": "/blog/*", "to": "/about/"}, {"source": "/products/io/", "to": "/"}]}
    built = build(write_source(tmp_path / "src", then, redirects=rules), site)
    assert "redirect-shadow" in {fault.code for fault in built.faults}
    ledger = (site / ".shopwright/addresses.jsonl").read_bytes()
    assert build(tmp_path / "src", site).written == 0
    assert (site / ".shopwright/addresses.jsonl").read_bytes() == ledger

    signer = load_signer(tmp_path / "key.pem")
    publish(site, target, signer)
    for served in (FolderSite(site), ReleaseSite(target, load_trust(tmp_path / "key.pem", None))):
        with asked_of(served) as ask:
            assert ask("/products/luna/")[:2] == (301, "/products/moon/")
            assert ask("/products/luna")[:2] == (301, "/products/moon/")
            assert ask("/de/products/mond/")[:2] == (301, "/de/products/vollmond/")
            assert ask(f"/ar/products/{quote(ARABIC)}/")[:2] == (301, "/ar/products/moon/")
            assert ask("/de/products/sol/")[:2] == (301, "/de/products/sun/")
            assert ask("/blog/2019/winter")[:2] == (301, "/about/")
            assert ask("/products/io/")[0] == 200
            status, _, body = ask("/de/products/vega/")
            assert (status, '<html lang="de"' in body or "<html lang=de" in body) == (410, True)


def test_a_language_given_up_leads_to_what_is_left(tmp_path, build):
    site = tmp_path / "site"
    build(write_source(tmp_path / "src", [sold("luna", **names(de="mond"))]), site)
    build(write_source(tmp_path / "src", [sold("luna")], locales=["en", "ar"]), site)
    with asked_of(FolderSite(site)) as ask:
        assert ask("/de/products/mond/")[:2] == (301, "/products/luna/")
        assert ask("/de/collections/rund/")[:2] == (301, "/collections/round/")
        assert ask("/de/policies/returns/")[:2] == (301, "/policies/returns/")
        assert ask("/de/")[:2] == (301, "/")


def test_text_that_nobody_translated_says_its_language(tmp_path, build):
    record = sold("luna", description="<p>Round frames.</p>")
    build(write_source(tmp_path / "src", [record]), tmp_path / "site", theme="atelier")
    arabic = page(tmp_path / "site", "/ar/products/luna/")
    assert re.search(r'<h1[^>]* lang="?en"?[^>]*>Luna</h1>', arabic)
    assert re.search(r'<div class="?rich"? lang="?en"? dir="?auto"?><p>Round frames', arabic)
    assert not re.search(r"<h1[^>]* lang=", page(tmp_path / "site", "/products/luna/"))
