"""What assistive technology is told of each component, and what its keys do: docs/reference/components.md."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.example_stores import ONE_THEME
from tests.browser.reading import focus
from tests.browser.test_cart import add

ALL = "/collections/all/"
_OBSCURED = """() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const shown = top && (node.contains(top) || top.contains(node) || node.closest("label")?.contains(top));
  return shown ? "" : top?.outerHTML;
}"""


def tree(page: Page, selector: str) -> str:
    """What assistive technology is given of a part of the page."""
    return page.locator(selector).aria_snapshot()


def test_the_filter_panel_is_a_region_that_its_button_opens_and_three_ways_close(enter, shop, theme):
    """On a phone the panel lies over the page: the results stay where they are."""
    page = enter(shop, "phone")
    page.goto(ALL)
    opener, panel = page.locator("#filter-open"), page.locator("#filter-panel")
    place = page.locator("#products").bounding_box()
    for close in ("Escape", "Close filters", "Show 32 products"):
        opener.focus()
        page.keyboard.press("Enter")
        expect(panel).to_be_visible()
        assert page.locator("#products").bounding_box() == place
        assert tree(page, "#filter-panel").startswith('- region "Filter"')
        if close == "Escape":
            page.keyboard.press("Escape")
        else:
            panel.get_by_role("button", name=close).press("Enter")
        expect(panel).to_be_hidden()
        expect(opener).to_be_focused()


@ONE_THEME
def test_the_focus_goes_into_the_filter_panel_and_the_panel_closes_when_it_leaves(enter, shop, theme):
    page = enter(shop, "phone")
    page.goto(ALL)
    page.locator("#filter-open").press("Enter")
    page.keyboard.press("Tab")
    assert focus(page)["name"] == "Close filters"
    page.locator("#filter-panel input").first.press("Space")
    expect(page.locator("#filter-show")).to_have_text("Show 9 products")
    page.locator("#filter-show").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#filter-panel")).to_be_hidden()
    assert page.evaluate(_OBSCURED) == ""


@ONE_THEME
def test_the_menu_closes_when_the_focus_leaves_it(enter, shop, theme):
    page = enter(shop, "phone")
    page.goto("/")
    page.get_by_role("banner").get_by_role("button", name="Menu", exact=True).press("Enter")
    page.locator("#menu a").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#menu")).to_be_hidden()
    assert page.evaluate(_OBSCURED) == ""


def test_variants_are_radio_groups_that_say_what_cannot_be_had(page):
    page.goto("/products/gannet/")
    groups = tree(page, "#buy")
    assert re.search(r'group "[^"]+: [^"]+"', groups)
    assert "radio" in groups
    page.goto("/products/copse/")
    gone = page.get_by_role("radio", name=re.compile(r" \(not available\)$"))
    expect(gone).to_have_count(page.locator(".choice-gone").count())
    page.locator(".choice:not(.choice-gone)").first.evaluate("choice => choice.classList.add('choice-gone')")
    expect(gone).to_have_count(page.locator(".choice-gone").count())


@ONE_THEME
def test_a_quantity_is_a_group_whose_value_is_said_and_put_right(page, theme):
    page.goto("/products/copse/")
    assert tree(page, ".quantity").startswith('- group "Quantity"')
    page.get_by_role("button", name="One more").press("Enter")
    expect(page.locator(".quantity [data-said]")).to_have_text("2")
    field = page.get_by_role("spinbutton", name="Quantity")
    field.fill("500")
    field.press("Tab")
    expect(field).to_have_value("99")
    expect(page.locator("#add")).to_have_attribute("aria-describedby", "added")


@ONE_THEME
def test_in_the_cart_every_control_names_its_product(page, theme):
    add(page, "copse")
    page.goto("/cart/")
    group = page.get_by_role("group", name=re.compile("^Quantity of Copse, "))
    expect(group.get_by_role("button")).to_have_count(2)
    expect(page.get_by_role("button", name=re.compile("^Remove Copse, "))).to_have_count(1)


@ONE_THEME
def test_what_is_decoration_is_silent(page, theme):
    """A card's picture without a text of its own stands beside the title that says the same."""
    page.goto(f"{ALL}#sort=name")
    card = page.locator("#results .card", has=page.get_by_role("link", name="Marl", exact=True))
    expect(card).to_have_count(1)
    assert "img" not in card.aria_snapshot()
    assert " / " not in tree(page, ".crumbs")
    page.goto("/products/marl/")
    names = page.locator("#stage img").evaluate_all("pictures => pictures.map((picture) => picture.alt)")
    assert all(name.startswith("Marl, ") for name in names)
    assert len(set(names)) == len(names) > 1


@ONE_THEME
def test_a_message_can_be_dismissed_and_hides_nothing_that_has_the_focus(page, theme):
    def saved(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<html ", '<html data-saved="2026-11-20T10:00:00Z" '))

    page.route("**/about/", saved)
    page.goto("/about/")
    bar = page.locator(".snackbar")
    expect(page.get_by_role("status").filter(has=bar)).to_contain_text("This page was saved on")
    page.locator(".footer a").last.focus()
    assert page.evaluate(_OBSCURED) == ""
    bar.get_by_role("button", name="Dismiss").press("Enter")
    expect(bar).to_have_count(0)
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("address", ["/accessibility/", "/de/accessibility/", "/ar/accessibility/"])
def test_the_statement_is_in_every_footer_and_in_the_pages_language(page, address):
    page.goto(address.replace("accessibility/", "cart/"))
    page.get_by_role("contentinfo").locator(f'a[href="{address}"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        {"/": "Accessibility statement", "/de/": "Erklärung zur Barrierefreiheit", "/ar/": "بيان إمكانية الوصول"}[
            address.removesuffix("accessibility/")
        ]
    )
    assert page.locator("html").get_attribute("dir") == ("rtl" if address.startswith("/ar") else "ltr")
    assert page.get_by_role("main").get_by_role("heading", level=2).count() == 4
    assert page.get_by_role("main").get_by_role("link").first.get_attribute("href").startswith("mailto:")
