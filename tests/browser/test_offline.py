"""The service worker in a real browser: without a connection, with a new version, and switched off."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import PATIENCE_MS, served
from tests.browser.example_stores import build_shop

from shopwright.asset_pipeline.service_worker import retired_worker

WORKING = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
CACHES = "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))"
KEPT = (
    f"{CACHES}.then((all) => Promise.all(all.map((cache) => cache.keys())))"
    ".then((all) => all.flat().map((request) => new URL(request.url).pathname))"
)
SAVED = re.compile(r"^This page was saved on .+\. Prices and availability may have changed since\.$")


@pytest.fixture
def site(build_once, tmp_path) -> Path:
    """A built shop that a test may change."""
    built = build_once("shop-atelier", lambda out: build_shop(out, "atelier"))
    return Path(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture
def page(browser, site) -> Iterator[Page]:
    """A shopper's page in that shop."""
    with served(site) as origin:
        context = browser.new_context(base_url=origin, locale="en")
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()
        context.close()


def cut(page):
    page.context.set_offline(True)


def eventually(page, expression):
    """Wait for a promise to become one of something true."""
    for _ in range(PATIENCE_MS // 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def visit(page, address):
    page.goto(address)
    eventually(page, WORKING)


def wait_until_kept(page, address):
    eventually(page, f"{KEPT}.then(kept => kept.includes('{address}'))")


def change(file, before, after):
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def test_a_visited_page_is_read_without_a_connection_and_tells_its_age(page):
    visit(page, "/")
    wait_until_kept(page, "/")
    cut(page)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look twice.")
    expect(page.get_by_role("status").get_by_text(SAVED)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith(
        '"Helvetica Neue"'
    )  # it has its styles
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look twice.")
    expect(page.get_by_text("This page was saved on")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "title"), [("/products/copse/", "You are offline"), ("/de/products/copse/", "Keine Internetverbindung")]
)
def test_a_page_that_is_not_kept_is_answered_by_the_offline_page_of_its_language(page, address, title):
    visit(page, "/")
    cut(page)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_cart_is_not_kept(page):
    visit(page, "/")
    page.goto("/cart/")
    page.goto("/about/")
    wait_until_kept(page, "/about/")
    assert "/cart/" not in page.evaluate(KEPT)
    assert [path for path in page.evaluate(KEPT) if path.endswith(".json")] == []


def test_a_price_comes_from_the_network_whenever_there_is_one(page, site):
    visit(page, "/products/alderby/")
    wait_until_kept(page, "/products/alderby/")
    change(site / "products/alderby/index.html", "€79.00", "€81.00")
    page.reload()
    expect(page.locator("#price")).to_have_text("€81.00")


def test_a_query_leads_to_the_kept_page(page):
    visit(page, "/")
    page.goto("/products/copse/?variant=copse-gold-52")
    wait_until_kept(page, "/products/copse/")
    cut(page)
    page.goto("/products/copse/?variant=another")
    expect(page.get_by_role("heading", level=1)).to_have_text("Copse")


def test_a_new_version_waits_until_it_is_wanted(page, site):
    visit(page, "/")
    before = page.evaluate("caches.keys()")
    script = site / "sw.js"
    change(script, re.search(r'version:"([0-9a-f]{16})"', script.read_text())[1], "0123456789abcdef")
    page.reload()
    offered = page.get_by_role("status").filter(has_text="A new version of the store is ready.")
    expect(offered).to_be_visible()
    assert set(before) <= set(page.evaluate("caches.keys()"))
    assert "shopwright / shell 0123456789abcdef" in page.evaluate("caches.keys()")
    with page.expect_navigation():
        offered.get_by_role("button", name="Load it now").click()
    eventually(page, WORKING)
    expect(offered).to_have_count(0)
    eventually(page, "caches.keys().then(names => names.filter(n => n.includes(' shell ')).length === 1)")
    assert not set(page.evaluate("caches.keys()")) & {name for name in before if "shell" in name or "pages" in name}


def test_a_store_that_switches_it_off_leaves_nothing_behind(page, site):
    visit(page, "/")
    (site / "sw.js").write_bytes(retired_worker("/"))
    page.evaluate("navigator.serviceWorker.getRegistration().then(registration => registration.update())")
    eventually(page, "caches.keys().then(names => names.length === 0)")
    eventually(page, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")


def test_other_stores_of_the_same_origin_are_left_alone(page, site):
    visit(page, "/")
    page.evaluate("caches.open('shopwright /shops/luna/ shell 1')")
    (site / "sw.js").write_bytes(retired_worker("/"))
    page.evaluate("navigator.serviceWorker.getRegistration().then(registration => registration.update())")
    eventually(page, "caches.keys().then(names => names.length === 1)")
    assert page.evaluate("caches.keys()") == ["shopwright /shops/luna/ shell 1"]


def test_it_can_be_installed(page):
    visit(page, "/")
    session = page.context.new_cdp_session(page)
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")
