"""Product pictures: a frame's body seen by a camera, painted with a finish, as compact SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from examples.eyewear.body import Body
from examples.eyewear.finishes import Finish, Tint, gradient, shade
from examples.eyewear.geometry import Camera, Point, Point3, mirrored
from examples.eyewear.svg import closed, document, number, opened, polygon

ACETATE_TEMPLE = ((0, 7.6), (0.08, 7.0), (0.3, 5.4), (0.66, 5.2), (0.78, 5.8), (0.92, 6.4), (1, 3.6))
WIRE_TEMPLE = ((0, 3.4), (0.06, 3.0), (0.2, 2.2), (0.68, 1.8), (0.74, 1.8))
WIRE_TIP = ((0.66, 2.4), (0.7, 3.6), (0.79, 4.0), (0.93, 4.8), (1, 3.0))

PAPER = '<radialGradient id="b" cy=".45" r=".75"><stop stop-color="#fbfaf8"/><stop offset="1" stop-color="#e9e7e3"/></radialGradient>'
SHADOW = '<radialGradient id="d"><stop stop-color="#0006"/><stop offset=".4" stop-color="#0003"/><stop offset="1" stop-color="#0000"/></radialGradient>'
GLARE = gradient("w", (0, "#fff8"), (1, "#fff0"))


@dataclass(frozen=True)
class Look:
    """What is to be drawn: a body, its finish, its lens tint, and the camera. ``close`` leaves out the far half."""

    body: Body
    finish: Finish
    tint: Tint
    camera: Camera
    close: bool = False

    def flat(self, points: Sequence[Point], depth: float = 0.0) -> list[Point]:
        """Points of the front, projected."""
        return self.seen(self.body.lift(points, depth))

    def seen(self, points: Sequence[Point3]) -> list[Point]:
        """Points in space, projected."""
        return [self.camera.project(point) for point in points]

    @property
    def sides(self) -> tuple[int, ...]:
        """Which lenses are in the picture: -1 is the far one."""
        return (1,) if self.close else (-1, 1)

    def shift(self, depth: float) -> Point:
        """How far the front's back face is from its front face in the picture, at the near lens."""
        (x, y), (u, v) = self.flat([(self.body.centre, 0.0)])[0], self.flat([(self.body.centre, 0.0)], depth)[0]
        return u - x, v - y

    def mm(self, millimetres: float) -> str:
        """A length in picture units, for stroke widths."""
        return number(millimetres * self.camera.scale)

    @cached_property
    def glass(self) -> list[str]:
        """The lens outlines as path data."""
        return [closed(self.flat(self.sided(self.body.lens, side))) for side in self.sides]

    def sided(self, points: list[Point], side: int) -> list[Point]:
        """Points of the right half, or of the left."""
        return points if side > 0 else mirrored(points)


def picture(look: Look) -> str:
    """The whole picture: ground, shadow, temples, lenses, front."""
    glass = f'<path id="o" d="{"".join(look.glass)}"/><clipPath id="q"><use href="#o"/></clipPath>'
    definitions = PAPER + SHADOW + GLARE + _tile(look) + look.finish.definitions + gradient("l", *look.tint.stops) + shade()
    layers = [shadows(look), temples(look)]
    layers.append(pads(look) if look.body.wire or look.body.build == "browline" else "")
    layers += [lenses(look), front(look)]
    return document(f'<defs>{definitions}{glass}</defs><path fill="url(#b)" d="M0 0h1600v1200H0z"/>{"".join(layers)}')


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
    spots += [((side * tip[0], tip[2] + 6), 9.0, 20.0, 0.6) for side in (-1, 1)]
    return f'<g fill="url(#d)">{"".join(_spot(look, *spot) for spot in spots)}</g>'


def _spot(look: Look, middle: Point, across: float, deep: float, strength: float) -> str:
    x, z = middle
    ground = look.body.ground
    centre, right, back = look.seen([(x, ground, z), (x + across, ground, z), (x, ground, z - deep)])
    numbers = (right[0] - centre[0], right[1] - centre[1], back[0] - centre[0], back[1] - centre[1], *centre)
    matrix = " ".join(f"{value:.0f}" for value in numbers)
    return f'<circle r="1" opacity="{number(strength)}" transform="matrix({matrix})"/>'


def temples(look: Look) -> str:
    """Both temples: the far one shows its inner side, the near one its outer side. Seen from the front they mirror."""
    near = _temple(look, 1)
    if look.camera.yaw:
        return _temple(look, -1) + near
    return f'<g id="e">{near}</g><use href="#e" transform="matrix(-1 0 0 1 1600 0)"/>'


def _temple(look: Look, side: int) -> str:
    finish = look.finish
    if finish.wire_temples:
        wire = _strip(look, f"n{side + 1}", WIRE_TEMPLE, finish.metal_flat, 1.0)
        return wire + _strip(look, f"m{side + 1}", WIRE_TIP, finish.tip, 2.6)
    return _strip(look, f"n{side + 1}", ACETATE_TEMPLE, finish.fill, 3.0)


def _strip(look: Look, name: str, heights: Sequence[tuple[float, float]], fill: str, thick: float) -> str:
    """One side of a temple over darker copies that give it its thickness; the name ends in 0 for the far side."""
    side = -1 if name.endswith("0") else 1
    outwards = -1 if side > 0 and look.camera.yaw else 1
    face = look.body.temple_face(heights, 0.0 if outwards < 0 else thick)
    data = closed(look.seen([(x * side, y, z) for x, y, z in face]))
    x, y, z = face[1]
    (here, high), (there, low) = look.seen([(x * side, y, z), ((x + thick * outwards) * side, y, z)])
    see = f' fill-opacity="{number(look.finish.opacity)}"' if look.finish.opacity < 1 and thick >= 3 else ""
    edge = _edge(look, name, (there - here, low - high), bool(see) or thick < 2)
    return f'<g fill="{look.finish.dark}"{see}>{edge}</g><g fill="{fill}"{see}><path id="{name}" d="{data}"/></g>'


