"""Names that shops give shapes and rims of frames, and the words guidance uses for them."""

import re
from functools import lru_cache

_NAMES = {
    "aviator": "aviator|pilot|pilots|teardrop|pilotenbrille|piloten|pilotenform|aviateur|طيار",
    "browline": "browline|brow line|clubmaster|brauenlinie",
    "butterfly": "butterfly|schmetterling|schmetterlingsform|papillon|فراشة",
    "cat-eye": "cat eye|cateye|cats eye|cat|katzenauge|katzenaugen|cat eye form|œil de chat|oeil de chat|عين القطة",
    "geometric": "geometric|geometrical|geometrisch|hexagon|hexagonal|octagon|octagonal|polygonal|sechseckig|achteckig"
    "|géométrique|هندسي",
    "oval": "oval|ovale|elliptical|بيضوي|بيضاوي",
    "rectangle": "rectangle|rectangular|rechteck|rechteckig|rectangulaire|مستطيل",
    "round": "round|circle|circular|rund|rond|ronde|panto|pantos|p3|دائري|مستدير",
    "square": "square|squared|quadrat|quadratisch|eckig|carré|carrée|مربع",
    "wayfarer": "wayfarer|trapezoid|trapezoidal|trapeze|trapez|trapezform|trapezförmig|d frame|trapèze|شبه منحرف",
}
"""By the word of ``guidance.FRAME_SHAPES``. Panto counts as round and trapezoid as wayfarer, as in most shops."""

_SHAPE_OF = {name: shape for shape, names in _NAMES.items() for name in names.split("|")}
_RIMLESS = frozenset({"rimless", "frameless", "three piece", "randlos", "sans monture", "percée", "بدون إطار"})
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=4_096)
def frame_shape(name: str) -> str | None:
    """The word of guidance for a frame's shape: ``Cat Eye`` is ``cat-eye``; none for a name it has no word for."""
    return _SHAPE_OF.get(_plain(name))


@lru_cache(maxsize=4_096)
def is_rimless(rim: str) -> bool:
    """Whether a rim is none."""
    return _plain(rim) in _RIMLESS


def _plain(name: str) -> str:
    return _BETWEEN.sub(" ", name.casefold()).strip()
