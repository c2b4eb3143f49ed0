"""The showcase in a browser: frames that are what was chosen, pages that anybody can read."""

import pytest
import pyvips
from tests.browser.conftest import served
from tests.browser.reading import overflow
from tests.browser.test_color_schemes import _MEASURE, TEXT

from shopwright.generation.showcase.build import ShowcaseOrder, build_showcase
from shopwright.settings import current_settings

PAGES = (
    *("/", "/themes/atelier/", "/themes/meridian/part-card/", "/themes/atelier/page-product/"),
    *("/themes/meridian/part-header/", "/themes/atelier/part-buy/"),
)


@pytest.fixture(scope="module")
def showcase(build_once):
    """The origin of the showcase of all built-in themes."""

    def build(out):
        settings = current_settings()
        build_showcase(ShowcaseOrder(out, settings.cache, settings.workers), lambda _name: None)

    with served(build_once("showcase", build)) as origin:
        yield origin


@pytest.fixture
def page(enter, showcase):
    return enter(showcase)


def choose(page, *values):
    for value in values:
        page.locator(f"#choices label:has(input[value={value}])").click()


def frame(page, state):
    """The document in the frame of a state."""
    element = page.locator(f"#state-{state} iframe")
    element.scroll_into_view_if_needed()
    inside = element.element_handle().content_frame()
    inside.wait_for_load_state("load")
    return inside


def brightness(page, state):
    """The lightness of the first pixels of a frame as they are on the screen, 0 to 255."""
    element = page.locator(f"#state-{state} iframe")
    element.scroll_into_view_if_needed()
    frame(page, state).evaluate("document.fonts.ready.then(() => true)")
    shot = pyvips.Image.new_from_buffer(element.screenshot(), "")
    return shot.crop(2, 2, 6, 6).colourspace("b-w")[0].avg()


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("theme", ["atelier", "meridian"])
def test_a_frame_is_light_or_dark_as_chosen_whatever_the_system_prefers(enter, showcase, system, theme):
    page = enter(showcase, color_scheme=system)
    page.goto(f"/themes/{theme}/part-contact/")
    choose(page, "dark")
    assert brightness(page, "all") < 50
    choose(page, "light")
    assert brightness(page, "all") > 200


def test_a_frame_is_as_wide_and_runs_as_chosen(page):
    page.goto("/themes/atelier/page-home/")
    for name, width in (("phone", 390), ("tablet", 820), ("desktop", 1440)):
        choose(page, name)
        assert frame(page, "hero").evaluate("innerWidth") == width
    assert frame(page, "hero").evaluate("document.dir") == "ltr"
    choose(page, "rtl")
    page.frame_locator("#state-hero iframe").locator("html[dir=rtl]").wait_for(state="attached")
    assert page.locator("#state-plain .missing").is_visible()


def test_what_was_chosen_stays_for_pages_of_the_same_kind(page):
    page.goto("/themes/atelier/part-price/")
    choose(page, "phone", "dark")
    page.goto("/themes/atelier/part-badges/")
    assert page.locator("#choices input:checked").evaluate_all("inputs => inputs.map((each) => each.value)") == [
        *("phone", "dark", "ltr")
    ]
    page.goto("/themes/atelier/page-cart/")
    assert page.locator("#choices input[value=desktop]").is_checked()


def test_a_part_is_shown_as_high_as_it_is(page):
    page.goto("/themes/atelier/part-card/")
    heights = {}
    for state in ("arlo", "long-title"):
        inside = frame(page, state)
        page.locator(f"#state-{state} iframe:not([height='420'])").wait_for()
        heights[state] = inside.evaluate("[innerHeight, document.documentElement.scrollHeight]")
    assert {state: shown >= needed for state, (shown, needed) in heights.items()} == dict.fromkeys(heights, True)
    assert heights["long-title"][0] > heights["arlo"][0] > 200


def test_the_cart_has_something_in_it(page):
    page.goto("/themes/meridian/part-cart-templates/")
    line = frame(page, "filled").locator(".cart-line")
    line.wait_for()
    assert "Arlo, in stock" in line.inner_text()


def test_what_stands_in_for_scripts_is_shown_without_them(page):
    page.goto("/themes/atelier/part-without-script/")
    assert frame(page, "many").locator("table.variants tr").count() == 36
    page.goto("/themes/atelier/page-cart/")
    assert frame(page, "no-script").locator(".notice").is_visible()


def test_what_opens_is_open(page):
    page.goto("/themes/atelier/part-search-form/")
    assert frame(page, "open").locator("#find-text").is_visible()
    page.goto("/themes/atelier/part-languages/")
    assert frame(page, "eight").locator("#languages a").count() == 8
    assert frame(page, "eight").locator("#languages a").first.is_visible()


@pytest.mark.parametrize("address", PAGES)
def test_pages_fit_every_width_and_every_text_can_be_read(page, address):
    page.goto(address)
    found = {}
    for width in (320, 390, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if wide := overflow(page):
            found[width] = wide
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        if unreadable := page.evaluate(_MEASURE, TEXT):
            found[scheme] = unreadable
    assert found == {}


def test_it_can_be_read_without_scripts(enter, showcase):
    page = enter(showcase, java_script_enabled=False)
    page.goto("/themes/atelier/part-price/")
    assert page.locator("#state-elio .open a").count() == 4
    price = page.frame_locator("#state-elio iframe").locator(".price-was")
    assert price.inner_text().endswith("€129.00")


def test_states_are_reached_by_keyboard(page):
    page.goto("/themes/atelier/part-price/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#choices input[value=tablet]").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#choices input[value=phone]").is_checked()
    assert page.locator("#state-elio iframe").get_attribute("width") == "390"


@pytest.mark.proof
@pytest.mark.parametrize("theme", ["atelier", "meridian"])
def test_nothing_goes_wrong_in_any_frame(enter, showcase, theme):
    """Every state of every template in light and in dark, from both directions, on a phone and on a desktop."""
    page = enter(showcase)
    page.goto(f"/themes/{theme}/")
    addresses = page.locator("#templates a").evaluate_all("links => links.map((each) => each.getAttribute('href'))")
    seen, wide = 0, {}
    for address in addresses:
        page.goto(address)
        frames = page.locator(".stage iframe").evaluate_all(
            "frames => frames.flatMap((each) => Object.values(each.dataset))"
        )
        for inside in dict.fromkeys(frames):
            page.goto(inside)
            seen += 1
            for width in (320, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                if over := overflow(page):
                    wide[f"{inside} {width}"] = over
    assert wide == {}
    assert seen > 300
