"""The figures of face shapes, guidance and recommendations: ``python -m benchmarks.face [--data FOLDER]``.

Without the folder of labelled faces (``landmarks.npz``), which is not part of the project, the figures of face shapes
are left out. Accuracies do not depend on the machine; times do. Nothing is asserted.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks import face_guidance, face_shapes
from benchmarks.face_model import MODEL
from benchmarks.tables import show
from tests.unit.ml_integration.made_up_face import face_points

from shopwright.ml_integration.analysis import analyse
from shopwright.ml_integration.co_views import count_co_views
from shopwright.ml_integration.face import Face, FaceSize
from shopwright.ml_integration.frame_facts import FrameFacts
from shopwright.ml_integration.frame_matrix import frame_matrix
from shopwright.ml_integration.guidance import FRAME_SHAPES, LEARNED
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.recommendation import Question, recommend
from shopwright.ml_integration.style import Style
from shopwright.ml_integration.weights import Weights


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of CPU of one call."""

    what: str
    frames: int
    calls: int
    p50_ms: float
    p95_ms: float
    most_ms: float


def made_up_frames(count: int) -> list[FrameFacts]:
    """Frames with measures, drawn by a seed."""
    draw = random.Random(9)
    return [
        FrameFacts(
            handle=f"frame-{number:06}",
            styles=(draw.choice(FRAME_SHAPES),),
            lens=(lens := draw.uniform(46, 58)),
            bridge=(bridge := draw.uniform(15, 22)),
            temple=draw.choice((135.0, 140.0, 145.0, 150.0)),
            width=2 * lens + bridge + 12,
            material=draw.choice(("acetate", "steel", "titanium")),
            rim=draw.choice(("full rim", "rimless")),
            brand=f"brand {draw.randrange(30)}",
            price=draw.randrange(4_000, 30_000),
            in_stock=draw.random() < 0.9,
            popularity=draw.expovariate(0.01),
        )
        for number in range(count)
    ]


def recommending(count: int, calls: int) -> Speed:
    """Recommendations to a shopper of whom everything is known."""
    frames = frame_matrix(made_up_frames(count))
    draw = random.Random(7)
    handles = [frame.handle for frame in frames.frames]
    visits = [
        draw.sample(handles[start : start + 60], 8) for start in (draw.randrange(count - 60) for _ in range(count))
    ]
    co_views = count_co_views(visits, frames.place)

    def ask() -> None:
        shares = np.array([draw.random() for _ in LEARNED])
        shapes = dict(zip(LEARNED, map(float, shares / shares.sum()), strict=True))
        size = FaceSize(draw.uniform(120, 150), 4.5, 62.0, 18.0)
        style = Style({"material": frozenset({"steel"})}, budget=15_000)
        recommend(frames, co_views, Question(Face(shapes, size), style, tuple(draw.sample(handles, 8))), Weights())

    return _speed("recommend 24 frames", count, calls, ask)


def analysing(calls: int) -> Speed:
    """From landmarks to shape, ratios and size."""
    landmarks = read_landmarks(face_points(), 800, 1_000)
    return _speed("analyse landmarks", 0, calls, lambda: analyse(landmarks))


def _speed(what: str, frames: int, calls: int, work: Callable[[], object]) -> Speed:
    work()
    times = []
    for _ in range(calls):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1e3)
    half, most = np.percentile(times, [50, 95])
    return Speed(what, frames, calls, round(float(half), 2), round(float(most), 2), round(max(times), 2))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of landmarks.npz")
    parser.add_argument("--repeats", type=int, default=20, help="of the cross-validation")
    parser.add_argument("--rounds", type=int, default=1_000, help="of leaving sources out")
    parser.add_argument("--calls", type=int, default=200, help="of what is timed")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    given = parser.parse_args()
    rows = face_guidance.measure(given.rounds)
    speeds = [analysing(given.calls), *(recommending(count, given.calls) for count in (1_000, 10_000, 100_000))]
    report: dict[str, Any] = {
        "guidance": [asdict(row) for row in rows],
        "speed": [asdict(row) for row in speeds],
        "load": [round(load, 2) for load in os.getloadavg()],
        "model": MODEL.stat().st_size,
    }
    if given.data:
        shapes = face_shapes.measure(given.data, given.repeats)
        report["shapes"] = {name: asdict(figures) for name, figures in shapes.items()}
    if given.json:
        print(json.dumps(report, indent=2))
        return
    show("Agreement with guidance that was left out", rows)
    show(f"CPU time, load {report['load'][0]}", speeds)
    print(json.dumps(report.get("shapes", "Face shapes: not measured, --data is not given."), indent=1))


if __name__ == "__main__":
    main()
