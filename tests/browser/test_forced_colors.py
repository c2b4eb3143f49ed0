"""Forced colours, as in the contrast themes of Windows: what is drawn with colour alone elsewhere is still seen."""

import pytest
from playwright.sync_api import Page

_SEEN = """selector => {
  const node = document.querySelector(selector);
  const style = getComputedStyle(node);
  const drawn = (name) => style[`${name}Style`] !== "none" && parseFloat(style[`${name}Width`]) >= 2;
  return ["outline", "borderTop", "borderBottom"].some(drawn) || style.textDecorationLine === "underline";
}"""


@pytest.fixture
def forced(enter, shop) -> Page:
    """A desktop whose system forces its own colours."""
    return enter(shop, forced_colors="active")


def seen(page: Page, selector: str) -> bool:
    return page.evaluate(_SEEN, selector)


def test_what_is_chosen_and_what_is_current_is_seen(forced):
    page = forced
    page.goto("/products/copse/")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    for selector in (
        ".choice input:checked + .choice-face",
        ".thumbs [aria-current]",
        ".appearance label:has(:checked)",
    ):
        assert seen(page, selector), selector
    page.goto("/collections/spectacles/")
    assert seen(page, ".menu [aria-current]")
    page.get_by_role("banner").get_by_role("button", name="Language").click()
    assert seen(page, ".languages [aria-current]")


def test_the_focus_on_what_is_chosen_is_seen_beside_the_choice(forced):
    page = forced
    page.goto("/products/copse/")
    chosen = page.locator(".choice input:checked").first
    page.keyboard.press("Tab")
    chosen.focus()
    style = chosen.evaluate(
        "radio => { const s = getComputedStyle(radio.nextElementSibling); return [s.outlineStyle, s.borderTopWidth]; }"
    )
    assert style == ["solid", "3px"]


def test_samples_of_colours_keep_theirs_and_icons_their_lines(forced):
    page = forced
    page.goto("/products/copse/")
    fills = page.locator(".choice .swatch-color").evaluate_all("all => all.map((each) => getComputedStyle(each).fill)")
    assert len(set(fills)) > 1
    lines = page.locator("header .icon").evaluate_all("all => all.map((each) => getComputedStyle(each).stroke)")
    assert "none" not in lines


def test_no_ground_of_colour_stays_behind_forced_text(forced):
    page = forced
    page.goto("/")
    grounds = page.locator(".poster, .hero").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).backgroundImage)"
    )
    assert grounds == ["none"]
