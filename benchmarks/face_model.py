"""The numbers of ``ml_integration/model.json``: what is defined, and what is fitted to labelled faces.

``python -m benchmarks.face_model --data FOLDER`` fits again and writes the file; the same data give the same bytes.
The fit: features are standardised; the pooled covariance within the classes, shrunk a little to a sphere, whitens them;
the directions that the classes' means span remain; a logistic regression with a ridge separates the classes there. All
of it is one linear function in the end.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import shopwright.ml_integration
from shopwright.ml_integration.guidance import LEARNED
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.pose import frontal

Array = NDArray[np.float64]

MODEL = Path(shopwright.ml_integration.__file__).parent / "model.json"

_OVAL_LEFT = (109, 67, 103, 54, 21, 162, 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148)
_OVAL_RIGHT = (338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377)
_OVAL = tuple(zip(_OVAL_LEFT, _OVAL_RIGHT, strict=True))
_INNER = (
    *((33, 263), (133, 362), (159, 386), (145, 374), (55, 285), (107, 336), (105, 334), (63, 293), (70, 300)),
    *((61, 291), (129, 358), (98, 327), (193, 417), (122, 351), (116, 345), (117, 346), (123, 352), (147, 376)),
    *((213, 433), (192, 416), (138, 367), (135, 364), (50, 280), (205, 425), (171, 396), (140, 369), (208, 428)),
    *((69, 299), (104, 333), (108, 337), (139, 368), (71, 301), (68, 298)),
)


def _x(*places: int) -> list[list[Any]]:
    """Half widths of the outline at its points, counted from the forehead down; the seventh is the unit."""
    return [["x", *_OVAL[place]] for place in places]


def _y(*places: int) -> list[list[Any]]:
    return [["y", *_OVAL[place]] for place in places]


_LENGTH: list[list[Any]] = [["y", 10, 10], ["y", 152, 152]]
_LOWER = range(8, 17)
FEATURE_SETS: dict[str, list[list[Any]]] = {
    "14 of the lower outline": _x(6, *_LOWER[::2]) + _y(6, *_LOWER[::2]) + _LENGTH,
    "17 of the lower outline": _x(6, *_LOWER) + _y(6, 9, 11, 13, 16) + _LENGTH,
    "23 of the lower outline": _x(6, *_LOWER) + _y(6, 7, *_LOWER) + _LENGTH,
    "35 of the whole outline": _x(*range(7), *_LOWER) + _y(*range(17)) + _LENGTH,
}
"""The outline in coarser and finer steps. Below the eyes it tells the shapes apart, above them hair does."""
CHOSEN = "17 of the lower outline"
SHRINKAGE, RIDGE = 0.001, 0.3

DEFINED: dict[str, Any] = {
    "pose": {"pairs": [list(pair) for pair in _OVAL + _INNER], "top": 10, "chin": 152},
    "ratios": {
        "length_to_width": [[10, 152], [234, 454]],
        "forehead_to_cheeks": [[103, 332], [234, 454]],
        "jaw_to_cheeks": [[172, 397], [234, 454]],
        "chin_to_jaw": [[149, 378], [172, 397]],
        "lower_third": [[2, 152], [10, 152]],
        "jaw_to_forehead": [[172, 397], [103, 332]],
    },
    "rules": {
        "diamond": [["forehead_to_cheeks", None, 0.72], ["jaw_to_cheeks", None, 0.78]],
        "triangle": [["jaw_to_forehead", 1.18, None]],
    },
    "usual": [["length_to_width", 1.0, 1.45], ["jaw_to_cheeks", 0.68, 0.9], ["forehead_to_cheeks", 0.64, 0.84]],
    "scale": {"pupils": [468, 473], "irises": [[471, 469], [476, 474]], "bridge": [188, 412]},
    "quality": {
        "least_width": 80.0, "good_width": 200.0, "usual_pitch": 13.0, "most_turned": 25.0, "good_turned": 15.0,
        "most_tilted": 40.0, "most_outside": 0.02, "most_uneven": 0.05, "most_open": 0.12, "lips": [13, 14],
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fitted:
    """A linear function of standardised features: ``logits = weights @ (features - mean) / scale + offsets``."""

    mean: Array
    scale: Array
    weights: Array
    offsets: Array

    def logits(self, features: Array) -> Array:
        """(n, classes) of (n, features)."""
        return (features - self.mean) / self.scale @ self.weights.T + self.offsets

    def raw(self) -> tuple[Array, Array]:
        """Weights and offsets for features as they are, of each class against the last one: (4, f) and (4,)."""
        weights = (self.weights - self.weights[-1])[:-1] / self.scale
        return weights, (self.offsets - self.offsets[-1])[:-1] - weights @ self.mean


def read_faces(data: Path) -> tuple[Array, NDArray[np.int64]]:
    """Frontal points (n, 478, 3) and the number of each label in ``LEARNED``."""
    with np.load(data / "landmarks.npz", allow_pickle=False) as kept:
        faces = zip(kept["landmarks"], kept["image_size"], strict=True)
        turned = [frontal(read_landmarks(points, int(size[0]), int(size[1]))).points for points, size in faces]
        return np.array(turned), np.array([LEARNED.index(str(label)) for label in kept["shape"]])


def outlines(points: Array, features: list[list[Any]]) -> Array:
    """What ``measures.outline`` gives, of many faces."""
    unit = (points[:, 454, 0] - points[:, 234, 0]) / 2
    eyes = (points[:, 33, 1] + points[:, 263, 1]) / 2
    columns = [
        (points[:, right, 0] - points[:, left, 0]) / 2 / unit
        if axis == "x"
        else ((points[:, left, 1] + points[:, right, 1]) / 2 - eyes) / unit
        for axis, left, right in features
    ]
    return np.stack(columns, axis=1)


def fit(features: Array, labels: NDArray[np.int64], shrinkage: float = SHRINKAGE, ridge: float = RIDGE) -> Fitted:
    """The function that tells the labels from the features."""
    mean, scale = features.mean(axis=0), features.std(axis=0)
    standard = (features - mean) / scale
    centres = np.array([standard[labels == label].mean(axis=0) for label in range(len(LEARNED))])
    within = standard - centres[labels]
    covariance = within.T @ within / len(labels)
    sphere = np.eye(len(covariance)) * np.trace(covariance) / len(covariance)
    white = np.linalg.inv(np.linalg.cholesky((1 - shrinkage) * covariance + shrinkage * sphere)).T
    spread = np.linalg.svd((centres - centres.mean(axis=0)) @ white)[2][: len(LEARNED) - 1]
    reduced = white @ spread.T
    slopes, offsets = _separate(standard @ reduced, labels, ridge)
    return Fitted(mean, scale, slopes @ reduced.T, offsets)


def _separate(points: Array, labels: NDArray[np.int64], ridge: float, steps: int = 30) -> tuple[Array, Array]:
    """Multinomial logistic regression by Newton's method; ``ridge`` is scikit-learn's C (the offsets are free)."""
    inside = np.column_stack([points, np.ones(len(points))])
    wide, classes = inside.shape[1], len(LEARNED)
    squares = (inside[:, :, None] * inside[:, None, :]).reshape(len(points), -1)
    wanted = np.eye(classes)[labels]
    penalty = np.tile(np.append(np.full(wide - 1, 1 / ridge), 1e-6), classes)
    slopes = np.zeros(classes * wide)
    for _ in range(steps):
        logits = inside @ slopes.reshape(classes, wide).T
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        gradient = ((chances - wanted).T @ inside).ravel() + penalty * slopes
        curved = chances[:, :, None] * (np.eye(classes) - chances[:, None, :])
        hessian = curved.reshape(len(points), -1).T @ squares
        hessian = hessian.reshape(classes, classes, wide, wide).swapaxes(1, 2).reshape(classes * wide, -1)
        step = np.linalg.solve(hessian + np.diag(penalty), gradient)
        slopes -= step
        if np.abs(step).max() < 1e-9:
            break
    found = slopes.reshape(classes, wide)
    found -= found.mean(axis=0)
    return found[:, :-1], found[:, -1]


def document(points: Array, labels: NDArray[np.int64]) -> dict[str, Any]:
    """The whole of ``model.json``."""
    weights, offsets = fit(outlines(points, FEATURE_SETS[CHOSEN]), labels).raw()
    shape = {"weights": [_rounded(row, 1) for row in weights], "offsets": _rounded(offsets, 2)}
    return {**DEFINED, "features": {"eyes": [33, 263], "list": FEATURE_SETS[CHOSEN]}, "shape": shape}


def _rounded(values: Array, digits: int) -> list[float]:
    return [round(float(value), digits) for value in values]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    text = json.dumps(document(*read_faces(parser.parse_args().data)), separators=(",", ":"))
    MODEL.write_text(text.replace(',"', ',\n"') + "\n")
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
