"""Parts of files: one range of bytes at a time (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes ``start`` up to and without ``end``; none of them when the range cannot be satisfied."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.end - self.start


def asked_part(header: str, size: int) -> Part | None:
    """The part a ``Range`` header asks for; None for the whole: no range, several, or one that is no range."""
    found = _RANGE.fullmatch(header.replace(" ", ""))
    if not found or (not found[1] and not found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return Part(size - length, size)
    start, end = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    if found[2] and int(found[2]) < start:
        return None
    return Part(start, end) if start < size else Part(0, 0)
