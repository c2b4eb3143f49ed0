"""From landmarks to all that is said about a face. Keeps nothing, and infers neither sex, age, origin nor mood."""

from collections.abc import Mapping
from dataclasses import dataclass

from shopwright.errors import FaceError
from shopwright.ml_integration.face import Face, FaceSize
from shopwright.ml_integration.landmarks import Landmarks
from shopwright.ml_integration.measures import outline, ratios
from shopwright.ml_integration.pose import frontal
from shopwright.ml_integration.quality import flaws
from shopwright.ml_integration.scale import face_size
from shopwright.ml_integration.shape import ShapeGuess, guess_shape

_WRONG = {
    "too_small": ("The face is too small in the photo.", "Come closer, or use a larger photo."),
    "turned_away": ("The face is turned away.", "Look straight into the camera."),
    "tilted": ("The head is tilted too far.", "Hold the head, or the camera, upright."),
    "cut_off": ("A part of the face is outside the photo.", "Bring the whole face into the photo."),
    "uneven": ("A part of the face seems to be covered, or it is seen from the side.", "Take hair and hands away."),
}


@dataclass(frozen=True, slots=True)
class FaceAnalysis:
    """What a photo tells: shape, ratios, size in mm or none, and what makes it less certain (codes of ``quality``)."""

    guess: ShapeGuess
    ratios: Mapping[str, float]
    size: FaceSize | None
    warnings: tuple[str, ...]

    @property
    def face(self) -> Face:
        """The face as scores want it."""
        return Face(self.guess.shapes, self.size)


def analyse(landmarks: Landmarks) -> FaceAnalysis:
    """Analyse one face. Raises ``FaceError`` with ``where`` the code of the flaw that allows no answer."""
    face = frontal(landmarks)
    found = flaws(landmarks, face)
    for flaw in found:
        if flaw.fatal:
            what, remedy = _WRONG[flaw.code]
            raise FaceError(what, where=flaw.code, remedy=remedy)
    measured = ratios(face)
    guess = guess_shape(outline(face), measured)
    warnings = tuple(flaw.code for flaw in found) + (("unusual",) if guess.unusual else ())
    return FaceAnalysis(guess, measured, face_size(face), warnings)
