"""A product page: choosing a variant changes price, picture, availability, number and address."""

import re

from playwright.sync_api import Page, expect
from tests.browser.reading import shown_picture, tab_to


def radio(page: Page, name: str):
    return page.get_by_role("radio", name=name, exact=True)


def pick(page: Page, name: str) -> None:
    """Press the face of a value, as a finger or a mouse does."""
    page.locator(".choice", has=radio(page, name)).click()


def expect_variant(page: Page, *, price: str, availability: str, sku: str, query: str) -> None:
    expect(page.locator("#price")).to_have_text(price)
    expect(page.locator("#availability")).to_have_text(availability)
    expect(page.locator("#sku")).to_have_text(sku)
    expect(page).to_have_url(re.compile(rf"\?variant={query}$"))


def test_a_variant_is_chosen_with_the_keyboard(page):
    page.goto("/products/copse/")
    expect(page.locator("#price")).to_have_text("€179.00")
    assert shown_picture(page) == "Copse spectacles in gold, front view"
    tab_to(page, radio(page, "Gold"))
    page.keyboard.press("ArrowRight")
    expect(radio(page, "Silver")).to_be_focused()
    expect(radio(page, "Silver")).to_be_checked()
    expect_variant(page, price="€179.00", availability="In stock", sku="LL019-SILV-50", query="silver-50")
    assert shown_picture(page) == "Copse spectacles in silver, front view"
    tab_to(page, radio(page, "50"))
    page.keyboard.press("ArrowRight")
    expect_variant(page, price="€189.00", availability="In stock", sku="LL019-SILV-52", query="silver-52")


def test_a_chosen_variant_is_there_after_a_reload(page):
    page.goto("/products/copse/?variant=gunmetal-52")
    for _ in range(2):
        expect(radio(page, "Gunmetal")).to_be_checked()
        expect(radio(page, "52")).to_be_checked()
        expect(page.locator(".option-chosen")).to_have_text(["Gunmetal", "52"])
        expect_variant(page, price="€189.00", availability="In stock", sku="LL019-GUNM-52", query="gunmetal-52")
        assert shown_picture(page) == "Copse spectacles in gunmetal, front view"
        page.reload()


def test_a_variant_is_chosen_with_a_finger_or_a_mouse(device_page):
    page = device_page
    page.goto("/products/copse/")
    pick(page, "Gunmetal")
    pick(page, "52")
    expect_variant(page, price="€189.00", availability="In stock", sku="LL019-GUNM-52", query="gunmetal-52")
    assert shown_picture(page) == "Copse spectacles in gunmetal, front view"


def test_a_sold_out_variant_can_be_looked_at_but_not_bought(page):
    page.goto("/products/copse/")
    expect(page.locator(".choice-gone")).to_have_count(1)
    pick(page, "48 (not available)")
    expect_variant(page, price="€179.00", availability="Sold out", sku="LL019-GOLD-48", query="gold-48")
    button = page.locator("#add")
    expect(button).to_be_disabled()
    expect(button).to_have_text("Not available")
    pick(page, "Silver")
    expect(page.locator("#availability")).to_have_text("In stock")
    expect(button).to_be_enabled()
    expect(button).to_have_text("Add to cart")


def test_a_product_that_is_sold_out_offers_nothing_to_press(page):
    page.goto("/products/hush/")
    expect(page.locator("#availability")).to_have_text("Sold out")
    expect(page.locator("#add")).to_be_disabled()


def test_a_product_to_pre_order_can_be_bought(page):
    page.goto("/products/alderby/")
    expect(page.locator("#availability")).to_have_text("Available to pre-order")
    expect(page.locator("#add")).to_be_enabled()


def test_a_reduced_price_names_the_price_before_and_the_lowest_of_30_days(page):
    page.goto("/products/ashcombe/")
    expect(page.locator("#price")).to_contain_text("€143.90")
    expect(page.locator("#price .price-was")).to_have_text("Previously €169.00")
    expect(page.locator("#price .price-percent")).to_have_text("-14%")
    notes = ["Lowest price in the last 30 days: €169.00", "Offer ends December 7, 2026"]
    expect(page.locator("#price .price-note")).to_have_text(notes)
    before = page.locator("#price").inner_text()
    pick(page, "49")
    pick(page, "47")
    assert page.locator("#price").inner_text() == before


def test_a_product_without_a_price_is_asked_for(page):
    page.goto("/products/harebell/")
    expect(page.locator("#price")).to_have_text("Price on request")
    expect(page.locator("#add")).to_be_disabled()
    ask = page.get_by_role("link", name="Ask for the price")
    assert ask.get_attribute("href") == "mailto:hello@example.com"


def test_an_unknown_variant_in_the_address_changes_nothing(page):
    page.goto("/products/copse/?variant=<b>no</b>")
    expect(page.locator("#price")).to_have_text("€179.00")
    expect(radio(page, "Gold")).to_be_checked()
