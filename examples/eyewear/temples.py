"""Temples and nose pads, behind the front."""

from collections.abc import Sequence

from examples.eyewear.geometry import Point
from examples.eyewear.look import Look
from examples.eyewear.svg import closed, number, opened

Heights = Sequence[tuple[float, float]]

PLATE: Heights = ((0, 7.6), (0.1, 6.8), (0.35, 5.2), (0.67, 5.2), (0.8, 5.9), (1, 5.4))
WIRE: Heights = ((0, 3.4), (0.06, 3.0), (0.2, 2.2), (0.68, 1.8), (0.74, 1.8))
TIP: Heights = ((0.66, 2.4), (0.7, 3.6), (0.8, 4.0), (1, 4.6))
"""Outlines of temples: height in mm at shares of the length, from the hinge to the tip."""


def temples(look: Look) -> str:
    """Both temples: the far one shows its inner side, the near one its outer side. Seen from the front they mirror."""
    near = _temple(look, 1)
    if not look.camera.yaw:
        return f'<g id="e">{near}</g><use href="#e" transform="matrix(-1 0 0 1 1600 0)"/>'
    return _temple(look, -1) + near + _mark(look)


def _temple(look: Look, side: int) -> str:
    finish = look.finish
    if finish.wire_temples:
        wire = _strip(look, f"n{side + 1}", WIRE, finish.metal_flat, 1.0)
        return wire + _strip(look, f"m{side + 1}", TIP, finish.tip, 2.6)
    return _strip(look, f"n{side + 1}", PLATE, finish.fill, 3.0)


def _strip(look: Look, name: str, heights: Heights, fill: str, thick: float) -> str:
    """One side of a temple over darker copies that give it its thickness; the name ends in 0 for the far side."""
    side = -1 if name.endswith("0") else 1
    outwards = -1 if side > 0 and look.camera.yaw else 1
    face = look.body.temple_face(heights, 0.0 if outwards < 0 else thick)
    data = closed(look.seen([(x * side, y, z) for x, y, z in face]))
    x, y, z = face[1]
    (here, high), (there, low) = look.seen([(x * side, y, z), ((x + thick * outwards) * side, y, z)])
    see = look.see if thick >= 3 else ""
    edge = _edge(look, name, (there - here, low - high), bool(see) or thick < 2)
    light = f'<use href="#{name}" fill="url(#s)"/>' if look.camera.yaw else ""
    return (
        f'<g fill="{look.finish.dark}"{see}>{edge}</g><g fill="{fill}"{see}><path id="{name}" d="{data}"/></g>{light}'
    )


def _edge(look: Look, name: str, shift: Point, single: bool) -> str:
    """The thickness of a temple: a swollen copy when seen from the front, else copies in steps."""
    x, y = shift
    if not look.camera.yaw:
        faint = f' stroke-opacity="{number(look.finish.opacity)}"' if look.finish.opacity < 1 else ""
        paint = f'stroke="{look.finish.dark}" stroke-width="{number(abs(x))}"{faint}'
        return f'<use href="#{name}" {paint} x="{x / 2:.0f}"/>'
    steps = (1.0,) if single else (1.0, 0.67, 0.33)
    return "".join(f'<use href="#{name}" x="{x * step:.0f}" y="{y * step:.0f}"/>' for step in steps)


def _mark(look: Look) -> str:
    """The maker's mark: a short inlaid bar on the near temple."""
    if look.finish.wire_temples:
        return ""
    bar = opened(look.seen([look.body.side(0.1), look.body.side(0.13)]))
    return f'<path stroke="#d8cfb8" stroke-linecap="round" stroke-width="{look.mm(0.9)}" d="{bar}"/>'


def pads(look: Look) -> str:
    """Nose pads of clear silicone on wire arms, where a front has no bridge of its own to rest on the nose."""
    if not look.body.wire and look.body.build != "browline":
        return ""
    pad, arm = look.body.pad()
    wires = drops = ""
    for side in look.sides:
        wires += opened(look.seen([(x * side, y, z) for x, y, z in arm]))
        drops += closed(look.seen([(x * side, y, z) for x, y, z in pad]))
    wire = f'<path fill="none" stroke="{look.finish.metal_flat}" stroke-width="{look.mm(0.9)}" d="{wires}"/>'
    return f'{wire}<path fill="#f3efe6" fill-opacity=".8" stroke="#8a8478" d="{drops}"/>'
