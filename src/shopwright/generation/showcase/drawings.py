"""The pictures of the sample store: spectacle frames drawn in code, so that they are in every installation."""

from dataclasses import dataclass

_LENSES = {
    "round": "M-208 0a208 178 0 1 0 416 0a208 178 0 1 0 -416 0z",
    "square": "M-208 -96q0 -80 80 -80h256q80 0 80 80v192q0 80 -80 80h-256q-80 0 -80 -80z",
    "cat-eye": "M178 -104C60 -130 -120 -140 -244 -190C-240 -40 -200 158 -24 166C120 172 204 60 178 -104z",
}
"""The outline of the left lens, as a viewer sees it; the right one is its mirror image."""

_VIEW = '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}">'
_DEFS = (
    '<defs><linearGradient id="rim" x2="0" y2="1"><stop stop-color="{light}"/><stop offset=".55" stop-color="{color}"/>'
    '<stop offset="1" stop-color="{dark}"/></linearGradient>'
    '<linearGradient id="lens" x2=".7" y2="1"><stop stop-color="{lens}" stop-opacity=".55"/>'
    '<stop offset="1" stop-color="{lens}" stop-opacity=".18"/></linearGradient>'
    '<radialGradient id="shade"><stop stop-color="#30343a" stop-opacity=".22"/>'
    '<stop offset="1" stop-color="#30343a" stop-opacity="0"/></radialGradient></defs>'
)
_STAGE = '<rect x="-800" y="-800" width="1600" height="1600" fill="{ground}"/>'
_SHADOW = '<ellipse cx="0" cy="250" rx="560" ry="46" fill="url(#shade)"/>'
_ARMS = (
    '<g fill="none" stroke="url(#rim)" stroke-width="26" stroke-linecap="round">'
    '<path d="M-500 -66q-62 -10 -78 46"/><path d="M500 -66q62 -10 78 46"/></g>'
)
_GLASS = (
    '<path transform="translate({x} 0) scale({side} 1)" d="{path}" fill="url(#lens)" stroke="url(#rim)" '
    'stroke-width="34"/>'
)
_GLINT = (
    '<path d="M{x} -90q-58 30 -62 104" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="12" '
    'stroke-linecap="round"/>'
)
_BRIDGE = '<path d="M-84 -52q84 -62 168 0" fill="none" stroke="url(#rim)" stroke-width="30" stroke-linecap="round"/>'
_NAME = (
    '<text x="0" y="350" text-anchor="middle" font-family="sans-serif" font-size="30" letter-spacing="10" '
    'fill="#6b7076">SAMPLE</text>'
)
_WORDMARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="160" viewBox="0 0 640 160">'
    '<g fill="none" stroke="#1f4a40" stroke-width="12"><circle cx="80" cy="84" r="44"/>'
    '<circle cx="204" cy="84" r="44"/><path d="M124 76q18 -16 36 0"/></g>'
    '<text x="276" y="108" font-family="sans-serif" font-size="76" '
    'font-weight="600" letter-spacing="2" fill="#1f4a40">SAMPLE</text></svg>'
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a drawn frame looks like: ``shape`` is ``round``, ``square`` or ``cat-eye``; colours are sRGB."""

    shape: str
    color: str
    lens: str = "#b9c9d4"
    ground: str = "#ffffff"


def front(look: Look, *, tall: bool = False) -> str:
    """A frame from the front as an SVG of 4 to 3, or of 3 to 4."""
    width, height = (1_200, 1_600) if tall else (1_600, 1_200)
    box = "-660 -880 1320 1760" if tall else "-800 -600 1600 1200"
    return "".join((_view(width, height, box, look), _SHADOW, _frame(look), _NAME, "</svg>"))


def close_up(look: Look) -> str:
    """One lens, the bridge and the hinge of the same frame, near."""
    near = f'<g transform="translate(250 70) scale(1.7)">{_frame(look)}</g>'
    return "".join((_view(1_600, 1_200, "-800 -600 1600 1200", look), near, "</svg>"))


def scene(looks: tuple[Look, ...]) -> str:
    """Several frames on one ground, wide: the picture of a home page."""
    parts = [_view(2_000, 1_125, "-1000 -562 2000 1125", looks[0])]
    parts.append(f'<rect x="-1000" y="-562" width="2000" height="1125" fill="{looks[0].ground}"/>')
    places = ((-430, -190, 0.72, -9), (420, -60, 0.8, 7), (-160, 250, 0.86, -3))
    for look, (x, y, scale, turn) in zip(looks, places, strict=False):
        inner = _VIEW.format(width=1_200, height=800, box="-600 -400 1200 800").replace(
            "<svg ", '<svg x="-600" y="-400" overflow="visible" '
        )
        drawn = inner + _named(look) + _SHADOW + _frame(look, mark=look.color[1:]) + "</svg>"
        parts.append(f'<g transform="translate({x} {y}) scale({scale}) rotate({turn})">{drawn}</g>')
    return "".join((*parts, "</svg>"))


def wordmark() -> str:
    """The logo of the sample store."""
    return _WORDMARK


def _view(width: int, height: int, box: str, look: Look) -> str:
    return _VIEW.format(width=width, height=height, box=box) + _gradients(look) + _STAGE.format(ground=look.ground)


def _gradients(look: Look) -> str:
    return _DEFS.format(
        light=_mixed(look.color, 255, 0.34), color=look.color, dark=_mixed(look.color, 0, 0.3), lens=look.lens
    )


def _named(look: Look) -> str:
    """The gradients of one of several frames, under names of its own."""
    return _gradients(look).replace('id="', f'id="{look.color[1:]}')


def _frame(look: Look, mark: str = "") -> str:
    glasses = "".join(_GLASS.format(x=290 * -side, side=side, path=_LENSES[look.shape]) for side in (1, -1))
    drawn = _ARMS + glasses + _BRIDGE + "".join(_GLINT.format(x=x) for x in (-340, 240))
    return drawn.replace("url(#", f"url(#{mark}") if mark else drawn


def _mixed(color: str, other: int, part: float) -> str:
    """A colour with so much of white (255) or black (0) in it."""
    channels = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(channel * (1 - part) + other * part):02x}" for channel in channels)
