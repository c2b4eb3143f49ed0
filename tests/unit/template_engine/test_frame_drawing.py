"""A frame drawn to scale."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.template_engine.frame_drawing import frame_drawing

LUNA = {
    "lens_width": 50.0,
    "bridge": 20,
    "temple": 145,
    "lens_height": 40.0,
    "frame_width": 138.0,
    "shape": "round",
    "label": "Lens <50>",
    "unit": "mm",
}


def test_lenses_have_their_true_proportions_and_distance():
    drawing = ET.fromstring(frame_drawing(LUNA))
    left, right = drawing.findall("rect")
    assert (left.attrib["width"], left.attrib["height"], left.attrib["rx"]) == ("50.0", "40.0", "25.0")
    assert float(right.attrib["x"]) - float(left.attrib["x"]) == 70
    assert [text.text for text in drawing.findall("text")] == ["50", "20", "138 mm", "40"]
    assert drawing.attrib["aria-label"] == "Lens <50>"


def test_unknown_measures_are_drawn_but_not_labelled():
    drawing = ET.fromstring(frame_drawing({**LUNA, "lens_height": None, "frame_width": None, "shape": None}))
    assert [text.text for text in drawing.findall("text")] == ["50", "20"]


def test_without_lens_or_bridge_there_is_no_drawing():
    assert frame_drawing({**LUNA, "bridge": None}) == ""


@given(
    st.floats(0.1, 400),
    st.floats(0.1, 400),
    st.none() | st.floats(0.1, 400),
    st.none() | st.floats(0.1, 400),
    st.text(),
)
def test_any_measures_make_a_well_formed_drawing(lens, bridge, height, width, shape):
    frame = {**LUNA, "lens_width": lens, "bridge": bridge, "lens_height": height, "frame_width": width, "shape": shape}
    assert ET.fromstring(frame_drawing(frame)).attrib["role"] == "img"


def test_measures_that_cannot_be_true_are_left_out():
    for wrong in (True, -3, 1e9, float("nan"), "50"):
        assert frame_drawing({"lens_width": wrong, "bridge": 20}) == ""


def test_what_is_no_text_is_refused():
    for name in ("label", "unit", "shape"):
        with pytest.raises(ValueError, match=rf"^frame_drawing\(\): {name} must be a text"):
            frame_drawing({"lens_width": 50, "bridge": 20, name: [1]})
