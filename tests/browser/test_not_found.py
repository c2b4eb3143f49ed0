"""An address that leads nowhere: a page in the address's language that leads on."""

import pytest
from playwright.sync_api import expect

PAGES = [
    ("/no-such-page/", "en", "This page does not exist", "/"),
    ("/de/products/no-such/", "de", "Diese Seite gibt es nicht", "/de/"),
    ("/ar/no/such/page.html", "ar", None, "/ar/"),
    ("/products/../../etc/passwd%00", "en", "This page does not exist", "/"),
]


@pytest.mark.parametrize(("address", "language", "heading", "home"), PAGES, ids=["en", "de", "ar", "hostile"])
def test_an_unknown_address_gives_the_stores_own_page(page, address, language, heading, home):
    page.watch.missing = (address, "/etc/passwd%00")
    answer = page.goto(address)
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", language)
    if heading:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.locator(f"main a[href='{home}']").click()
    expect(page).to_have_url(home)
