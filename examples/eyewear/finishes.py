"""What a frame and its lenses look like: colours, patterns, metal, tint."""

import colorsys
from dataclasses import dataclass

Stop = tuple[float, str]


@dataclass(frozen=True)
class Finish:
    """The paint of one colour: ``fill`` for the face, ``dark`` for edges, ``metal_flat`` for thin wire.

    ``tile`` is the content of a pattern of 280 by 200 units, a tenth of a millimetre each, painted as ``url(#t)``.
    """

    fill: str
    dark: str
    tile: str = ""
    definitions: str = ""
    metal_flat: str = "#b9bcc0"
    tip: str = "#26221f"
    opacity: float = 1.0
    gloss: float = 0.5
    wire_temples: bool = False


@dataclass(frozen=True)
class Tint:
    """A lens: gradient stops (offset, colour), its edge, and how strongly it reflects."""

    stops: tuple[Stop, ...]
    edge: str
    glare: float


CLEAR = Tint(((0, "#cfdfe648"), (1, "#e9f1f324")), "#93a5ad", 0.7)


def gradient(name: str, *stops: Stop) -> str:
    """A vertical gradient over the painted shape; a colour may carry its opacity in two more hexadecimal digits."""
    places = [(f' offset="{offset}"' if offset else "", color) for offset, color in stops]
    marks = "".join(f'<stop{place} stop-color="{color}"/>' for place, color in places)
    return f'<linearGradient id="{name}" x2="0" y2="1">{marks}</linearGradient>'


def shade() -> str:
    """Light from above: a veil over the front, lighter at the brow and darker at the cheek."""
    return gradient("s", (0, "#fff4"), (0.45, "#fff0"), (1, "#0003"))


def mixed(color: str, other: str, share: float) -> str:
    """A colour with a share of another."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(color: str) -> str:
    """The same hue in shadow; pale colours turn greyer."""
    hue, light, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(color)))
    channels = colorsys.hls_to_rgb(hue, light * 0.58, saturation * (0.55 if light > 0.7 else 1))
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def solid(color: str, gloss: float = 0.5) -> Finish:
    """Dyed through."""
    return Finish(color, darker(color), gloss=gloss, tip=color)


def fade(color: str, other: str) -> Finish:
    """Two colours laminated: one at the brow, running into the other at the cheek."""
    return Finish("url(#g)", darker(color), definitions=gradient("g", (0.2, color), (0.8, other)), tip=color)


def tortoise(base: str, spots: str) -> Finish:
    """Havana: amber with clouds in two depths of brown, as strokes that cross the tile's border."""
    clouds = (
        "M30 40q60-30 90 8M150 90q-70-10-100 30M190 30q50 50 80 10M210 130q-50 10-70 40M250 100q20 40 0 70"
        "M20 170q30-20 70 10"
    )
    middle = mixed(base, spots, 0.75)
    layers = (
        f'<path fill="{base}" d="M0 0h280v200H0z"/><g fill="none" stroke-linecap="round" stroke="{middle}" '
        f'stroke-width="54" stroke-opacity=".5"><path id="y" d="{clouds}"/><use href="#y" x="-280"/>'
        f'<g stroke="{spots}"><use href="#y" stroke-width="44" transform="rotate(180 140 100)"/>'
        '<use href="#y" stroke-width="26" x="34" y="22"/></g></g>'
    )
    return Finish("url(#t)", darker(spots), layers, tip=spots)


def crystal(color: str) -> Finish:
    """See-through acetate."""
    return Finish(color, darker(color), opacity=0.62, gloss=0.85, tip=color)


def metal(color: str, tip: str) -> Finish:
    """Polished or brushed wire: a gradient of light and dark bands across the frame."""
    bright, deep = mixed(color, "#ffffff", 0.55), darker(color)
    stops = "".join(
        f'<stop offset="{offset}" stop-color="{paint}"/>'
        for offset, paint in (
            (0, color),
            (0.18, bright),
            (0.34, color),
            (0.5, bright),
            (0.68, deep),
            (0.84, bright),
            (1, color),
        )
    )
    place = 'gradientUnits="userSpaceOnUse" x1="150" y1="300" x2="1450" y2="900"'
    band = f'<linearGradient id="m" {place}>{stops}</linearGradient>'
    return Finish(color, deep, definitions=band, metal_flat=color, tip=tip, wire_temples=True)


def wood(color: str) -> Finish:
    """Wood: grain lines along the front, as a tile."""
    bends = (6, -5, 8, -9, 6, -4, 9, 5, -7, 6, -8, 4)
    lines = "".join(f"M0 {10 + 16 * row}q70 {bend} 140 0t140 0" for row, bend in enumerate(bends))
    grain = f'<path fill="none" stroke="{darker(color)}" stroke-width="3.5" opacity=".5" d="{lines}"/>'
    return Finish("url(#t)", darker(color), f'<path fill="{color}" d="M0 0h280v200H0z"/>{grain}', gloss=0.25, tip=color)
