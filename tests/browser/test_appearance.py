"""Light, dark or as the system has it: chosen in the footer, remembered, on the page before it is shown."""

from playwright.sync_api import Page, expect
from tests.browser.example_stores import ONE_THEME

_DARK = "rgb(18, 20, 21)"
_EARLY = """() => new MutationObserver((_, watch) => {
  if (!document.body) return;
  document.documentElement.dataset.atBody = document.documentElement.dataset.scheme ?? "none";
  watch.disconnect();
}).observe(document, { childList: true, subtree: true })"""


def ground(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_choice_is_a_radio_group_that_arrows_change(page):
    page.goto("/")
    light = ground(page)
    page.get_by_role("group", name="Appearance").get_by_role("radio", name="Automatic").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Light")).to_be_checked()
    assert ground(page) == light
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    assert ground(page) != light


@ONE_THEME
def test_it_is_remembered_and_on_the_next_page_before_its_body(page, theme):
    page.goto("/")
    page.get_by_role("radio", name="Dark").check()
    page.add_init_script(f"({_EARLY})()")
    page.goto("/de/about/")
    assert page.locator("html").get_attribute("data-at-body") == "dark"
    expect(page.get_by_role("radio", name="Dunkel")).to_be_checked()
    assert ground(page) == _DARK
    page.get_by_role("radio", name="Automatisch").check()
    page.goto("/about/")
    assert page.locator("html").get_attribute("data-scheme") is None


@ONE_THEME
def test_light_can_be_chosen_against_a_dark_system(enter, shop, theme):
    page = enter(shop, color_scheme="dark")
    page.goto("/")
    assert ground(page) == _DARK
    page.get_by_role("radio", name="Light").check()
    assert ground(page) == "rgb(255, 255, 255)"


@ONE_THEME
def test_whatever_is_stored_the_page_works(page, theme):
    page.add_init_script("localStorage.setItem('shopwright:scheme', '\"><b>x')")
    page.goto("/")
    expect(page.get_by_role("radio", name="Automatic")).to_be_checked()


def test_a_logo_without_a_dark_version_is_turned_over_in_the_dark(enter, shop):
    page = enter(shop, color_scheme="dark")
    page.goto("/")
    logo = page.locator(".wordmark img")
    assert logo.evaluate("img => getComputedStyle(img).filter") == "invert(1) hue-rotate(180deg)"
    page.get_by_role("radio", name="Light").check()
    assert logo.evaluate("img => getComputedStyle(img).filter") == "none"
