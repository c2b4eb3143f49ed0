"""What published guidance says of face shapes and frame shapes: who recommends, who advises against, what is settled.

The facts stand in ``guidance.json``, each with the sources it was read from; no sentence of a source does. Needs
nothing but the standard library and the file, so pages can be made with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

Statements = Mapping[str, Mapping[str, Mapping[str, list[str]]]]
"""Face shape → frame shape (or ``any``) → ``recommended`` and ``avoid`` → names of sources."""

ANY = "any"
LEARNED = ("heart", "oblong", "oval", "round", "square")
"""The face shapes a probability is given for."""
RULED = ("diamond", "triangle")
"""Face shapes that only a rule tells: nobody has published faces labelled with them."""
FACE_SHAPES = LEARNED + RULED
FRAME_SHAPES = (
    *("aviator", "browline", "butterfly", "cat-eye", "geometric", "oval"),
    *("rectangle", "rimless", "round", "square", "wayfarer"),
)

LEAST_SOURCES = 3
LEAST_AGREEMENT = 0.75
"""Guidance is settled where at least so many sources speak and at least this share of them agrees."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many sources recommend a frame shape to a face shape, and how many advise against it."""

    recommended: int
    avoid: int

    @property
    def settled(self) -> bool:
        """Whether enough sources speak, and agree."""
        total = self.recommended + self.avoid
        return total >= LEAST_SOURCES and max(self.recommended, self.avoid) >= LEAST_AGREEMENT * total

    @property
    def value(self) -> float:
        """From -1 (avoid) to 1 (recommended); 0 where nothing is settled. One more source is taken to be undecided."""
        return (self.recommended - self.avoid) / (self.recommended + self.avoid + 1) if self.settled else 0.0


@cache
def guidance() -> Mapping[str, Any]:
    """The whole table: ``sources`` (name to place) and ``statements``."""
    table: Mapping[str, Any] = orjson.loads((files(__package__) / "guidance.json").read_bytes())
    return table


@cache
def verdict(face: str, frame: str) -> Verdict:
    """What the table says of a frame shape on a face shape."""
    return verdict_of(guidance()["statements"], face, frame)


def verdict_of(statements: Statements, face: str, frame: str) -> Verdict:
    """The same of any table. Who recommends any frame to a face recommends this one, unless they speak of it."""
    cells = statements.get(face, {})
    own = cells.get(frame, {"recommended": [], "avoid": []})
    named = {*own["recommended"], *own["avoid"]}
    general = [source for source in cells.get(ANY, {}).get("recommended", ()) if source not in named]
    return Verdict(len(own["recommended"]) + len(general), len(own["avoid"]))


def style_value(face: str, styles: Iterable[str]) -> float:
    """The mean of what is settled about a frame's styles (its shape, and ``rimless``) on a face; 0 if nothing is."""
    settled = [found.value for style in styles if (found := verdict(face, style)).settled]
    return sum(settled) / len(settled) if settled else 0.0


@cache
def suited_faces(styles: tuple[str, ...]) -> tuple[str, ...]:
    """The face shapes that settled guidance recommends such a frame to, in the order of ``FACE_SHAPES``."""
    return tuple(face for face in FACE_SHAPES if style_value(face, styles) > 0)
