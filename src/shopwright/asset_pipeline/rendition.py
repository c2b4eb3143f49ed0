"""What a picture became: frozen values that travel as JSON between processes, the cache and the line."""

from dataclasses import asdict, dataclass

import orjson


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
class PreparedPicture:
    """A picture ready for a page.

    ``width`` and ``height`` are the source's pixels after its EXIF rotation (an SVG's: as wide as it is drawn).
    ``color`` is its most frequent colour, ``#rrggbb``: a placeholder that needs no script. ``renditions`` stand in the
    recipe's order of formats, narrow to wide; the last format is the one every browser shows. ``stand_in`` says that
    the picture was drawn because the merchant's own was not to be had.
    """

    width: int
    height: int
    color: str
    renditions: tuple[Rendition, ...]
    stand_in: bool = False

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
        return cls(renditions=renditions, **fields)
