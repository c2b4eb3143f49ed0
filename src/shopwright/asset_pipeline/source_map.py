"""Source maps (ECMA-426) of bundles: which file of a theme a place in a bundle comes from.

They are for the people who run a store, not for its shoppers: they stay with the build and are never published.
"""

from collections.abc import Iterator, Sequence

import orjson

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def source_map(bundle: str, sources: Sequence[tuple[str, bytes]], pieces: Sequence[bytes]) -> bytes:
    """The map of a bundle that is ``pieces`` joined, each made of the source (name, bytes) at the same position."""
    return orjson.dumps(
        {
            "version": 3,
            "file": bundle,
            "sources": [name for name, _ in sources],
            "sourcesContent": [data.decode("utf-8", "replace") for _, data in sources],
            "names": [],
            "mappings": "".join(_mappings(pieces)),
        }
    )


def _mappings(pieces: Sequence[bytes]) -> Iterator[str]:
    """One segment where a piece begins; its column counts from the segment before on the same line (UTF-16 units)."""
    column = before = 0
    comma = ""
    for number, piece in enumerate(pieces):
        yield f"{comma}{_vlq(column - before)}{_vlq(min(number, 1))}AA"
        *lines, rest = piece.decode().split("\n")
        yield ";" * len(lines)
        width = len(rest.encode("utf-16-le")) // 2
        column, before, comma = (width, 0, "") if lines else (column + width, column, ",")


def _vlq(number: int) -> str:
    """A number that is not negative, in base-64 digits of five bits, the lowest first; the sign is the lowest bit."""
    value, digits = number << 1, ""
    while True:
        value, low = value >> 5, value & 31
        digits += _DIGITS[low | (32 if value else 0)]
        if not value:
            return digits
