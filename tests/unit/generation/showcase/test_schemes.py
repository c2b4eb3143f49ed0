import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.generation.showcase.schemes import resolve_page, resolve_styles

ALWAYS, NEVER = "(min-width:0px)", "(min-width:99999px)"


@pytest.mark.parametrize(
    ("asked", "light", "dark"),
    [
        ("@media (prefers-color-scheme:dark){a{}}", f"@media {NEVER}{{a{{}}}}", f"@media {ALWAYS}{{a{{}}}}"),
        ("@media ( Prefers-Color-Scheme : light ){}", f"@media {ALWAYS}{{}}", f"@media {NEVER}{{}}"),
        ("@media not (prefers-color-scheme:dark){}", f"@media not {NEVER}{{}}", f"@media not {ALWAYS}{{}}"),
        ("@media (prefers-color-scheme){}", f"@media {ALWAYS}{{}}", f"@media {ALWAYS}{{}}"),
        ("@media (prefers-color-scheme:no-preference){}", f"@media {NEVER}{{}}", f"@media {NEVER}{{}}"),
        (":root{color-scheme:light dark}", ":root{color-scheme:light}", ":root{color-scheme:dark}"),
        (".paper{color-scheme:light;x:y}", ".paper{color-scheme:light;x:y}", ".paper{color-scheme:light;x:y}"),
        (".x{--color-scheme:light dark}", ".x{--color-scheme:light dark}", ".x{--color-scheme:light dark}"),
    ],
)
def test_questions_for_the_scheme_are_answered(asked, light, dark):
    assert (resolve_styles(asked, "light"), resolve_styles(asked, "dark")) == (light, dark)


def test_a_page_offers_one_scheme():
    page = '<meta name="color-scheme" content="light dark"><p>(prefers-color-scheme: dark)</p>'
    assert resolve_page(page, "dark") == '<meta name="color-scheme" content="dark"><p>(prefers-color-scheme: dark)</p>'


def test_a_page_that_is_only_light_stays_light():
    page = '<meta name="color-scheme" content="light">'
    assert resolve_page(page, "dark") == page


def test_pictures_for_one_scheme_are_chosen():
    page = '<source media="(prefers-color-scheme: dark)" srcset="night.webp">'
    assert resolve_page(page, "dark") == f'<source media="{ALWAYS}" srcset="night.webp">'
    assert resolve_page(page, "light") == f'<source media="{NEVER}" srcset="night.webp">'


@given(st.text())
def test_other_styles_stay_as_they_are(text):
    if "color-scheme" not in text.lower():
        assert resolve_styles(text, "dark") == text
        assert resolve_page(text, "dark") == text
