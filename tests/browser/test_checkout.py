"""The cart is handed over: as a form, as an address, or as an e-mail."""

import json
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Page, expect
from tests.browser.reading import cart_lines
from tests.browser.test_cart import add

CHECKOUT = "https://checkout.example.com/"


def catch_checkout(page: Page) -> list:
    """What the checkout is asked, once one goes there."""
    asked = []

    def answer(route):
        asked.append(route.request)
        route.fulfill(
            body="<!doctype html><title>Checkout</title><link rel=icon href=data:,>", content_type="text/html"
        )

    page.context.route(f"{CHECKOUT}**", answer)
    page.watch.hosts = (CHECKOUT,)
    return asked


def test_a_form_with_the_whole_cart_is_sent(device_page):
    page = device_page
    asked = catch_checkout(page)
    add(page, "copse", 2)
    add(page, "alderby")
    page.goto("/cart/")
    page.get_by_role("button", name="Go to checkout").click()
    expect(page).to_have_title("Checkout")
    [request] = asked
    assert (request.method, request.url) == ("POST", f"{CHECKOUT}cart")
    form = parse_qs(request.post_data, strict_parsing=True)
    assert list(form) == ["cart"]
    assert json.loads(form["cart"][0]) == {
        "currency": "EUR",
        "lines": [
            {
                "item": "LL019-GOLD-50",
                "sku": "LL019-GOLD-50",
                "id": "gold-50",
                "handle": "copse",
                "quantity": 2,
                "amount": 17900,
            },
            {
                "item": "LL001-MATTBL",
                "sku": "LL001-MATTBL",
                "id": "matte-black",
                "handle": "alderby",
                "quantity": 1,
                "amount": 7900,
            },
        ],
    }
    page.go_back()
    expect(page.locator("#cart-total")).to_have_text("€437.00")
    assert len(cart_lines(page)) == 2


def test_an_address_with_the_items_is_opened(enter, link_shop):
    page = enter(link_shop)
    asked = catch_checkout(page)
    add(page, "copse", 2)
    add(page, "barley")
    page.goto("/cart/")
    page.get_by_role("button", name="Go to checkout").click()
    expect(page).to_have_title("Checkout")
    assert [request.method for request in asked] == ["GET"]
    assert asked[0].url == f"{CHECKOUT}buy?shop=1&items=LL019-GOLD-50:2,LL004-GUNM:1"


def test_without_a_checkout_one_writes_an_email(enter, mail_shop):
    page = enter(mail_shop)
    add(page, "copse", 2)
    add(page, "barley")
    page.goto("/cart/")
    expect(page.get_by_text("Orders are taken by e-mail.")).to_be_visible()
    link = urlsplit(page.get_by_role("link", name="Order by e-mail").get_attribute("href"))
    assert (link.scheme, link.path) == ("mailto", "hello@example.com")
    subject, body = (unquote(part.partition("=")[2]) for part in link.query.split("&"))
    assert subject == "Order from Lumen & Larch"
    assert body == (
        "2 × Copse, Gold, 50 (LL019-GOLD-50): €179.00\r\n1 × Barley, Gunmetal (LL004-GUNM): €128.90\r\n\r\n"
        "New total: €486.90"
    )
