"""The cart: kept in the browser, exact to the cent, the same in every tab."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.example_stores import ONE_THEME
from tests.browser.reading import cart_lines, keep_cart

BARLEY = {
    "id": "gunmetal",
    "handle": "barley",
    "url": "/products/barley/",
    "title": "Barley",
    "options": ["Gunmetal"],
    "sku": "LL004-GUNM",
    "amount": 12890,
    "currency": "EUR",
    "picture": None,
    "quantity": 1,
}


def add(page: Page, product: str, quantity: int = 1) -> None:
    page.goto(f"/products/{product}/")
    page.locator("#buy input[name=quantity]").fill(str(quantity))
    page.locator("#add").click()
    expect(page.locator("#added")).to_contain_text("is in your cart.")


def row(page: Page, title: str):
    return page.locator(".cart-line", has=page.get_by_role("link", name=title, exact=True))


def line(**changes: object) -> str:
    return json.dumps({"version": 1, "lines": [BARLEY | changes]})


def test_two_products_are_added_and_counted(device_page):
    page = device_page
    add(page, "copse", 2)
    expect(page.locator("#added")).to_have_text("Copse, Gold, 50 is in your cart. View cart")
    assert page.locator("#added").get_attribute("role") == "status"
    add(page, "alderby")
    expect(page.locator("[data-cart-count] span").first).to_have_text("3")
    page.locator("#added").get_by_role("link", name="View cart").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cart")
    expect(page.locator(".cart-line")).to_have_count(2)
    expect(row(page, "Copse").locator(".cart-options")).to_have_text("Gold · 50")
    expect(row(page, "Copse").locator(".cart-sum")).to_have_text("€358.00")
    expect(row(page, "Alderby").locator(".cart-sum")).to_have_text("€79.00")
    expect(page.locator("#cart-total")).to_have_text("€437.00")


@ONE_THEME
def test_a_line_shows_the_picture_of_its_colour(page):
    for variant, picture in (("gold-50", 1), ("silver-50", 3)):
        page.goto(f"/products/copse/?variant={variant}")
        _wait_for_source(page.locator(f"#thumbs li:nth-child({picture}) img"))
        page.locator("#add").click()
    page.goto("/cart/")
    expect(page.locator(".cart-line img")).to_have_count(2)
    pictures = page.locator(".cart-line img").evaluate_all("all => all.map(img => img.src)")
    assert pictures[0] != pictures[1]
    loaded = "async all => { for (const img of all) await img.decode(); return all.map(img => img.naturalWidth); }"
    assert page.locator(".cart-line img").evaluate_all(loaded) == [320, 320]


@ONE_THEME
def test_the_same_variant_again_is_one_line(page):
    add(page, "copse", 2)
    add(page, "copse", 3)
    assert [(line["id"], line["quantity"], line["amount"]) for line in cart_lines(page)] == [("gold-50", 5, 17900)]


def test_quantities_are_changed_with_buttons_and_by_typing(device_page):
    page = device_page
    add(page, "copse")
    page.goto("/cart/")
    copse = row(page, "Copse")
    copse.get_by_role("button", name="One more").click()
    expect(copse.get_by_role("spinbutton")).to_have_value("2")
    expect(page.locator("#cart-total")).to_have_text("€358.00")
    expect(page.locator("#cart-status")).to_have_text("New total: €358.00")
    copse.get_by_role("button", name="One less").click()
    copse.get_by_role("button", name="One less").click()
    expect(copse.get_by_role("spinbutton")).to_have_value("1")
    copse.get_by_role("spinbutton").fill("12")
    copse.get_by_role("spinbutton").press("Tab")
    expect(page.locator("#cart-total")).to_have_text("€2,148.00")
    page.reload()
    expect(page.locator("#cart-total")).to_have_text("€2,148.00")
    assert cart_lines(page)[0]["quantity"] == 12


@ONE_THEME
def test_a_quantity_stays_between_1_and_99(page):
    add(page, "copse")
    page.goto("/cart/")
    field = row(page, "Copse").get_by_role("spinbutton")
    for typed, kept in (("0", 1), ("-5", 1), ("1000", 99), ("2.9", 2), ("", 1)):
        field.fill(typed)
        field.press("Tab")
        expect(field).to_have_value(str(kept))
        assert [line["quantity"] for line in cart_lines(page)] == [kept]


def test_a_line_is_removed_and_brought_back_to_its_place(page):
    add(page, "copse", 2)
    add(page, "alderby")
    page.goto("/cart/")
    page.get_by_role("button", name="Remove Copse, Gold, 50").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.locator("#cart-status")).to_have_text("Copse, Gold, 50 was removed. New total: €79.00")
    expect(page.locator("[data-cart-count] span").first).to_have_text("1")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#cart-total")).to_have_text("€437.00")
    assert [(line["handle"], line["quantity"]) for line in cart_lines(page)] == [("copse", 2), ("alderby", 1)]
    expect(row(page, "Copse").get_by_role("link", name="Copse")).to_be_focused()


def test_an_emptied_cart_leads_to_the_collections(page):
    add(page, "copse")
    page.goto("/cart/")
    page.get_by_role("button", name="Remove Copse, Gold, 50").click()
    expect(page.locator("#checkout button")).to_be_disabled()
    page.reload()
    expect(page.locator("#cart-empty")).to_have_text("Your cart is empty. Browse the collections")
    expect(page.locator("#cart")).to_be_hidden()
    expect(page.locator("[data-cart-count]")).to_have_text("")


def test_a_second_tab_knows_at_once(page):
    add(page, "copse")
    page.goto("/cart/")
    other = page.context.new_page()
    other.goto("/products/alderby/")
    expect(other.locator("[data-cart-count] span").first).to_have_text("1")
    other.locator("#add").click()
    expect(page.locator(".cart-line")).to_have_count(2)
    expect(page.locator("#cart-total")).to_have_text("€258.00")
    page.get_by_role("button", name="Remove Alderby, Matte black").click()
    expect(other.locator("[data-cart-count] span").first).to_have_text("1")


def test_a_price_that_has_changed_since_is_shown_and_kept(page):
    page.goto("/")
    keep_cart(page, line(amount=7900, quantity=2))
    page.goto("/cart/")
    note = row(page, "Barley").locator(".cart-note")
    expect(note).to_have_text("The price has changed: €79.00 before, €128.90 now.")
    expect(page.locator("#cart-status")).to_contain_text("The price has changed: €79.00 before, €128.90 now.")
    expect(page.locator("#cart-total")).to_have_text("€257.80")
    assert cart_lines(page)[0]["amount"] == 12890


@ONE_THEME
@pytest.mark.parametrize("gone", [{"id": "no-such"}, {"handle": "hush", "url": "/products/hush/", "id": "slate-grey"}])
def test_what_is_no_longer_sold_is_marked_and_not_ordered(page, gone):
    page.goto("/")
    keep_cart(page, line(**gone))
    page.goto("/cart/")
    expect(page.locator(".cart-note")).to_have_text("No longer available. It is not part of the order.")
    expect(page.locator("#cart-total")).to_have_text("€0.00")
    expect(page.locator("#checkout button")).to_be_disabled()


HOSTILE = {
    "not-json": "{{{",
    "null": "null",
    "list": "[]",
    "number": "7",
    "other-version": json.dumps({"version": 2, "lines": [BARLEY]}),
    "lines-no-list": json.dumps({"version": 1, "lines": {"length": 3}}),
    "lines-of-nothing": json.dumps({"version": 1, "lines": [None, 1, "x", [], {}]}),
    "amount-text": line(amount="12890"),
    "amount-negative": line(amount=-1),
    "amount-huge": line(amount=1e300),
    "other-currency": line(currency="USD"),
    "script-address": line(url="javascript:alert(1)"),
    "other-host": line(url="//evil.example/products/barley/"),
    "title-object": line(title={"toString": 1}),
    "deep": '{"version":1,"lines":' + "[" * 5000 + "]" * 5000 + "}",
}


@ONE_THEME
def test_a_cart_that_cannot_be_one_is_empty(page):
    page.goto("/cart/")
    shown = {}
    for name, stored in HOSTILE.items():
        keep_cart(page, stored)
        page.reload()
        shown[name] = page.locator("#cart-empty").is_visible()
    assert shown == dict.fromkeys(HOSTILE, True)
    add(page, "copse")
    assert [line["handle"] for line in cart_lines(page)] == ["copse"]


@ONE_THEME
def test_markup_in_a_stored_line_stays_text(page):
    page.goto("/about/")
    evil = "<img src=x onerror=alert(1)>"
    keep_cart(page, line(title=evil, options=[evil, 5, None, evil], picture="javascript:alert(1)", quantity="1e9"))
    page.goto("/cart/")
    expect(page.get_by_role("link", name=evil, exact=True)).to_be_visible()
    expect(page.get_by_role("spinbutton")).to_have_value("99")
    expect(page.locator("#cart-lines img")).to_have_count(0)


@ONE_THEME
def test_a_cart_holds_at_most_a_hundred_lines(page):
    page.goto("/about/")
    lines = [BARLEY | {"id": f"v{number}"} for number in range(500)]
    keep_cart(page, json.dumps({"version": 1, "lines": lines}))
    page.goto("/products/copse/")
    page.locator("#add").click()
    expect(page.locator("#added")).to_have_text("The cart cannot hold more different items.")


@ONE_THEME
def test_a_browser_that_keeps_nothing_says_so(page):
    refuse = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    page.add_init_script(refuse)
    page.goto("/products/copse/")
    page.locator("#add").click()
    expect(page.locator("#added")).to_have_text("Your browser does not let this page save the cart.")


def _wait_for_source(picture: Locator) -> None:
    """Until a picture has chosen its file. ``wait_for_function`` cannot: a strict CSP forbids its second look."""
    for _ in range(200):
        if picture.evaluate("picture => picture.currentSrc"):
            return
        picture.page.wait_for_timeout(50)
    raise AssertionError("the picture chose no file within 10 s")
