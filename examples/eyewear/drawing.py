"""Product pictures: a frame's body seen by a camera, painted with a finish, as compact SVG."""

from examples.eyewear.finishes import gradient, shade
from examples.eyewear.fronts import front, lenses, outlines
from examples.eyewear.geometry import Point
from examples.eyewear.look import Look
from examples.eyewear.svg import document, number
from examples.eyewear.temples import pads, temples

PAPER = gradient("b", (0, "#fdfcfa"), (1, "#efede9"))
"""Light from above. A radial gradient over the whole picture would take more time to paint than all the rest."""
SHADOW = (
    '<radialGradient id="d"><stop stop-color="#0006"/><stop offset=".4" stop-color="#0003"/>'
    '<stop offset="1" stop-color="#0000"/></radialGradient>'
)
GLARE = gradient("w", (0, "#fff8"), (1, "#fff0"))


def picture(look: Look) -> str:
    """The whole picture: paper, shadow, temples, lenses, front."""
    return document(
        f"<defs>{PAPER}{definitions(look)}</defs>"
        f'<path fill="url(#b)" d="M0 0h1600v1200H0z"/>{shadows(look)}{glasses(look)}'
    )


def definitions(look: Look) -> str:
    """Gradients, patterns and outlines that the layers name."""
    paints = SHADOW + GLARE + _tile(look) + look.finish.definitions + gradient("l", *look.tint.stops) + shade()
    return paints + outlines(look)


def glasses(look: Look) -> str:
    """The pair itself, from back to front."""
    return temples(look) + pads(look) + lenses(look) + front(look)


def _tile(look: Look) -> str:
    if not look.finish.tile:
        return ""
    size = number(look.camera.scale / 14)
    place = f'width="280" height="200" patternUnits="userSpaceOnUse" patternTransform="rotate(20)scale({size})"'
    return f'<pattern id="t" {place}>{look.finish.tile}</pattern>'


def shadows(look: Look) -> str:
    """Soft shadows on the table: circles of the ground plane, projected."""
    body, wide = look.body, look.body.frame_width / 2
    tip = body.side(0.97)
    spots = [((0.0, -body.temple * 0.42), wide * 1.2, body.temple * 0.62, 0.5)]
    spots += [((side * body.centre, -4.0), body.lens_width * 0.62, 11.0, 1.0) for side in look.sides]
    tips = (-1,) if look.close else (-1, 1) if look.camera.yaw else ()
    spots += [((side * tip[0], tip[2] + 6), 9.0, 20.0, 0.6) for side in tips]
    return f'<g fill="url(#d)">{"".join(_spot(look, *spot) for spot in spots)}</g>'


def _spot(look: Look, middle: Point, across: float, deep: float, strength: float) -> str:
    x, z = middle
    ground = look.body.ground
    centre, right, back = look.seen([(x, ground, z), (x + across, ground, z), (x, ground, z - deep)])
    numbers = (right[0] - centre[0], right[1] - centre[1], back[0] - centre[0], back[1] - centre[1], *centre)
    matrix = " ".join(f"{value:.0f}" for value in numbers)
    faint = f' opacity="{number(strength)}"' if strength < 1 else ""
    return f'<circle r="1"{faint} transform="matrix({matrix})"/>'
