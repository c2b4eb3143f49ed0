"""The pairs of colours a theme makes, read from its style sheet."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.bundles import bundle_styles
from shopwright.seo.color_pairs import PAIRS, color_tokens, faint_pairs
from shopwright.template_engine.theme import load_theme

THEMES = sorted(path.parent.name for path in Path(str(files("shopwright.template_engine"))).glob("themes/*/theme.yaml"))


def test_a_colour_is_the_same_in_both_schemes_and_two_are_one_each() -> None:
    tokens = color_tokens(":root { --ink: #123; --page: light-dark( #FFFFFF , #101010 ) }")
    assert tokens == {
        "light": {"--ink": "#112233", "--page": "#ffffff"},
        "dark": {"--ink": "#112233", "--page": "#101010"},
    }


def test_the_last_one_counts() -> None:
    assert color_tokens(":root{--ink:#111111}:root{--ink:#222222}")["light"] == {"--ink": "#222222"}


def test_dark_colours_may_stand_in_a_media_query() -> None:
    css = ":root{--ink:#111}@media (prefers-color-scheme: dark){:root{--ink:#eee}}"
    assert color_tokens(css) == {"light": {"--ink": "#111111"}, "dark": {"--ink": "#eeeeee"}}


@pytest.mark.parametrize(
    "css",
    [
        "@media (prefers-contrast: more){:root{--ink:#000}}",
        "@media print{:root{--ink:#000}}",
        "p{--ink:#000}",
        ":root[data-x]{--ink:#000}",
        ":root{--ink:red;--muted:var(--ink);--line:rgb(0 0 0/.3);--field:#12345678}",
        "/* :root{--ink:#000} */",
        "}}:root",
        "",
    ],
)
def test_what_is_no_plain_colour_of_the_page_makes_no_pair(css: str) -> None:
    assert color_tokens(css) == {"light": {}, "dark": {}}


@given(st.text("{}:;,#-()/* rot.adefilghk0123", max_size=200))
def test_no_style_sheet_is_too_strange_to_be_read(css: str) -> None:
    for colors in color_tokens(css).values():
        assert all(name.startswith("--") and len(color) == 7 for name, color in colors.items())


def test_a_faint_pair_says_which_colours_where_and_how_much() -> None:
    faint, _on_hover = faint_pairs(
        color_tokens(":root{--ink:light-dark(#999999,#eeeeee);--page:light-dark(#ffffff,#111111)}")
    )
    assert (faint.scheme, faint.front, faint.ground) == ("light", "#999999", "#ffffff")
    assert str(faint) == "--ink #999999 on --page #ffffff (text, light): 2.84:1, at least 4.5:1 is needed"


@pytest.mark.parametrize("name", THEMES)
def test_the_built_in_themes_make_every_pair_and_pass(name: str) -> None:
    """Read from the style sheet as it is published."""
    tokens = color_tokens(bundle_styles(load_theme(name).styles).decode())
    assert list(faint_pairs(tokens)) == []
    named = set(tokens["light"]) & set(tokens["dark"])
    wanted = {name for pair in PAIRS for name in (pair.front, pair.ground)}
    only_where_there_is_a_strip = {"--strip", "--strip-ink"} if name == "atelier" else set()
    assert wanted - named == only_where_there_is_a_strip
