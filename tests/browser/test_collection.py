"""A collection page: filters and order without a reload, their state in the address, numbered pages without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.example_stores import ONE_THEME

ALL = "/collections/all/"


def box(page: Page, facet: str, label: str):
    """The checkbox of a value, as its facet's legend and its label name it."""
    group = page.get_by_role("group", name=facet)
    return group.locator("label", has_text=re.compile(rf"^\s*{label}\b")).get_by_role("checkbox")


def open_filters(page: Page) -> None:
    """They may be open already, where there is room."""
    if page.locator("#filter-open").is_visible():
        page.locator("#filter-open").click()


def titles(page: Page) -> list[str]:
    return page.locator("#results .card-title").all_inner_texts()


def prices(page: Page) -> list[float]:
    texts = page.locator("#results .card .price").all_inner_texts()
    return [float(found[1]) if (found := re.search(r"€([\d.]+)", text)) else float("inf") for text in texts]


def test_a_colour_and_a_shape_are_filtered(device_page):
    page = device_page
    page.goto(ALL)
    expect(page.locator("#count")).to_have_text("32 products")
    assert page.locator("#count").get_attribute("role") == "status"
    open_filters(page)
    box(page, "Color", "Silver").check()
    expect(page.locator("#count")).to_have_text("3 products")
    box(page, "Shape", "Round").check()
    expect(page.locator("#count")).to_have_text("2 products")
    assert titles(page) == ["Kelp", "Lichen"]
    expect(page).to_have_url(re.compile(r"/collections/all/#color=silver&shape=round$"))
    expect(page.locator("#products")).to_be_hidden()
    expect(page.locator("#pagination")).to_be_hidden()


def test_two_values_of_one_facet_widen_two_facets_narrow(page):
    page.goto(ALL)
    open_filters(page)
    box(page, "Shape", "Aviator").check()
    expect(page.locator("#count")).to_have_text("2 products")
    box(page, "Shape", "Geometric").check()
    expect(page.locator("#count")).to_have_text("5 products")
    box(page, "Material", "Titanium").check()
    assert set(titles(page)) == {"Birchall", "Copse"}


def test_the_state_survives_a_reload_and_the_browsers_arrows(page):
    page.goto(ALL)
    open_filters(page)
    box(page, "Shape", "Aviator").check()
    box(page, "Material", "Titanium").check()
    expect(page.locator("#count")).to_have_text("1 product")
    page.reload()
    expect(page.locator("#count")).to_have_text("1 product")
    assert titles(page) == ["Birchall"]
    page.go_back()
    expect(page.locator("#count")).to_have_text("2 products")
    open_filters(page)
    expect(box(page, "Material", "Titanium")).not_to_be_checked()
    expect(box(page, "Shape", "Aviator")).to_be_checked()
    page.go_back()
    expect(page.locator("#count")).to_have_text("32 products")
    expect(page.locator("#products")).to_be_visible()
    page.go_forward()
    expect(page.locator("#count")).to_have_text("2 products")


def test_coming_back_from_a_product_finds_the_filters_again(page):
    page.goto(f"{ALL}#shape=aviator&sort=price-desc")
    expect(page.locator("#count")).to_have_text("2 products")
    before = titles(page)
    page.locator("#results .card a").first.click()
    expect(page.locator("#add")).to_be_visible()
    page.go_back()
    expect(page.locator("#count")).to_have_text("2 products")
    assert titles(page) == before
    expect(page.locator("select[name=sort]")).to_have_value("price-desc")


@ONE_THEME
@pytest.mark.parametrize(("order", "reverse"), [("price-asc", False), ("price-desc", True)])
def test_prices_are_in_order_and_what_has_none_is_last(page, order, reverse):
    page.goto(ALL)
    page.locator("select[name=sort]").select_option(order)
    expect(page.locator("#results .card")).to_have_count(32)
    found = prices(page)
    assert found[-1] == float("inf")
    assert found[:-1] == sorted(found[:-1], reverse=reverse)
    assert len(set(found)) > 10


@ONE_THEME
def test_names_are_sorted_as_the_language_sorts_them(page):
    page.goto(ALL)
    page.locator("select[name=sort]").select_option("name")
    expect(page.locator("#results .card")).to_have_count(32)
    found = titles(page)
    assert found.index("Élan Forêt") == found.index("Elmet") - 1
    assert found[:2] == ["Alderby", "Anselm"]


def test_one_filter_and_all_filters_are_taken_away(page):
    page.goto(f"{ALL}#shape=aviator,round&material=titanium")
    expect(page.locator("#chips button")).to_have_count(4)
    page.get_by_role("button", name="Remove filter: Aviator").click()
    expect(page).to_have_url(re.compile(r"#shape=round&material=titanium$"))
    expect(page.locator("#chips button").first).to_be_focused()
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"/collections/all/$"))
    expect(page.locator("#count")).to_have_text("32 products")
    expect(page.locator("#filter-open:focus, #filters input:focus")).to_have_count(1)


@ONE_THEME
def test_filters_that_fit_nothing_say_so(page):
    page.goto(f"{ALL}#shape=aviator&brand=tidefern&color=plum")
    expect(page.locator("#none")).to_be_visible()
    expect(page.locator("#count")).to_have_text("0 products")


@ONE_THEME
def test_a_fragment_that_is_no_filter_does_no_harm(page):
    for fragment in ("%", "color=%E0%A4%A", "=&=&,", "sort=<script>", "main"):
        page.goto("about:blank")
        page.goto(f"{ALL}#{fragment}")
        expect(page.locator("#count")).to_have_text("32 products")
    page.goto(f"{ALL}#nope=1&__proto__=x&shape=aviator")
    expect(page.locator("#count")).to_have_text("2 products")


def test_filters_are_used_with_the_keyboard_alone(page):
    page.goto(ALL)
    if page.locator("#filter-open").is_visible():
        page.locator("#filter-open").press("Enter")
        page.keyboard.press("Tab")
    else:
        page.locator("select[name=sort]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#chips button")).to_have_count(2)
    expect(page.locator("#filters input:checked")).to_be_focused()


def test_a_filtered_card_is_the_card_the_page_came_with(page):
    """The script makes cards itself: they must say what the template's say."""
    page.goto(ALL)
    told = page.locator("#products .card").first.inner_text().split()
    name = page.locator("#products .card-title").first.inner_text()
    page.locator("select[name=sort]").select_option("name")
    made = page.locator("#results .card", has=page.get_by_role("link", name=name, exact=True)).inner_text()
    assert sorted(made.split()) == sorted(told)
