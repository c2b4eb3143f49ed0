"""The pictures of a product."""

from playwright.sync_api import expect
from tests.browser.reading import shown_picture, tab_to


def test_small_pictures_choose_the_large_one_with_the_keyboard(page):
    page.goto("/products/alderby/")
    third = page.locator("#thumbs a").nth(2)
    tab_to(page, third)
    page.keyboard.press("Enter")
    expect(third).to_have_attribute("aria-current", "true")
    expect(page.locator("#thumbs [aria-current]")).to_have_count(1)
    assert shown_picture(page) == page.locator("#stage img").nth(2).get_attribute("alt")


def test_small_pictures_choose_the_large_one_with_a_finger_or_a_mouse(device_page):
    page = device_page
    page.goto("/products/alderby/")
    page.locator("#thumbs a").nth(1).click()
    expect(page.locator("#thumbs a").nth(1)).to_have_attribute("aria-current", "true")
    assert shown_picture(page) == page.locator("#stage img").nth(1).get_attribute("alt")


def test_moving_the_stage_marks_the_small_picture(page):
    page.goto("/products/alderby/")
    page.locator("#stage").evaluate("stage => stage.children[3].scrollIntoView({ inline: 'start', block: 'nearest' })")
    expect(page.locator("#thumbs a").nth(3)).to_have_attribute("aria-current", "true")


def test_a_chosen_colour_marks_its_small_picture_without_moving_the_page(page):
    page.goto("/products/alderby/")
    before = page.evaluate("scrollY")
    page.locator(".choice").nth(1).click()
    expect(page.locator("#thumbs a").nth(3)).to_have_attribute("aria-current", "true")
    assert page.evaluate("scrollY") == before


def test_pictures_move_in_arabic_too(page):
    page.goto("/ar/products/alderby/")
    page.locator(".choice").nth(1).click()
    expect(page.locator("#thumbs a").nth(3)).to_have_attribute("aria-current", "true")
    assert shown_picture(page) == page.locator("#stage img").nth(3).get_attribute("alt")
