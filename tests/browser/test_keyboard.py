"""From the first page to the checkout without a mouse: every step is reached with Tab, and the focus is always seen."""

import json
from urllib.parse import parse_qs

from playwright.sync_api import expect
from tests.browser.reading import focus, tab_to
from tests.browser.test_checkout import catch_checkout


def test_from_home_to_the_checkout_with_the_keyboard_alone(page):
    asked = catch_checkout(page)
    keys = page.keyboard
    page.goto("/")
    tab_to(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Titanium"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Titanium")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Copse", exact=True), most=120)
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Copse")
    tab_to(page, page.get_by_role("radio", name="Gold", exact=True))
    keys.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Add to cart"))
    keys.press("Enter")
    tab_to(page, page.get_by_role("link", name="View cart"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cart")
    tab_to(page, page.get_by_role("button", name="One more"))
    keys.press("Space")
    expect(page.locator("#cart-total")).to_have_text("€358.00")
    tab_to(page, page.get_by_role("button", name="Go to checkout"))
    keys.press("Enter")
    expect(page).to_have_title("Checkout")
    cart = json.loads(parse_qs(asked[0].post_data)["cart"][0])
    assert [(line["id"], line["quantity"]) for line in cart["lines"]] == [("silver-50", 2)]


def test_the_first_tab_offers_to_skip_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert focus(page)["name"] == "Skip to content"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_what_opens_over_the_page_closes_with_escape_and_gives_the_focus_back(enter, shop):
    page = enter(shop, "phone")
    page.goto("/")
    for name, opened in (("Menu", "#menu"), ("Language", "#languages")):
        button = page.get_by_role("banner").get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(opened)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(opened)).to_be_hidden()
        expect(button).to_be_focused()
