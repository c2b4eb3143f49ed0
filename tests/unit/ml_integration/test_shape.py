import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from shopwright.ml_integration.guidance import LEARNED
from shopwright.ml_integration.model import model
from shopwright.ml_integration.shape import guess_shape, probabilities

USUAL = {
    "length_to_width": 1.2,
    "forehead_to_cheeks": 0.74,
    "jaw_to_cheeks": 0.79,
    "jaw_to_forehead": 1.07,
    "chin_to_jaw": 0.55,
    "lower_third": 0.4,
}
MANY = len(model()["features"]["list"])


@settings(max_examples=100)
@given(arrays.arrays(np.float64, MANY, elements=st.floats(-50, 50)))
def test_probabilities_sum_to_one_and_none_is_certain(features):
    shapes = guess_shape(features, USUAL).shapes
    assert sum(shapes.values()) == pytest.approx(1)
    assert tuple(shapes) == LEARNED
    assert max(shapes.values()) <= 0.98 + 1e-12
    assert min(shapes.values()) >= 0.005 - 1e-12


def test_the_last_shape_is_what_the_others_are_weighed_against():
    offsets = np.array(model()["shape"]["offsets"])
    raised = np.exp(np.append(offsets, 0) - offsets.max(initial=0))
    expected = 0.975 * raised / raised.sum() + 0.005
    assert list(guess_shape(np.zeros(MANY), USUAL).shapes.values()) == pytest.approx(expected.tolist())


def test_many_are_mixed_as_one_is():
    logits = np.array([[3.0, 1, 0, 0, 0], [0, 0, 0, 0, 900]])
    both = probabilities(logits)
    assert both[1].tolist() == pytest.approx([0.005, 0.005, 0.005, 0.005, 0.98])
    assert both[0].tolist() == pytest.approx(probabilities(logits[0]).tolist())


def test_the_two_likeliest_come_in_order():
    guess = guess_shape(np.zeros(MANY), USUAL)
    first, second = guess.top_two
    assert (
        guess.shapes[first]
        >= guess.shapes[second]
        >= max(guess.shapes[each] for each in LEARNED if each not in (first, second))
    )


@pytest.mark.parametrize(
    ("changed", "ruled"),
    [
        ({}, ()),
        ({"forehead_to_cheeks": 0.70, "jaw_to_cheeks": 0.75}, ("diamond",)),
        ({"forehead_to_cheeks": 0.70}, ()),
        ({"jaw_to_forehead": 1.2}, ("triangle",)),
        ({"jaw_to_forehead": 1.18}, ("triangle",)),
    ],
)
def test_diamond_and_triangle_are_told_by_rule_only(changed, ruled):
    assert guess_shape(np.zeros(MANY), USUAL | changed).ruled == ruled


@pytest.mark.parametrize(
    ("changed", "unusual"), [({}, False), ({"length_to_width": 0.9}, True), ({"jaw_to_cheeks": 0.95}, True)]
)
def test_what_no_face_of_grown_ups_has_is_unusual(changed, unusual):
    assert guess_shape(np.zeros(MANY), USUAL | changed).unusual is unusual
