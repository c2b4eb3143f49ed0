"""The drawn stand-in."""

import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.sniff import picture_kind
from shopwright.asset_pipeline.stand_in import stand_in_svg


def test_a_title_always_gets_the_same_drawing_and_another_title_another() -> None:
    assert stand_in_svg("Aviator") == stand_in_svg("Aviator")
    drawings = {stand_in_svg(f"Frame {number}") for number in range(500)}
    assert 60 <= len(drawings) <= 72  # 24 tints by 3 forms


@given(st.text(max_size=40))
@settings(max_examples=40)
def test_any_title_draws_a_picture(title: str) -> None:
    svg = stand_in_svg(title)
    assert picture_kind(svg) == "svg"
    assert b"{" not in svg
    drawing = pyvips.Image.svgload_buffer(svg)
    assert (drawing.width, drawing.height) == (400, 400)
    assert drawing[3].min() == 255  # nothing shines through
