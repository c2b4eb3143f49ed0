"""Contrast as WCAG measures it."""

import pytest

from shopwright.seo.contrast import contrast, linear, luminance


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_the_order_of_two_colours_does_not_matter() -> None:
    assert contrast("#767676", "#ffffff") == contrast("#ffffff", "#767676")


@pytest.mark.parametrize(
    ("color", "wanted"), [("#767676", 4.54), ("#777777", 4.48), ("#949494", 3.03), ("#0000ff", 8.59)]
)
def test_contrast_on_white_is_what_other_tools_say(color: str, wanted: float) -> None:
    assert round(contrast(color, "#ffffff"), 2) == wanted


def test_luminance_weighs_green_most() -> None:
    assert [round(luminance(color), 4) for color in ("#ff0000", "#00ff00", "#0000ff")] == [0.2126, 0.7152, 0.0722]


def test_dark_channels_are_linear() -> None:
    assert linear(0.04) == 0.04 / 12.92
