import numpy as np
from shopwright.ml_integration.guidance import LEARNED, RULED
from shopwright.ml_integration.landmarks import POINTS
from shopwright.ml_integration.model import model


def test_the_fitted_numbers_fit_the_features():
    read = model()
    weights = np.array(read["shape"]["weights"])
    assert weights.shape == (len(LEARNED) - 1, len(read["features"]["list"]))
    assert len(read["shape"]["offsets"]) == len(LEARNED) - 1
    assert weights.size + len(LEARNED) - 1 == 72
    assert tuple(read["rules"]) == RULED


def test_every_landmark_is_one():
    read = model()
    pairs = read["pose"]["pairs"] + [feature[1:] for feature in read["features"]["list"]]
    pairs += [pair for over_under in read["ratios"].values() for pair in over_under]
    pairs += [*read["scale"]["irises"], read["scale"]["pupils"], read["scale"]["bridge"], read["quality"]["lips"]]
    assert all(0 <= place < POINTS for pair in pairs for place in pair)


def test_no_landmark_mirrors_two():
    places = [place for pair in model()["pose"]["pairs"] for place in pair]
    assert len(places) == len(set(places))


def test_rules_speak_of_ratios_that_are_measured():
    bounds = [*model()["usual"], *(bound for bounds in model()["rules"].values() for bound in bounds)]
    assert {name for name, _, _ in bounds} <= model()["ratios"].keys()
