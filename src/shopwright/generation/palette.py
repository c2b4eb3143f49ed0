"""The seller's colour, made readable in light and in dark: the nearest tone in OKLCH that WCAG 2.2 AA lets pass.

Only lightness is shifted and the hue is kept; chroma gives way where a screen has no colour that strong (B. Ottosson's
OKLab, as CSS Color 4 defines it). The result is what ``brand.css`` says, and what ``seo.color_pairs`` checks again.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.catalog.store import Brand
from shopwright.errors import SourceError
from shopwright.seo.contrast import TEXT, contrast, linear, luminance

LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#1d2024"
"""The lightest dark and darkest light background a theme may set text in accent colour on."""

_STEPS = 24
"""Halvings of a range: finer than the 256 steps of a channel."""

Oklch = tuple[float, float, float]


class Tone(NamedTuple):
    """A colour as given, as it is shown in a scheme, and the ground it must be readable on."""

    field: str
    scheme: str
    given: str
    shown: str
    ground: str

    def __str__(self) -> str:
        before, now = (int(contrast(color, self.ground) * 100) / 100 for color in (self.given, self.shown))
        return (
            f"{self.field} {self.given} has {before:g}:1 on {self.ground} ({self.scheme}), {self.shown} has {now:g}:1"
        )


def readable_on(color: str, page: str) -> str:
    """The colour itself, or the nearest lighter or darker tone of it that is readable on a page colour."""
    color = color.lower()
    if contrast(color, page) >= TEXT:
        return color
    lightness, chroma, hue = _oklch(color)
    end = 0.0 if luminance(page) > 0.18 else 1.0
    for _ in range(_STEPS):
        middle = (lightness + end) / 2
        readable = contrast(_in_gamut((middle, chroma, hue)), page) >= TEXT
        lightness, end = (lightness, middle) if readable else (middle, end)
    return _in_gamut((end, chroma, hue))


def text_on(color: str) -> str:
    """Black or white, whichever is more readable on a colour."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, color))


def brand_styles(brand: Brand) -> str:
    """The custom properties ``--accent`` and ``--accent-contrast`` for light and dark; empty without an accent."""
    tones = tuple(brand_tones(brand))
    if not tones:
        return ""
    light, dark = (tone.shown for tone in tones)
    return (
        f":root{{--accent:light-dark({light},{dark});--accent-contrast:light-dark({text_on(light)},{text_on(dark)})}}"
    )


def brand_tones(brand: Brand) -> Iterator[Tone]:
    """The accent in light and in dark; nothing without an accent."""
    if brand.accent is not None:
        wanted = (
            ("brand.accent", "light", brand.accent, LIGHT_PAGE),
            (
                "brand.accent_dark" if brand.accent_dark else "brand.accent",
                "dark",
                brand.accent_dark or brand.accent,
                DARK_PAGE,
            ),
        )
        for field, scheme, given, ground in wanted:
            yield Tone(field, scheme, given.lower(), readable_on(given, ground), ground)


def brand_faults(brand: Brand) -> Iterator[Fault]:
    """A fault for every colour of the brand that is shown in another tone than the one given.

    Raises ``SourceError`` with a suggestion where the brand wants its colours ``exact``. That the accent of light pages
    is another tone on dark ones is no fault: none is readable on both.
    """
    for tone in brand_tones(brand):
        derived = tone.scheme == "dark" and brand.accent_dark is None
        if tone.given == tone.shown or derived:
            continue
        if brand.exact:
            raise SourceError(
                f"{tone}; text needs {TEXT:g}:1.",
                where="store.yaml",
                remedy=f"Give {tone.shown}, or leave out brand.exact to let it be used by itself.",
            )
        yield fault("color-corrected", f"{tone}.", column=tone.field, value=tone.given)


def _oklch(color: str) -> Oklch:
    red, green, blue = (linear(int(color[start : start + 2], 16) / 255) for start in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(green_red, blue_yellow), math.atan2(blue_yellow, green_red)


def _linear_rgb(color: Oklch) -> tuple[float, float, float]:
    lightness, chroma, hue = color
    green_red, blue_yellow = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(color: Oklch) -> str:
    """The colour with the strongest chroma up to its own that sRGB has, as ``#rrggbb``."""
    lightness, most, hue = color
    least = 0.0
    if not _fits(_linear_rgb(color)):
        for _ in range(_STEPS):
            middle = (least + most) / 2
            least, most = (middle, most) if _fits(_linear_rgb((lightness, middle, hue))) else (least, middle)
        most = least
    return "#" + "".join(f"{_channel(light):02x}" for light in _linear_rgb((lightness, most, hue)))


def _fits(channels: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= light <= 1 + 1e-4 for light in channels)


def _channel(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    encoded = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(encoded * 255)
