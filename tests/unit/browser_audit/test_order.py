import dataclasses
from pathlib import Path

import pytest
from tests.unit.browser_audit.answers import page

from shopwright.browser_audit.order import FULL, QUICK, BrowserOrder
from shopwright.errors import SettingsError

PAGES = [
    page(kind, locale, f"/{locale}/{name}/")
    for locale in ("en", "de", "ar")
    for kind, name in (("home", ""), ("product", "p"), ("content", "about"), ("content", "imprint"))
]


def order(**values):
    return BrowserOrder(Path("site"), "2026-11-23", **values)


def test_without_a_choice_every_page_is_meant():
    assert order().chosen(iter(PAGES)) == PAGES


def test_kinds_and_languages_can_be_chosen():
    chosen = order(kinds=frozenset({"product", "home"}), locales=frozenset({"ar"})).chosen(PAGES)
    assert [(one.kind, one.locale) for one in chosen] == [("home", "ar"), ("product", "ar")]


@pytest.mark.parametrize(
    ("values", "option", "there"),
    [
        ({"kinds": frozenset({"x"})}, "--pages", "home, product, content"),
        ({"locales": frozenset({"x"})}, "--locales", "en, de, ar"),
    ],
)
def test_a_choice_the_site_does_not_have_names_what_it_has(values, option, there):
    with pytest.raises(SettingsError) as caught:
        order(**values).chosen(PAGES)
    assert (caught.value.where, caught.value.remedy) == (option, f"Choose from {there}.")


def test_one_page_of_a_kind_is_visited_in_as_many_languages_as_the_depth_says():
    visited = order(depth=QUICK).visited(PAGES, ("home", "content"))
    assert [one.address for one in visited] == ["/en//", "/en/about/"]
    assert len(order(depth=FULL).visited(PAGES, ("home", "content"))) == 6
    two = dataclasses.replace(FULL, locales=2)
    assert {one.locale for one in order(depth=two).visited(PAGES, ("home",))} == {"en", "de"}
