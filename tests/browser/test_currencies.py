"""A shopper goes from one market to another: carts of different currencies never meet."""

import json
import re
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect
from tests.browser.example_stores import ONE_THEME
from tests.browser.test_checkout import catch_checkout

EUROS = re.compile("€")
DIRHAMS = re.compile("د.إ|AED")


def add(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#add").click()
    expect(page.locator("#added")).to_be_visible()
    expect(page.locator("#added")).not_to_be_empty()


def total(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("#cart-total").inner_text()


def kept(page: Page) -> dict[str, list[str]]:
    """Currencies of the lines of every cart that this browser keeps."""
    return page.evaluate(
        """() => Object.fromEntries(Object.entries(localStorage)
          .filter(([key]) => key.startsWith("shopwright:cart:"))
          .map(([key, value]) => [key, JSON.parse(value).lines.map((line) => line.currency)]))"""
    )


@ONE_THEME
def test_each_market_has_its_own_cart(page: Page):
    add(page, "/products/barley/")
    add(page, "/ar/products/barley/")
    add(page, "/ar/products/copse/")
    assert kept(page) == {"shopwright:cart:/": ["EUR"], "shopwright:cart:/:Gulf": ["AED", "AED"]}
    assert EUROS.search(total(page, "/cart/"))
    assert EUROS.search(total(page, "/de/cart/")), "languages of one market share a cart"
    expect(page.locator(".cart-line")).to_have_count(1)
    dirhams = total(page, "/ar/cart/")
    assert DIRHAMS.search(dirhams)
    assert not EUROS.search(dirhams)
    expect(page.locator(".cart-line")).to_have_count(2)


@ONE_THEME
def test_prices_of_a_market_stand_in_lists_filters_and_search(page: Page):
    page.goto("/ar/collections/%D9%86%D8%B8%D8%A7%D8%B1%D8%A7%D8%AA-%D8%B4%D9%85%D8%B3%D9%8A%D8%A9/")
    prices = page.locator("#products .price-now")
    assert prices.count() > 3
    assert all(DIRHAMS.search(text) for text in prices.all_inner_texts())
    page.goto("/ar/search/?q=copse")
    expect(page.locator("#results .price-now").first).to_have_text(DIRHAMS)


@ONE_THEME
def test_the_order_names_the_market(page: Page):
    asked = catch_checkout(page)
    add(page, "/ar/products/barley/")
    page.goto("/ar/cart/")
    page.locator("#checkout button").click()
    expect(page).to_have_title("Checkout")
    order = json.loads(parse_qs(asked[0].post_data, strict_parsing=True)["cart"][0])
    assert (order["currency"], order["market"], len(order["lines"])) == ("AED", "Gulf", 1)


@ONE_THEME
def test_the_language_menu_leads_to_the_same_collection(page: Page):
    page.goto("/collections/sunglasses/")
    page.locator('footer a[hreflang="ar"]').click()
    expect(page.locator("h1")).to_have_text("نظارات شمسية")
    page.locator('footer a[hreflang="de"]').click()
    expect(page).to_have_url(re.compile("/de/collections/sonnenbrillen/$"))
