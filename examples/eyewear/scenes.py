"""Pictures of the store itself: the wide picture of the home page, and the logo."""

import re
from dataclasses import dataclass

from examples.eyewear.drawing import definitions, glasses, shadows
from examples.eyewear.finishes import gradient
from examples.eyewear.frames import Design
from examples.eyewear.geometry import Camera, Point
from examples.eyewear.svg import document
from examples.eyewear.views import look

PITCH = 12.0
"""Degrees the camera looks down."""
FLAT = 0.208
"""How flat a round stand then looks: the sine of the pitch."""


@dataclass(frozen=True)
class Stand:
    """A round stand with a frame on it: the middle and half width of its top, its colours, the frame and its scale."""

    name: str
    color: str
    middle: Point
    half: int
    scale: float
    top: str
    foot: str


STANDS = (
    Stand("Yarrow", "Gold", (430, 690), 275, 2.75, "#e3a27c", "#b9714b"),
    Stand("Brackley", "Mustard", (1500, 640), 270, 2.75, "#3c8370", "#1d5244"),
    Stand("Cobble", "Havana", (965, 820), 430, 4.3, "#faf4ea", "#d9c8ae"),
)

LETTERS = {
    "L": (24, "M0 0V40H24"), "U": (30, "M0 0V25a15 15 0 0 0 30 0V0"), "M": (36, "M0 40V0L18 27 36 0V40"),
    "E": (24, "M24 0H0V40H24M0 20H20"), "N": (30, "M0 40V0L30 40V0"), "A": (34, "M0 40L17 0 34 40M6 27H28"),
    "R": (26, "M0 40V0H14a11 11 0 0 1 0 22H0M14 22L26 40"), "C": (33, "M33 7a20 20 0 1 0 0 26"),
    "H": (30, "M0 0V40M30 0V40M0 20H30"), " ": (8, ""),
    "&": (33, "M33 40L9 14a8 8 0 1 1 13-2L6 23a10 10 0 1 0 17 9l7-11"),
}  # fmt: skip
"""Capitals of one stroke, 40 high: width and path."""


def hero(designs: dict[str, Design]) -> str:
    """Three frames on three stands before a wall, 1920 by 1080."""
    light = (
        gradient("wall", (0, "#f6ecdf"), (1, "#e6d5bd"))
        + gradient("disc", (0, "#2f7d69"), (1, "#174539"))
        + gradient("arch", (0, "#f0c9ad"), (1, "#dda27f"))
    )
    room = (
        '<path fill="url(#wall)" d="M0 0h1920v1080H0z"/><circle cx="1290" cy="420" r="345" fill="url(#disc)"/>'
        '<path fill="url(#arch)" d="M215 900V400a215 215 0 0 1 430 0v500z"/>'
        '<path fill="#d6c0a2" d="M0 800h1920v280H0z"/>'
        '<path fill="#fff" opacity=".13" d="M700 0h320L620 1080H180zM1120 0h130L850 1080H690z"/>'
    )
    stands = "".join(_drum(stand, mark) + _pair(designs, stand, mark) for mark, stand in enumerate(STANDS))
    return document(f"<defs>{light}</defs>{room}{stands}", 1920, 1080)


def _drum(stand: Stand, mark: int) -> str:
    (x, y), half, top = stand.middle, stand.half, stand.top
    paint = (
        f'<linearGradient id="side{mark}"><stop offset=".3" stop-color="{top}"/>'
        f'<stop offset="1" stop-color="{stand.foot}"/></linearGradient>'
    )
    side = f'<path fill="url(#side{mark})" d="M{x - half} {y}V1160h{2 * half}V{y}z"/>'
    return f'<defs>{paint}</defs>{side}<ellipse cx="{x}" cy="{y}" rx="{half}" ry="{half * FLAT:.0f}" fill="{top}"/>'


def _pair(designs: dict[str, Design], stand: Stand, mark: int) -> str:
    """The frame on a stand, resting a little before its middle."""
    design = designs[stand.name]
    target = (design.body.frame_width * 0.06, design.body.ground, -52.0)
    place = (stand.middle[0] + stand.half * 0.03, stand.middle[1] - stand.half * 0.03)
    pair = look(design, stand.color, Camera(34, PITCH, stand.scale, target, centre=place))
    return _renamed(f"<defs>{definitions(pair)}</defs>{shadows(pair)}{glasses(pair)}", mark)


def _renamed(svg: str, mark: int) -> str:
    """The same drawing with names of its own: names are a letter and perhaps a digit, which no colour is."""
    return re.sub(r'(id="|#)([a-z]\d?)(?=["\)])', rf"\g<1>\g<2>-{mark}", svg)


def logo() -> str:
    """Two lenses, one lit, and the name in drawn letters."""
    lenses = (
        '<circle cx="34" cy="40" r="24" fill="#2b7a63"/><circle cx="96" cy="40" r="24"/><path d="M56 31q9-9 18 0"/>'
    )
    x, letters = 146, ""
    for letter in "LUMEN & LARCH":
        width, path = LETTERS[letter]
        letters += f'<path transform="translate({x} 20)" d="{path}"/>' if path else ""
        x += width + 13
    style = 'fill="none" stroke="#2b7a63" stroke-width="5.5" stroke-linecap="round" stroke-linejoin="round"'
    return document(f"<g {style}>{lenses}{letters}</g>", x, 80)
