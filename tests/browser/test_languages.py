"""A store in several languages: the same page, the other way round where the script runs from right to left."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.example_stores import ONE_THEME
from tests.browser.test_cart import add

PRODUCT = "/products/copse/"


def change_language(page: Page, label: str) -> None:
    page.locator("[popovertarget=languages]").click()
    page.locator("#languages").get_by_role("link", name=label, exact=True).click()


def middle(locator: Locator) -> float:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2


def test_a_change_of_language_keeps_the_page(device_page):
    page = device_page
    page.goto(PRODUCT)
    change_language(page, "Deutsch")
    expect(page).to_have_url(f"/de{PRODUCT}")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Copse")
    expect(page.locator("#add")).to_have_text("In den Warenkorb")
    expect(page.locator("#price")).to_have_text("179,00 €")
    change_language(page, "العربية")
    expect(page).to_have_url(f"/ar{PRODUCT}")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_arabic_is_the_mirror_of_english(device_page):
    """What stands on the left in English stands on the right in Arabic, as far from the edge."""
    page = device_page
    width = page.viewport_size["width"]
    places = {}
    for language in ("", "/ar"):
        page.goto(language + PRODUCT)
        names = ("header a[href$='/cart/']", "#add", "h1", "#gallery")
        wanted = [page.locator(name) for name in names]
        side = "left" if language == "" else "right"
        places[language] = [_from(side, locator, width) for locator in wanted]
    assert places["/ar"] == pytest.approx(places[""], abs=24)


def _from(side: str, locator: Locator, width: int) -> float:
    """Distance of the edge where an element's text begins from the side where lines begin."""
    box = locator.bounding_box()
    return box["x"] if side == "left" else width - box["x"] - box["width"]


@ONE_THEME
def test_a_variant_in_arabic_is_chosen_with_the_arrows_of_reading(page):
    page.goto(f"/ar{PRODUCT}")
    first, second = page.locator(".option").first.get_by_role("radio").all()[:2]
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_checked()
    assert middle(page.locator(".choice").nth(1)) < middle(page.locator(".choice").nth(0))


@ONE_THEME
def test_the_cart_is_the_same_in_every_language_of_a_market(page):
    """Arabic pages sell in another market: ``test_currencies.py``."""
    add(page, "copse", 2)
    page.goto("/de/cart/")
    expect(page.locator("#cart-total")).to_have_text("358,00 €")
    expect(page.get_by_role("button", name="Zur Kasse")).to_be_enabled()


@ONE_THEME
def test_what_stands_in_another_script_runs_its_own_way(page):
    page.goto("/ar/products/alderby/")
    english = page.locator(".review", has_text="At 15 g I forget").locator("p[dir=auto]")
    assert english.evaluate("node => getComputedStyle(node).direction") == "ltr"
    address = page.get_by_role("contentinfo").get_by_text("12345 Musterstadt")
    assert address.evaluate("node => getComputedStyle(node).direction") == "ltr"
    page.goto("/ar/imprint/")
    phone = page.get_by_role("main").get_by_text("+49 30 23125 047")
    assert phone.evaluate("node => getComputedStyle(node).direction") == "ltr"


@ONE_THEME
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_filtered_collection_speaks_its_language(page, language):
    page.goto(f"/{language}/collections/all/#shape=aviator")
    texts = {"de": "2 Produkte", "ar": "منتجان"}
    expect(page.locator("#count")).to_have_text(texts[language])


def test_a_heading_in_another_script_begins_where_the_page_does(page):
    page.goto("/ar/products/alderby/")
    heading = page.locator("h1")
    heading.evaluate("(heading) => { heading.dir = 'auto'; }")
    assert heading.evaluate("(heading) => getComputedStyle(heading).textAlign") == "right"
