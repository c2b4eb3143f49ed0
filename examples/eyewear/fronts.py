"""Lenses and fronts: milled plates, bent wire, and both together."""

from examples.eyewear.finishes import darker
from examples.eyewear.geometry import Point
from examples.eyewear.look import Look
from examples.eyewear.svg import closed, number, opened, polygon


def outlines(look: Look) -> str:
    """Definitions: ``f`` is the plate, ``o`` the lenses, ``q`` clips to the lenses and ``k`` to the plate."""
    plate = _plate_data(look)
    shape = f'<path id="f" d="{plate}"/>' if plate else ""
    shape += '<clipPath id="k"><use href="#f" clip-rule="evenodd"/></clipPath>' if plate else ""
    glass = "f" if look.milled else "o"
    shape += "" if look.milled else f'<path id="o" d="{look.glass}"/>'
    return f'{shape}<clipPath id="q"><use href="#{glass}"/></clipPath>'


def _plate_data(look: Look) -> str:
    body = look.body
    if body.build == "browline":
        return "".join(closed(look.flat(look.sided(body.brow(), side))) for side in look.sides)
    if body.wire:
        return ""
    if body.build == "half":
        return closed(look.flat(_shown(look, body.half_front())))
    return closed(look.flat(_shown(look, body.front()))) + look.glass


def _shown(look: Look, silhouette: list[Point]) -> list[Point]:
    """A silhouette without what a close picture leaves out at its far side."""
    return [point for point in silhouette if point[0] > -14] if look.close else silhouette


def lenses(look: Look) -> str:
    """Tinted glass with two soft bands of reflected light; an opaque plate will cover what is not lens."""
    bands = ""
    for side in look.sides:
        x, w, h = side * look.body.centre, look.body.lens_width, look.body.lens_height
        band = [(x - w * 0.5, -h * 0.55), (x - w * 0.02, -h * 0.55), (x - w * 0.3, h * 0.5), (x - w * 0.6, h * 0.5)]
        bands += polygon(look.flat(band))
    glass = "f" if look.milled else "o"
    glare = f'<path clip-path="url(#q)" fill="url(#w)" opacity="{number(look.tint.glare)}" d="{bands}"/>'
    edge = "" if look.milled else f'<use href="#o" fill="none" stroke="{look.tint.edge}" stroke-width="3"/>'
    return f'<use href="#{glass}" fill="url(#l)"/>{glare}{edge}'


def front(look: Look) -> str:
    """The front, by its build."""
    build, wire = look.body.build, look.body.wire
    return (_wires(look) if wire or build == "browline" else "") + ("" if wire else _plate(look))


def _plate(look: Look) -> str:
    """A cut and milled front: its edge by stacked copies, its face, then a bevel of light and shade."""
    finish = look.finish
    x, y = look.shift(3.6)
    count = 1 if look.see else 6 if look.close else 3 if look.camera.yaw else 2
    depths = [1 - step / count for step in range(count)]
    steps = "".join(f'<use href="#f" x="{x * depth:.0f}" y="{y * depth:.0f}"/>' for depth in depths)
    bevel = (
        f'stroke="#fff" stroke-opacity="{number(finish.gloss)}" stroke-width="{look.mm(0.45)}" x="2" y="{look.mm(0.6)}"'
    )
    return (
        f'<g fill-rule="evenodd"><g fill="{finish.dark}"{look.see}>{steps}</g>'
        f'<use href="#f" fill="{finish.fill}"{look.see}/>'
        f'<use href="#f" fill="url(#s)"/></g><g clip-path="url(#k)" fill="none"><use href="#f" {bevel}/>'
        f'<use href="#f" stroke="#0005" stroke-width="{look.mm(0.8)}"/></g>{_rivets(look)}'
    )


def _rivets(look: Look) -> str:
    """Two metal heads beside each hinge, as dots: lines of no length with round ends."""
    if not look.riveted:
        return ""
    x, y = look.body.frame_width / 2 - 3.4, look.body.hinge
    heads = [(x, y - 1.3), (x, y + 1.3)]
    places = [look.flat([head])[0] for side in look.sides for head in look.sided(heads, side)]
    data = "".join(f"M{u:.0f} {v:.0f}h.1" for u, v in places)
    dots = ((1.5, "#0008"), (1.1, "#d9d6cf"))
    drawn = "".join(f'<path stroke="{paint}" stroke-width="{look.mm(size)}" d="{data}"/>' for size, paint in dots)
    return f'<g stroke-linecap="round">{drawn}</g>'


def _wires(look: Look) -> str:
    """Bent wire: a dark, a coloured and a light stroke on the same paths."""
    body, finish = look.body, look.finish
    pieces = [opened(look.flat(look.sided(body.wire_end(), side))) for side in look.sides]
    pieces += [opened(look.flat(bar)) for bar in body.wire_bridge()]
    if body.build == "half":
        pieces += [opened(look.flat(look.sided(body.upper_rim(), side))) for side in look.sides]
    rims = '<use href="#o"/>' if body.build in ("full", "browline") else ""
    data = "".join(pieces)
    width = min(body.rim) * look.camera.scale
    dark = darker(finish.metal_flat)
    x, y = look.shift(1.6)
    strokes = ((dark, 1.0, x, y), (dark, 1.0, 0, 0), ("url(#m)", 0.72, 0, 0), ("#fffa", 0.2, -1, -2))
    uses = "".join(
        f'<use href="#r" stroke="{paint}" stroke-width="{number(width * share)}" x="{u:.0f}" y="{v:.0f}"/>'
        for paint, share, u, v in strokes
    )
    return f'<defs><g id="r">{rims}<path d="{data}"/></g></defs><g fill="none" stroke-linecap="round">{uses}</g>'
