from xml.etree import ElementTree as ET

import pytest

from shopwright.generation.showcase.drawings import Look, close_up, front, scene, wordmark

LOOKS = [Look("round", "#1b1b1f"), Look("square", "#7a4a21"), Look("cat-eye", "#2f5d50", ground="#e8ebe6")]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.shape)
def test_a_frame_has_two_lenses_in_its_colour(look):
    drawn = ET.fromstring(front(look))
    lenses = [path for path in drawn.iter("{http://www.w3.org/2000/svg}path") if path.get("fill") == "url(#lens)"]
    assert [lens.get("transform") for lens in lenses] == [
        "translate(-290 0) scale(1 1)",
        "translate(290 0) scale(-1 1)",
    ]
    assert look.color in front(look)


def test_a_picture_is_four_to_three_or_tall():
    sizes = [
        (drawn.get("width"), drawn.get("height"))
        for drawn in map(ET.fromstring, (front(LOOKS[0]), front(LOOKS[0], tall=True), close_up(LOOKS[0])))
    ]
    assert sizes == [("1600", "1200"), ("1200", "1600"), ("1600", "1200")]


def test_a_picture_says_that_it_is_a_sample():
    assert "SAMPLE" in front(LOOKS[0])
    assert "SAMPLE" in wordmark()


def test_each_frame_of_a_scene_has_gradients_of_its_own():
    drawn = ET.fromstring(scene(tuple(LOOKS)))
    names = [node.get("id") for node in drawn.iter() if node.get("id")]
    assert len(names) == len(set(names)) == 3 * 3 + 3
    used = {node.get("fill") for node in drawn.iter() if str(node.get("fill")).startswith("url(")}
    assert {name[5:-1] for name in used} <= set(names)
