"""A store with JavaScript off: all can be read and reached; only search, cart and filters need it, and say so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import WITHOUT_SCRIPT, chromium

ADDRESSES = ("/", "/collections/", "/collections/all/", "/products/copse/", "/search/", "/cart/", "/about/")
NEEDS_SCRIPT = "The cart needs JavaScript. To order without it, please get in touch."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One in which no script of a page runs."""
    with chromium(WITHOUT_SCRIPT) as browser:
        yield browser


@pytest.fixture
def still(device_page) -> Page:
    """A page in that browser."""
    return device_page


def test_home_collection_and_product_are_read(still):
    still.goto("/")
    expect(still.get_by_role("heading", level=1)).to_have_text("Look twice.")
    still.get_by_role("main").get_by_role("link", name="New arrivals", exact=True).first.click()
    expect(still.locator("#count")).to_have_text("10 products")
    assert all("€" in text for text in still.locator("#products .price-now").all_inner_texts())
    still.get_by_role("link", name="Alderby", exact=True).click()
    expect(still.locator("#price")).to_have_text("€79.00")
    expect(still.locator("#stage img").first).to_be_visible()
    expect(still.get_by_text("Alderby is broad at the brow")).to_be_visible()


def test_a_product_lists_its_variants_with_price_and_availability(still):
    still.goto("/products/copse/")
    rows = still.locator("table tr")
    expect(rows).to_have_count(9)
    assert rows.nth(0).inner_text().split("\t") == ["Gold, 48", "€179.00", "Sold out"]
    assert rows.nth(2).inner_text().split("\t") == ["Gold, 52", "€189.00", "In stock"]
    expect(still.locator("noscript > p")).to_have_text(NEEDS_SCRIPT)


@pytest.mark.parametrize("device", ["desktop"])
def test_pages_of_a_collection_are_turned(still):
    still.goto("/collections/all/")
    expect(still.locator("#products .card")).to_have_count(24)
    still.get_by_role("link", name="Next").click()
    expect(still).to_have_url("/collections/all/page/2/")
    expect(still.locator("#products .card")).to_have_count(8)
    still.get_by_role("link", name="Previous").click()
    expect(still).to_have_url("/collections/all/")


def test_languages_work(still):
    still.goto("/products/copse/")
    still.get_by_role("contentinfo").get_by_role("link", name="Deutsch").click()
    expect(still).to_have_url("/de/products/copse/")


def test_no_dead_control_is_shown(still):
    """What is shown either is a link, opens something without a script, or sends a form to a page."""
    dead = {}
    for address in ADDRESSES:
        still.goto(address)
        controls = still.locator("button:not([popovertarget]), select, input, [role=button]").all()
        shown = [each for each in controls if each.is_visible()]
        dead[address] = [each.evaluate("node => node.outerHTML.slice(0, 80)") for each in shown if not _sends(each)]
    assert {address: found for address, found in dead.items() if found} == {}


def _sends(control) -> bool:
    return control.evaluate("node => Boolean(node.form?.getAttribute('action'))")


@pytest.mark.parametrize("device", ["desktop"])
def test_search_and_cart_say_what_they_need(still):
    still.goto("/search/?q=barley")
    needs = "Search needs JavaScript. Everything in the store can be found through the collections. All collections"
    expect(still.locator("noscript .notice")).to_have_text(needs)
    still.goto("/cart/")
    expect(still.locator("noscript .notice")).to_have_text(NEEDS_SCRIPT)
    expect(still.locator("#cart")).to_be_hidden()
