"""What a build says of its pictures."""

from collections.abc import Iterator
from typing import Any

from shopwright.cli.counted import counted


def picture_lines(pictures: dict[str, Any]) -> Iterator[str]:
    """What was made, reused and left out, and the bytes each format saved, from ``pictures`` of the build's JSON."""
    shown = pictures["complete"] + pictures["incomplete"]
    if not shown:
        return
    yield (
        f"{counted(shown, 'picture')}: {pictures['made']} made, {pictures['reused']} reused, "
        f"{counted(pictures['failed'], 'stand-in')}; "
        f"{pictures['complete']} complete"
        + (f", {pictures['incomplete']} publishable (--complete makes the rest)." if pictures["incomplete"] else ".")
    )
    for name, counts in pictures["formats"].items():
        yield f"  {name}: {_format_line(counts)}"


def _format_line(counts: dict[str, int]) -> str:
    line = f"{counted(counts['files'], 'file')}, {counts['bytes'] / 1e6:.1f} MB"
    if counts["original_bytes"]:
        saved = counts["bytes_saved"] / counts["original_bytes"]
        line += f"; the widest are {saved:.0%} smaller than their {counts['originals']} originals"
    return line + (f"; {counts['not_smaller']} left out, no smaller" if counts["not_smaller"] else "")
