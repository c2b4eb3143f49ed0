"""Search: a static index, read when it is first needed."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.example_stores import ONE_THEME


def search(page: Page, words: str) -> None:
    """Ask through the form of the page's head."""
    page.goto("/")
    field = page.locator("header [role=search] input[type=search]")
    if not field.is_visible():
        page.get_by_role("banner").get_by_role("button", name="Search", exact=True).click()
    field.fill(words)
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")


def results(page: Page) -> list[str]:
    return page.locator("#results .card-title").all_inner_texts()


def test_the_form_in_the_head_leads_to_results(device_page):
    search(device_page, "barley")
    expect(device_page.locator("#count")).to_have_text("1 result for “barley”")
    expect(device_page.locator("#search-text")).to_have_value("barley")
    assert results(device_page) == ["Barley"]
    device_page.locator("#results .card a").click()
    expect(device_page.get_by_role("heading", level=1)).to_have_text("Barley")


@ONE_THEME
@pytest.mark.parametrize("words", ["elan", "Élan", "ÉLAN FORET", "ela"])
def test_accents_capitals_and_beginnings_of_words_are_found(page, words):
    page.goto(f"/search/?q={words}")
    expect(page.locator("#results .card")).to_have_count(1)
    assert results(page) == ["Élan Forêt"]


@ONE_THEME
def test_every_word_must_be_found(page):
    page.goto("/search/?q=titanium+aviator")
    expect(page.locator("#results .card")).to_have_count(1)
    assert results(page) == ["Birchall"]


def test_the_number_of_results_is_announced_as_one_types(page):
    page.goto("/search/")
    page.locator("#search-text").press_sequentially("cop")
    expect(page.locator("#count")).to_have_text("1 result for “cop”")
    assert page.locator("#count").get_attribute("role") == "status"
    expect(page).to_have_url("/search/?q=cop")


@ONE_THEME
@pytest.mark.parametrize("words", ["zzz", "<img src=x onerror=alert(1)>", "{{ 7*7 }}"])
def test_nothing_found_is_said_in_plain_text(page, words):
    page.goto("/search/")
    page.locator("#search-text").fill(words)
    page.locator("#search-text").press("Enter")
    expect(page.locator("#count")).to_have_text(f"Nothing found for “{words}”.")
    expect(page.locator("#results .card")).to_have_count(0)


@ONE_THEME
def test_german_is_searched_in_german(page):
    page.goto("/de/search/?q=rund+titan")
    expect(page.locator("#count")).to_have_text("3 Ergebnisse für „rund titan“")
    assert set(results(page)) == {"Kelp", "Lichen", "Sandpiper"}


@ONE_THEME
def test_arabic_is_searched_in_arabic(page):
    page.goto("/ar/search/?q=تيتانيوم")
    expect(page.locator("#results .card").first).to_be_visible()
    assert "Copse" in results(page)
