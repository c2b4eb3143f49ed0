"""The seller's colour, made readable."""

from hypothesis import given
from hypothesis import strategies as st

from shopwright.generation.palette import DARK_PAGE, LIGHT_PAGE, READABLE, brand_styles, contrast, readable_on, text_on

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_of_black_and_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_a_readable_colour_is_kept():
    assert readable_on("#1f4d3a", LIGHT_PAGE) == "#1f4d3a"


@given(colors)
def test_every_colour_becomes_readable_in_light_and_dark(color):
    assert contrast(readable_on(color, LIGHT_PAGE), LIGHT_PAGE) >= READABLE
    assert contrast(readable_on(color, DARK_PAGE), DARK_PAGE) >= READABLE


@given(colors)
def test_text_on_any_colour_is_readable(color):
    assert contrast(text_on(color), color) >= READABLE


def test_styles_name_both_schemes():
    assert brand_styles("#FFD400").count("--accent:") == 2
    assert brand_styles(None) == ""
