"""The three pictures of a frame in one colour: front, three-quarter, detail."""

from dataclasses import replace

from examples.eyewear.body import Body
from examples.eyewear.colors import METAL, PALETTES, TINTS
from examples.eyewear.drawing import picture
from examples.eyewear.finishes import Finish
from examples.eyewear.frames import Design
from examples.eyewear.geometry import Camera
from examples.eyewear.look import Look

VIEWS = {"front": "front view", "three-quarter": "three-quarter view", "detail": "detail of hinge and temple"}
"""Names of the views, and what alternative texts call them."""


def camera(view: str, body: Body) -> Camera:
    """Where a picture is taken from. All fronts have one scale, so that sizes can be compared."""
    if view == "front":
        return Camera(0, 5, 9.6, (0, 0, -20))
    if view == "three-quarter":
        return Camera(36, 12, 8, (body.frame_width * 0.06, 4, -52))
    return Camera(52, 9, 21, (body.frame_width / 2 - 12, body.hinge + 6, -14))


def draw(design: Design, color: str, view: str) -> str:
    """One picture as SVG."""
    return picture(look(design, color, camera(view, design.body), close=view == "detail"))


def look(design: Design, color: str, seen_from: Camera, *, close: bool = False) -> Look:
    """A design in a colour, before a camera."""
    riveted = design.hinge == "Five-barrel hinge"
    return Look(design.body, finish(design, color), TINTS[design.tint], seen_from, close, riveted)


def finish(design: Design, color: str) -> Finish:
    """The paint of a colour; a browline frame has metal rims under its brow."""
    paint = PALETTES[design.material][color][1]
    if design.body.build != "browline":
        return paint
    gold = METAL["Gold" if design.number % 2 else "Silver"][1]
    return replace(paint, definitions=paint.definitions + gold.definitions, metal_flat=gold.metal_flat)
