"""What a picture became: frozen values that travel as JSON between processes, the cache and the line."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from itertools import groupby

import orjson

_BEST_FIRST = ("avif", "webp", "jpeg", "png")


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture file: ``width`` × ``height`` pixels, ``bytes`` long.

    ``format`` is "avif", "webp", "jpeg" or "png". ``name`` is made of 16 hex digits of the file's SHA-256, the width
    and the suffix (``3f9c0a1b2c3d4e5f-768.webp``), so a name never stands for two different files.
    """

    format: str
    width: int
    height: int
    bytes: int
    name: str


@dataclass(frozen=True, slots=True)
class Traits:
    """What a picture is like: something shows through it; it is a drawing of flat colours rather than a photo."""

    transparent: bool
    drawing: bool


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture ready for a page.

    ``width`` and ``height`` are the source's pixels after its EXIF rotation (an SVG's: as wide as it is drawn),
    ``source_bytes`` its length; ``kind`` is the source's format. ``color`` is its most frequent colour, ``#rrggbb``: a
    placeholder that needs no script. ``renditions`` stand in the recipe's order of formats, narrow to wide; the last
    format is the one every browser shows. ``stand_in`` says that the picture was drawn because the merchant's own was
    not to be had.
    """

    width: int
    height: int
    color: str
    renditions: tuple[Rendition, ...]
    kind: str
    source_bytes: int
    traits: Traits
    stand_in: bool = False

    def joined(self, rest: "PreparedPicture") -> "PreparedPicture":
        """This picture with the renditions of ``rest``, which another recipe made of the same source."""
        together = sorted((*self.renditions, *rest.renditions), key=lambda r: (_BEST_FIRST.index(r.format), r.width))
        return replace(self, renditions=tuple(together))

    @property
    def shown(self) -> tuple[Rendition, ...]:
        """The renditions worth publishing: a format only if it is smaller than the next one that is published.

        Smaller means at every width that both have. A format with widths that the next one lacks stays: a small
        screen is better served by its small file than by a large one.
        """
        kept: list[list[Rendition]] = []
        for _, group in groupby(reversed(self.renditions), key=lambda rendition: rendition.format):
            candidates = list(group)
            if not kept or _is_worth(candidates, kept[-1]):
                kept.append(candidates)
        return tuple(rendition for group in reversed(kept) for rendition in reversed(group))

    def as_json(self) -> bytes:
        """The picture as one JSON object, the same bytes every time."""
        return orjson.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> "PreparedPicture":
        """The picture that ``as_json`` wrote.

        Raises ValueError, KeyError, TypeError or AttributeError when ``data`` is something else.
        """
        fields = orjson.loads(data)
        renditions = tuple(Rendition(**rendition) for rendition in fields.pop("renditions"))
        return cls(renditions=renditions, traits=Traits(**fields.pop("traits")), **fields)


def _is_worth(better: Iterable[Rendition], plainer: Iterable[Rendition]) -> bool:
    against = {rendition.width: rendition.bytes for rendition in plainer}
    return any(r.width not in against for r in better) or all(r.bytes < against[r.width] for r in better)
