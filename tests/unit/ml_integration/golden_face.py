"""Golden cases, for every language the reckoning is written in: made-up landmarks → measures → shape → scores.

``python -m tests.unit.ml_integration.golden_face`` writes ``tests/data/face/golden.json`` anew. Whatever computes the
same from ``ml_integration/model.json`` and ``guidance.json`` must agree: numbers within 1e-4, scores within one point.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.unit.ml_integration.made_up_face import face_points, turned

from shopwright.ml_integration.analysis import analyse
from shopwright.ml_integration.compatibility import compatibility, scores
from shopwright.ml_integration.frame_facts import FrameFacts
from shopwright.ml_integration.frame_matrix import frame_matrix
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.measures import outline
from shopwright.ml_integration.pose import frontal
from shopwright.ml_integration.style import Style

FILE = Path(__file__).parents[2] / "data/face/golden.json"
WIDTH, HEIGHT = 800, 1_000

FACES: dict[str, dict[str, Any]] = {
    "usual": {},
    "long": {"length": 1.1},
    "short": {"length": 0.9},
    "broad jaw, turned": {"jaw": 1.04, "turned": (8.0, 13.0, -5.0)},
    "narrow jaw, tilted": {"jaw": 0.95, "turned": (-4.0, 20.0, 12.0)},
    "small irises": {"iris": 8.0},
    "small": {"width": 110.0, "iris": 11.0},
}
FRAMES = (
    FrameFacts("round", ("round",), 49.0, 20.0, 145.0, 132.0, material="steel", price=9_900),
    FrameFacts("square", ("square",), 53.0, 18.0, 145.0, 138.0, material="acetate", price=12_900),
    FrameFacts("wide", ("rectangle", "rimless"), 58.0, 18.0, 150.0, 150.0, material="titanium"),
    FrameFacts("aviator", ("aviator",), 56.0, 15.0, 140.0, 139.0, width_estimated=True),
    FrameFacts("unmeasured", ("cat-eye",), material="acetate"),
    FrameFacts("unknown", (), 50.0, 19.0, None, None),
)
STYLE = Style({"material": frozenset({"acetate"})})


def golden() -> dict[str, Any]:
    """All cases."""
    frames = frame_matrix(FRAMES)
    return {
        "size": [WIDTH, HEIGHT],
        "frames": [asdict(frame) for frame in frames.frames],
        "style": {"material": ["acetate"]},
        "cases": [{"name": name, **_case(dict(made))} for name, made in FACES.items()],
    }


def _case(made: dict[str, Any]) -> dict[str, Any]:
    angles = made.pop("turned", (0, 0, 0))
    points = turned(face_points(**made), *angles).round(2)
    landmarks = read_landmarks(points, WIDTH, HEIGHT)
    told, face = analyse(landmarks), frontal(landmarks)
    frames = frame_matrix(FRAMES)
    plain, styled = (scores(frames, told.face, style) for style in (Style(), STYLE))
    return {
        "points": points.tolist(),
        "pose": {name: round(getattr(face, name), 5) for name in ("yaw", "pitch", "roll", "unevenness")},
        "features": outline(face).round(6).tolist(),
        "ratios": {name: round(value, 6) for name, value in told.ratios.items()},
        "shapes": {shape: round(chance, 6) for shape, chance in told.guess.shapes.items()},
        "ruled": list(told.guess.ruled),
        "millimetres": None if told.size is None else asdict(told.size),
        "warnings": list(told.warnings),
        "scores": {
            name: [_scored(frames, scored, place) for place in range(len(frames))]
            for name, scored in (("plain", plain), ("styled", styled))
        },
    }


def _scored(frames: Any, scored: Any, place: int) -> dict[str, Any]:
    told = compatibility(frames, scored, place)
    parts = {name: round(part, 5) for name, part in told.parts.items()}
    return {"score": told.score, "parts": parts, "reasons": [asdict(reason) for reason in told.reasons]}


if __name__ == "__main__":
    text = json.dumps(golden(), ensure_ascii=False, separators=(",", ":"))
    FILE.write_text(text.replace('{"name"', '\n{"name"') + "\n", "utf-8")
