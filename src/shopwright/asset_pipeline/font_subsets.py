"""The writing systems a font is cut into, as Unicode ranges: a page then loads the part its own text needs.

Ranges follow the Unicode blocks of each script (Unicode Standard, Blocks.txt); a character belongs to the first subset
that has it. ``latin`` also holds the punctuation and signs that texts in every script use.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each stretch."""

SUBSETS: Mapping[str, Ranges] = MappingProxyType(
    {
        "latin": (
            *((0x0000, 0x00FF), (0x0131, 0x0131), (0x0152, 0x0153), (0x02BB, 0x02BC), (0x02C6, 0x02C6)),
            *((0x02DA, 0x02DA), (0x02DC, 0x02DC), (0x1E9E, 0x1E9E), (0x2000, 0x206F), (0x20AC, 0x20AC)),
            *((0x2113, 0x2113), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2215, 0x2215)),
            *((0xFB00, 0xFB06), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD)),
        ),
        "latin-ext": ((0x0100, 0x02FF), (0x1D00, 0x1EFF), (0x20A0, 0x20C0), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)),
        "greek": ((0x0370, 0x03FF), (0x1F00, 0x1FFF)),
        "cyrillic": ((0x0400, 0x052F), (0x1C80, 0x1C8F), (0x2116, 0x2116), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)),
        "armenian": ((0x0530, 0x058F), (0xFB13, 0xFB17)),
        "hebrew": ((0x0590, 0x05FF), (0xFB1D, 0xFB4F)),
        "arabic": ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
        "devanagari": ((0x0900, 0x097F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF)),
        "bengali": ((0x0980, 0x09FF),),
        "tamil": ((0x0B80, 0x0BFF),),
        "thai": ((0x0E00, 0x0E7F),),
        "georgian": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)),
        "hangul": ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
        "kana": ((0x3040, 0x30FF), (0x31F0, 0x31FF)),
        "han": ((0x2E80, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)),
    }
)

REST = "rest"
"""The subset of characters that are in none of ``SUBSETS``."""

_SCRIPTS = {
    "Latn": "latin",
    "Grek": "greek",
    "Cyrl": "cyrillic",
    "Armn": "armenian",
    "Hebr": "hebrew",
    "Arab": "arabic",
    "Deva": "devanagari",
    "Beng": "bengali",
    "Taml": "tamil",
    "Thai": "thai",
    "Geor": "georgian",
    "Kore": "hangul",
    "Jpan": "kana",
    "Hans": "han",
    "Hant": "han",
}


def subset_of_script(script: str) -> str:
    """The subset of a script by its ISO 15924 code; ``rest`` for one that has none."""
    return _SCRIPTS.get(script, REST)


def divide(characters: Iterable[int]) -> dict[str, list[int]]:
    """Code points by subset, in the order of ``SUBSETS``; subsets without a character are left out."""
    divided: dict[str, list[int]] = {name: [] for name in (*SUBSETS, REST)}
    for character in sorted(set(characters)):
        divided[_subset_of(character)].append(character)
    return {name: found for name, found in divided.items() if found}


def unicode_range(characters: Iterable[int]) -> str:
    """Code points as the CSS descriptor ``unicode-range`` writes them: ``U+41-5A,U+20AC``."""
    stretches: list[list[int]] = []
    for character in sorted(set(characters)):
        if stretches and character == stretches[-1][1] + 1:
            stretches[-1][1] = character
        else:
            stretches.append([character, character])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in stretches)


def _subset_of(character: int) -> str:
    for name, ranges in SUBSETS.items():
        if any(first <= character <= last for first, last in ranges):
            return name
    return REST
