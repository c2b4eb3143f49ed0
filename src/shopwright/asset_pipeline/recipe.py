"""Recipes: which files a picture becomes, as data, and the limits a picture must keep."""

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version

import orjson


@dataclass(frozen=True, slots=True)
class Output:
    """One format at some widths (CSS pixels × density, that is: pixels).

    ``format`` is "avif", "webp" or "jpeg". A "jpeg" output becomes "png" for a picture that is really transparent,
    because JPEG cannot be. ``quality`` is the encoder's own 1-100 scale; ``effort`` the encoder's scale of CPU spent.
    """

    format: str
    widths: tuple[int, ...]
    quality: int
    effort: int = 0

    def widths_of(self, width: int) -> tuple[int, ...]:
        """The widths made from a source ``width`` pixels wide: never wider than it, and it stands in for the wider."""
        return tuple(sorted({min(wanted, width) for wanted in self.widths}))


@dataclass(frozen=True)
class Recipe:
    """The outputs made of each picture, best format first; the last one is the fallback every browser shows.

    ``revision`` is counted up when the same outputs are made differently, so that old cache entries are not used.
    """

    outputs: tuple[Output, ...]
    revision: int = 1

    @property
    def widest(self) -> int:
        """The largest width of any output."""
        return max(max(output.widths) for output in self.outputs)

    @cached_property
    def digest(self) -> str:
        """16 hex digits that change when the recipe or the encoders' version does."""
        recipe = orjson.dumps([asdict(self), version("pyvips-binary")])
        return hashlib.sha256(recipe).hexdigest()[:16]

    def as_json(self) -> bytes:
        """The recipe as one JSON object."""
        return orjson.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> "Recipe":
        """The recipe that ``as_json`` wrote."""
        fields = orjson.loads(data)
        outputs = tuple(Output(o["format"], tuple(o["widths"]), o["quality"], o["effort"]) for o in fields["outputs"])
        return cls(outputs, fields["revision"])


PUBLISHABLE = Recipe((Output("webp", (320, 768, 1024), 80, 2), Output("jpeg", (1024,), 76)))
"""A page is complete and correct with these: one modern format, and one fallback. About 66 ms of CPU a photo."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture may be and cost. A picture past a limit costs only its product a picture."""

    file_bytes: int = 25_000_000
    svg_bytes: int = 2_000_000
    pixels: int = 50_000_000
    side: int = 16_383
    """Longest side in pixels; 16,383 is what WebP can hold."""
    seconds: float = 20.0
    """Wall time in the worker, and again for fetching."""
    memory: int = 512 * 1024 * 1024
    """Address space of one worker, in bytes (RLIMIT_AS): enough for 50 megapixels of JPEG, WebP, GIF or PNG."""


LIMITS = Limits()