def _edge(look: Look, name: str, shift: Point, single: bool) -> str:
    """The thickness of a temple: a swollen copy when seen from the front, else copies in steps."""
    x, y = shift
    if not look.camera.yaw:
        width = number(abs(x))
        return f'<use href="#{name}" stroke="{look.finish.dark}" stroke-width="{width}" stroke-opacity="{number(look.finish.opacity)}" x="{x / 2:.0f}"/>'
    steps = (1.0,) if single else (1.0, 0.67, 0.33)
    return "".join(f'<use href="#{name}" x="{x * step:.0f}" y="{y * step:.0f}"/>' for step in steps)


def pads(look: Look) -> str:
    """Nose pads of clear silicone on wire arms."""
    pad, arm = look.body.pad()
    wires = drops = ""
    for side in (-1, 1):
        wires += opened(look.seen([(x * side, y, z) for x, y, z in arm]))
        drops += closed(look.seen([(x * side, y, z) for x, y, z in pad]))
    wire = f'<path fill="none" stroke="{look.finish.metal_flat}" stroke-width="{look.mm(0.9)}" d="{wires}"/>'
    return f'{wire}<path fill="#f3efe6" fill-opacity=".8" stroke="#8a8478" d="{drops}"/>'


def lenses(look: Look) -> str:
    """Tinted glass with an edge and two soft bands of reflected light."""
    bands = ""
    for side in look.sides:
        x, w, h = side * look.body.centre, look.body.lens_width, look.body.lens_height
        band = [(x - w * 0.5, -h * 0.55), (x - w * 0.02, -h * 0.55), (x - w * 0.3, h * 0.5), (x - w * 0.6, h * 0.5)]
        bands += polygon(look.flat(band))
    edge = f'<use href="#o" fill="none" stroke="{look.tint.edge}" stroke-width="3"/>'
    glare = f'<path clip-path="url(#q)" fill="url(#w)" opacity="{number(look.tint.glare)}" d="{bands}"/>'
    return f'<use href="#o" fill="url(#l)"/>{glare}{edge}'


def front(look: Look) -> str:
    """The front, by its build."""
    body = look.body
    if body.build == "rimless":
        return wires(look, "")
    if body.build == "browline":
        brows = (closed(look.flat(look.sided(body.brow(), side))) for side in look.sides)
        return wires(look, "".join(look.glass)) + plate(look, "".join(brows))
    if body.wire:
        return wires(look, _rims(look))
    if body.build == "half":
        return plate(look, closed(look.flat(_shown(look, body.half_front()))))
    return plate(look, closed(look.flat(_shown(look, body.front()))) + "".join(look.glass))


def _shown(look: Look, silhouette: list[Point]) -> list[Point]:
    """A silhouette without what a close picture leaves out at its far side."""
    return [point for point in silhouette if point[0] > -14] if look.close else silhouette


def _rims(look: Look) -> str:
    if look.body.build == "full":
        return "".join(look.glass)
    return "".join(opened(look.flat(look.sided(look.body.upper_rim(), side))) for side in look.sides)


def plate(look: Look, data: str) -> str:
    """A cut and milled front: its edge by stacked copies, its face, then a bevel of light and shade."""
    finish = look.finish
    x, y = look.shift(3.6)
    see = f' fill-opacity="{number(finish.opacity)}"' if finish.opacity < 1 else ""
    count = 1 if see else 6 if look.close else 3 if look.camera.yaw else 2
    depths = [1 - step / count for step in range(count)]
    steps = "".join(f'<use href="#f" x="{x * depth:.0f}" y="{y * depth:.0f}"/>' for depth in depths)
    return (
        f'<defs><path id="f" fill-rule="evenodd" clip-rule="evenodd" d="{data}"/><clipPath id="k"><use href="#f"/></clipPath></defs>'
        f'<g fill="{finish.dark}"{see}>{steps}</g><use href="#f" fill="{finish.fill}"{see}/><use href="#f" fill="url(#s)"/>'
        f'<g clip-path="url(#k)" fill="none"><use href="#f" stroke="#fff" stroke-opacity="{number(finish.gloss)}" '
        f'stroke-width="{look.mm(0.45)}" x="2" y="{look.mm(0.6)}"/><use href="#f" stroke="#000" stroke-opacity=".28" '
        f'stroke-width="{look.mm(0.8)}"/></g>'
    )


def wires(look: Look, rims: str) -> str:
    """Bent wire: a dark, a coloured and a light stroke on the same path."""
    body, finish = look.body, look.finish
    ends = "".join(opened(look.flat(look.sided(body.wire_end(), side))) for side in look.sides)
    bars = "".join(opened(look.flat(bar)) for bar in body.wire_bridge())
    width = min(body.rim) * look.camera.scale
    x, y = look.shift(1.6)
    strokes = [(finish.dark, 1.0, x, y), (finish.dark, 1.0, 0, 0), ("url(#m)", 0.72, 0, 0), ("#fffa", 0.2, -1, -2)]
    uses = "".join(
        f'<use href="#r" stroke="{paint}" stroke-width="{number(width * share)}" x="{u:.0f}" y="{v:.0f}"/>'
        for paint, share, u, v in strokes
    )
    return f'<defs><path id="r" d="{rims}{ends}{bars}"/></defs><g fill="none" stroke-linecap="round">{uses}</g>'
