"""What a shopper says they like, beside the face: answers that any frame can be held against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from shopwright.errors import FaceError
from shopwright.ml_integration.frame_matrix import ALIKE, Floats, FrameMatrix

QUESTIONS = ("shape", "material", "rim", "brand")
"""What may be answered; ``shape`` in the words of ``guidance.FRAME_SHAPES``, the others in the catalogue's own."""

MOST_ANSWERS, LONGEST_ANSWER = 50, 300


@dataclass(frozen=True, slots=True)
class Style:
    """``likes``: for each question answered, the values liked, in lower case. ``budget``: most to pay, minor units."""

    likes: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    budget: int | None = None

    def __post_init__(self) -> None:
        if not self.likes.keys() <= set(QUESTIONS):
            raise FaceError("A question is not known.", where="style", remedy=f"Answer {', '.join(QUESTIONS)}.")
        answers = [answer for liked in self.likes.values() for answer in liked]
        if len(answers) > MOST_ANSWERS or any(len(answer) > LONGEST_ANSWER for answer in answers):
            raise FaceError("There are too many answers, or too long ones.", where="style", remedy="Send fewer.")
        if self.budget is not None and (type(self.budget) is not int or self.budget < 0):
            raise FaceError("A budget is no amount.", where="style", remedy="Send minor units, or leave it out.")


def style_values(frames: FrameMatrix, style: Style) -> Floats:
    """(n,) from -1 (nothing of what is liked) to 1 (all of it): the mean over the questions answered; 0 without any."""
    asked = {question: liked for question, liked in style.likes.items() if liked}
    if not asked:
        return np.zeros(len(frames), np.float32)
    found: Floats = np.mean([_answers(frames, question, liked) for question, liked in asked.items()], axis=0)
    return found


def _answers(frames: FrameMatrix, question: str, liked: frozenset[str]) -> Floats:
    """(n,) 1 for what is liked, -1 for something else, 0 where the catalogue does not say."""
    trait = ALIKE.index("styles" if question == "shape" else question)
    answers = [1.0 if _is_liked(value, liked) else -1.0 for value in frames.values[trait]]
    return np.array([*answers, 0.0], np.float32)[frames.codes[trait]]


def _is_liked(value: object, liked: frozenset[str]) -> bool:
    return not liked.isdisjoint(value if isinstance(value, tuple) else (value,))
