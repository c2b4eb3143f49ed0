"""Millimetres in a photo, without anything of known size in it: from the irises, and from how far apart eyes are."""

import math

from shopwright.ml_integration.face import GREATEST_WIDTH, LEAST_WIDTH, FaceSize
from shopwright.ml_integration.model import model
from shopwright.ml_integration.pose import Frontal

IRIS_MM, IRIS_SD = 11.71, 0.42
"""Horizontal white-to-white diameter of adults' corneas (Rüfer, Schröder, Erb, Cornea 24, 2005)."""

PUPILS_MM, PUPILS_SD = 63.36, 3.83
"""Distance of adults' pupils (Dodgson, SPIE 5291, 2004)."""

POINT_ERROR = 0.7
"""Pixels that an iris's edge is misplaced by, our estimate; what makes irises in small photos worth less."""

LEAST_IRIS = 10.0
"""Pixels an iris must be wide for millimetres to be told at all."""


def face_size(face: Frontal) -> FaceSize | None:
    """The size of a face; none if its irises are too small in the picture, or the result is no face's size.

    Both scales are means of independent measurements of people, so they are averaged by their certainty. What is left
    is an error of 3 to 5 %: a width band is a suggestion, and lenses must never be ground by it.
    """
    iris = iris_pixels(face)
    if iris < LEAST_IRIS:
        return None
    pupils = _across(face, *model()["scale"]["pupils"])
    by_iris, iris_error = IRIS_MM / iris, math.hypot(IRIS_SD / IRIS_MM, POINT_ERROR * math.sqrt(2) / iris)
    by_pupils, pupils_error = PUPILS_MM / pupils, PUPILS_SD / PUPILS_MM
    sure_iris, sure_pupils = iris_error**-2, pupils_error**-2
    scale = (by_iris * sure_iris + by_pupils * sure_pupils) / (sure_iris + sure_pupils)
    width = face.width * scale
    if not LEAST_WIDTH <= width <= GREATEST_WIDTH:
        return None
    return FaceSize(
        width=width,
        error=width * (sure_iris + sure_pupils) ** -0.5,
        pupils=pupils * scale,
        bridge=_across(face, *model()["scale"]["bridge"]) * scale,
        source="iris",
    )


def iris_pixels(face: Frontal) -> float:
    """The mean width of both irises."""
    widths = [_across(face, *pair) for pair in model()["scale"]["irises"]]
    return sum(widths) / len(widths)


def _across(face: Frontal, left: int, right: int) -> float:
    return abs(float(face.points[right, 0] - face.points[left, 0]))
