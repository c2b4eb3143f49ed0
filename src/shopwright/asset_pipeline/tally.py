"""What a build did with its pictures, in numbers that do not grow with the catalogue."""

from collections import Counter
from itertools import groupby
from typing import Any

from shopwright.asset_pipeline.recipe import FORMATS
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition

_ORDER = (*FORMATS, "png")


class Tally:
    """Counts outcomes: ``made``, ``reused`` and ``failed`` pictures, complete ones, and the files of each format."""

    def __init__(self) -> None:
        self.counts = Counter(made=0, reused=0, failed=0, complete=0, incomplete=0)
        self._formats: dict[str, Counter[str]] = {}

    def count(self, how: str) -> None:
        """One picture more that was "made", "reused", "failed", is "complete" or "incomplete"."""
        self.counts[how] += 1

    def add(self, picture: PreparedPicture) -> None:
        """Count the files of a picture that pages show."""
        shown = {name: list(group) for name, group in groupby(picture.shown, key=lambda rendition: rendition.format)}
        for rendition in picture.renditions:
            self._of(rendition.format)["not_smaller"] += rendition.format not in shown
        for name, renditions in shown.items():
            self._add(self._of(name), renditions, picture)

    def _of(self, name: str) -> Counter[str]:
        return self._formats.setdefault(
            name, Counter(files=0, bytes=0, not_smaller=0, originals=0, original_bytes=0, widest_bytes=0)
        )

    @staticmethod
    def _add(format_counts: "Counter[str]", renditions: list[Rendition], picture: PreparedPicture) -> None:
        format_counts["files"] += len(renditions)
        format_counts["bytes"] += sum(rendition.bytes for rendition in renditions)
        if picture.kind != "svg":  # a drawing has no pixels whose bytes could be compared
            format_counts["originals"] += 1
            format_counts["original_bytes"] += picture.source_bytes
            format_counts["widest_bytes"] += renditions[-1].bytes

    def as_json(self) -> dict[str, Any]:
        """The ``pictures`` of the object ``shopwright build --json`` prints."""
        formats = {name: _saved(self._formats[name]) for name in _ORDER if name in self._formats}
        return {**self.counts, "formats": formats}


def _saved(counts: "Counter[str]") -> dict[str, int]:
    saved = counts["original_bytes"] - counts["widest_bytes"]
    return {name: count for name, count in counts.items() if name != "widest_bytes"} | {"bytes_saved": saved}
