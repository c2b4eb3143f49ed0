"""Contrast of two sRGB colours as WCAG 2.2 measures it (definitions "relative luminance" and "contrast ratio")."""

TEXT = 4.5
"""Least contrast of text (success criterion 1.4.3, level AA)."""
GRAPHIC = 3.0
"""Least contrast of large text, of what shows a control and its state, and of the focus (1.4.3, 1.4.11)."""


def luminance(color: str) -> float:
    """Relative luminance of a colour such as ``#1f2937``, 0 to 1."""
    red, green, blue = (linear(int(color[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def linear(channel: float) -> float:
    """The light of an sRGB channel between 0 and 1."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
