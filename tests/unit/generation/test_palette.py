"""The seller's colour, made readable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.catalog.store import Brand
from shopwright.errors import SourceError
from shopwright.generation.palette import (
    DARK_PAGE,
    LIGHT_PAGE,
    _oklch,
    brand_faults,
    brand_styles,
    brand_tones,
    readable_on,
    text_on,
)
from shopwright.seo.color_pairs import color_tokens, faint_pairs
from shopwright.seo.contrast import TEXT, contrast

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_a_readable_colour_is_kept() -> None:
    assert readable_on("#1F4D3A", LIGHT_PAGE) == "#1f4d3a"


@pytest.mark.parametrize(
    ("color", "light", "dark"),
    [
        ("#ffd400", "#8d7400", "#ffd400"),
        ("#00ffff", "#008485", "#00ffff"),
        ("#ffffff", "#777676", "#ffffff"),
        ("#000000", "#000000", readable_on("#000000", DARK_PAGE)),
    ],
)
def test_the_nearest_tone_is_the_one_that_just_passes(color: str, light: str, dark: str) -> None:
    assert (readable_on(color, LIGHT_PAGE), readable_on(color, DARK_PAGE)) == (light, dark)


def passes(color: str) -> None:
    """The palette of an accent, checked as the gate checks it, on every ground a built-in theme has."""
    styles = brand_styles(Brand(accent=color))
    grounds = f":root{{--page:light-dark({LIGHT_PAGE},{DARK_PAGE});--raised:light-dark({LIGHT_PAGE},{DARK_PAGE})}}"
    assert list(faint_pairs(color_tokens(styles + grounds))) == []


@given(colors)
def test_every_accent_gives_a_palette_that_passes(color: str) -> None:
    passes(color)


def test_a_grid_over_all_colours_gives_palettes_that_pass() -> None:
    """Every 51st step of each channel, and the greys: corners, edges and faces of the cube among them."""
    steps = [f"{step:02x}" for step in range(0, 256, 51)]
    for color in [f"#{red}{green}{blue}" for red in steps for green in steps for blue in steps]:
        passes(color)
    for grey in range(0, 256, 15):
        passes(f"#{grey:02x}{grey:02x}{grey:02x}")


@settings(max_examples=50)
@given(colors)
def test_hue_is_kept_where_there_is_any(color: str) -> None:
    shown = readable_on(color, LIGHT_PAGE)
    (_, before, given_hue), (_, after, hue) = _oklch(color), _oklch(shown)
    if min(before, after) > 0.05:
        assert abs((hue - given_hue + 3.14159) % 6.28318 - 3.14159) < 0.12


@given(colors)
def test_text_on_any_colour_is_readable(color: str) -> None:
    assert contrast(text_on(color), color) >= TEXT


def test_styles_name_both_schemes() -> None:
    assert brand_styles(Brand(accent="#FFD400")) == (
        ":root{--accent:light-dark(#8d7400,#ffd400);--accent-contrast:light-dark(#000000,#000000)}"
    )
    assert brand_styles(Brand()) == ""


def test_a_corrected_colour_is_a_fault_that_shows_old_new_and_contrast() -> None:
    (found,) = brand_faults(Brand(accent="#ffd400"))
    assert (found.code, found.severity, found.column, found.value) == (
        "color-corrected",
        "warning",
        "brand.accent",
        "#ffd400",
    )
    assert found.message.startswith("brand.accent #ffd400 has 1.43:1 on #ffffff (light), #8d7400 has 4.53:1. ")


def test_that_dark_pages_show_another_tone_of_the_accent_is_no_fault() -> None:
    assert list(brand_faults(Brand(accent="#1f5c4d"))) == []
    assert list(brand_faults(Brand())) == []


def test_a_dark_accent_of_its_own_is_held_to_dark_pages() -> None:
    (found,) = brand_faults(Brand(accent="#1f5c4d", accent_dark="#1f5c4d"))
    assert found.column == "brand.accent_dark"
    light, dark = brand_tones(Brand(accent="#1f5c4d", accent_dark="#9fcdbb"))
    assert (light.shown, dark.shown) == ("#1f5c4d", "#9fcdbb")


def test_an_exact_colour_that_cannot_be_read_is_refused_with_a_suggestion() -> None:
    with pytest.raises(SourceError, match=r"brand.accent #ffd400 has 1.43:1 .*; text needs 4.5:1") as refused:
        list(brand_faults(Brand(accent="#ffd400", exact=True)))
    assert refused.value.remedy == "Give #8d7400, or leave out brand.exact to let it be used by itself."
    assert list(brand_faults(Brand(accent="#1f5c4d", exact=True))) == []
