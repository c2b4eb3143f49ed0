"""The seller's accent colour, made readable: WCAG 2.2 contrast (success criterion 1.4.3) in light and in dark."""

import colorsys

READABLE = 4.5
"""Contrast of text that WCAG 2.2 AA asks for."""

LIGHT_PAGE = "#ffffff"
DARK_PAGE = "#16181c"
"""The lightest dark and darkest light background a theme may set text in accent colour on."""

_STEP = 0.01


def luminance(color: str) -> float:
    """Relative luminance of an sRGB colour such as ``#1f2937`` (WCAG 2.2, definition)."""
    channels = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(color: str, page: str) -> str:
    """The colour itself, or the nearest lighter or darker tone of it that is readable on a page colour."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)))
    step = -_STEP if luminance(page) > 0.18 else _STEP
    while contrast(color, page) < READABLE and 0 <= lightness <= 1:
        lightness = min(max(lightness + step, 0), 1)
        color = "#" + "".join(
            f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, lightness, saturation)
        )
    return color


def text_on(color: str) -> str:
    """Black or white, whichever is more readable on a colour."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, color))


def brand_styles(accent: str | None) -> str:
    """The custom properties ``--accent`` and ``--accent-contrast`` for light and dark; empty without an accent."""
    if accent is None:
        return ""
    light, dark = readable_on(accent, LIGHT_PAGE), readable_on(accent, DARK_PAGE)
    return (
        f":root{{--accent:{light};--accent-contrast:{text_on(light)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark};--accent-contrast:{text_on(dark)}}}}}"
    )
