"""Recipes: which files a picture becomes, as data, and the limits a picture must keep."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version

import orjson

from shopwright.errors import SettingsError

FORMATS = ("avif", "webp", "jpeg")
"""What pictures are made into, best first: in this order a page offers them, and the last one every browser shows."""
WIDTHS = (320, 768, 1024, 1920)
"""In pixels: a phone's column, a phone's full width at double density, a tablet, a desktop or anything at double."""

_FIRST_WIDTHS = (320, 768, 1024)
_FALLBACK_WIDTHS = (1024,)


@dataclass(frozen=True, slots=True)
class Output:
    """One format at some widths (CSS pixels × density, that is: pixels).

    ``format`` is one of ``FORMATS``. A "jpeg" output becomes "png" for a picture that is really transparent, because
    JPEG cannot be, and for a drawing, because JPEG blurs it. ``quality`` is the encoder's own 1-100 scale; ``effort``
    the encoder's scale of CPU spent. ``made`` are widths that an earlier recipe makes of the same picture.
    """

    format: str
    widths: tuple[int, ...]
    quality: int
    effort: int = 0
    made: tuple[int, ...] = ()

    def widths_of(self, width: int) -> tuple[int, ...]:
        """The widths made from a source ``width`` pixels wide: never wider than it, and it stands in for the wider."""
        made = {min(done, width) for done in self.made}
        return tuple(sorted({min(wanted, width) for wanted in self.widths} - made))

    def following(self, earlier: "Output | None") -> "Output":
        """The same output without the widths of an ``earlier`` one."""
        made = earlier.widths if earlier else ()
        widths = tuple(width for width in self.widths if width not in made)
        return Output(self.format, widths, self.quality, self.effort, made)


@dataclass(frozen=True)
class Recipe:
    """The outputs made of each picture, best format first; the last one is the fallback every browser shows.

    ``revision`` is counted up when the same outputs are made differently, so that old cache entries are not used.
    """

    outputs: tuple[Output, ...]
    revision: int = 2

    @property
    def widest(self) -> int:
        """The largest width of any output."""
        return max(max(output.widths) for output in self.outputs)

    @cached_property
    def digest(self) -> str:
        """16 hex digits that change when the recipe, the limits or the encoders' version does."""
        recipe = orjson.dumps([asdict(self), asdict(LIMITS), version("pyvips-binary")])
        return hashlib.sha256(recipe).hexdigest()[:16]

    def as_json(self) -> bytes:
        """The recipe as one JSON object."""
        return orjson.dumps(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> "Recipe":
        """The recipe that ``as_json`` wrote."""
        fields = orjson.loads(data)
        outputs = tuple(
            Output(o["format"], tuple(o["widths"]), o["quality"], o["effort"], tuple(o["made"]))
            for o in fields["outputs"]
        )
        return cls(outputs, fields["revision"])


@dataclass(frozen=True, slots=True)
class Tiers:
    """What a picture becomes, in two steps.

    ``publishable`` is enough for a page that is complete and correct: one modern format, and one fallback. ``rest`` is
    everything else: the largest width, and the format that takes longest; None when nothing is left.
    """

    publishable: Recipe
    rest: Recipe | None


_QUALITY = {"avif": (60, 1), "webp": (80, 2), "jpeg": (76, 0)}
"""Quality and effort of each format: docs/explain/pictures.md says what they cost and how good they look."""
_FASTEST_FIRST = ("webp", "avif")


def tiers(formats: Collection[str] = FORMATS) -> Tiers:
    """The two tiers that make ``formats``, of which the fallback is always one. Raises SettingsError for others."""
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise SettingsError(
            f"unknown picture format: {unknown[0][:40]}.",
            where="--formats",
            remedy=f"Name any of {', '.join(FORMATS)}, separated by commas.",
        )
    everything = [_output(name, WIDTHS) for name in FORMATS if name in formats or name == FORMATS[-1]]
    first = {output.format: output for output in _first(formats)}
    rest = tuple(output.following(first.get(output.format)) for output in everything)
    left = tuple(output for output in rest if output.widths)
    return Tiers(Recipe(tuple(first.values())), Recipe(left) if left else None)


def _first(formats: Collection[str]) -> list[Output]:
    modern = [name for name in _FASTEST_FIRST if name in formats][:1]
    fallback = _output(FORMATS[-1], _FALLBACK_WIDTHS if modern else _FIRST_WIDTHS)
    return [*(_output(name, _FIRST_WIDTHS) for name in modern), fallback]


def _output(name: str, widths: tuple[int, ...]) -> Output:
    quality, effort = _QUALITY[name]
    return Output(name, widths, quality, effort)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture may be and cost. A picture past a limit costs only its product a picture."""

    file_bytes: int = 25_000_000
    svg_bytes: int = 2_000_000
    pixels: int = 50_000_000
    side: int = 16_383
    """Longest side in pixels; 16,383 is what WebP can hold."""
    seconds: float = 20.0
    """CPU time in the worker, so that a busy machine refuses no picture; wall time for fetching."""
    patience: float = 120.0
    """Wall time in the worker: a picture may wait for a disk or a busy machine, but not for ever."""
    memory: int = 512 * 1024 * 1024
    """Address space of one worker, in bytes (RLIMIT_AS): enough for 50 megapixels of JPEG, WebP, GIF or PNG."""
    together: int = 512 * 1024 * 1024
    """What the pictures decoded at one time by the workers of one build may need together, in bytes, by estimate."""


LIMITS = Limits()
PUBLISHABLE = tiers().publishable
"""The first tier of every format: about 66 ms of CPU a photo."""
