"""A picture's bytes become its renditions: decoded once, made smaller step by step, encoded without metadata.

Runs in worker processes only (``worker.py``): nothing else loads the image library.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pyvips

from shopwright.asset_pipeline.recipe import LIMITS, Limits, Output, Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits
from shopwright.asset_pipeline.sniff import is_cut_short, picture_kind
from shopwright.errors import PictureError

SVG_WIDTH = 1_600
"""Drawings have no pixels of their own: they are treated as pictures this wide."""

_LOADERS = {"jpeg": "Jpeg", "png": "Png", "gif": "Nsgif", "webp": "Webp", "avif": "Heif", "svg": "Svg"}
_SUFFIXES = {"jpeg": "jpg"}
_CALL = re.compile(r"^unable to (?:call \w+|copy to memory) ?")
_ANY_HEIGHT = 10_000_000
_OPAQUE = 255
_ON_THEIR_SIDE = range(5, 9)  # EXIF orientations that swap width and height
_MAY_BE_DRAWN = ("png", "gif", "svg")
_PROBE_WIDTH = 320
_PROBE = Output("jpeg", (_PROBE_WIDTH,), 76)
_RGB = 3
_BYTES_PER_PIXEL = {"jpeg": 3, "webp": 6, "gif": 8, "png": 8, "avif": 16, "svg": 8}
"""What decoding takes, measured at 12 megapixels; twice as much for 16 bits a channel and for progressive JPEG."""

Keep = Callable[[str, bytes], None]
"""Stores a rendition's bytes under its name."""
Admit = Callable[[int], None]
"""Waits until so many bytes of memory may be taken."""


@dataclass(frozen=True, slots=True)
class Kitchen:
    """What preparing a picture needs besides its bytes.

    ``traits`` are what an earlier recipe found out about the same picture, so that all its files are of one kind; the
    placeholder's colour is then known too, and not looked for.
    """

    recipe: Recipe
    keep: Keep
    admit: Admit = lambda _: None
    limits: Limits = LIMITS
    traits: Traits | None = None


def harden() -> None:
    """Leave libvips only the decoders that are needed, one thread and no cache. For a process that only encodes."""
    pyvips.operation_block_set("VipsForeignLoad", True)
    for loader in _LOADERS.values():
        pyvips.operation_block_set(f"VipsForeignLoad{loader}", False)
    pyvips.concurrency_set(1)
    pyvips.cache_set_max(0)


def prepare(data: bytes, kitchen: Kitchen) -> PreparedPicture:
    """Make every rendition of the recipe from the picture file ``data``, and hand each to ``kitchen.keep``.

    Raises PictureError when the file is no picture, is broken, or is past a limit.
    """
    kind = picture_kind(data)
    try:
        header = _open(data, kind, kitchen.limits)
        width, height = _size(header, kind, kitchen.limits)
        kitchen.admit(_weight(header, kind, width * height) + len(data))
        image = _decode(data, min(width, kitchen.recipe.widest), _options(header, kind))
        traits = kitchen.traits or _traits(image, kind)
        image = _with_alpha_as(image, traits)
        color = "" if kitchen.traits else _frequent_color(image)
        renditions = _Stove(kitchen.recipe, traits, kitchen.keep).encode(image, width)
        return PreparedPicture(width, height, color, tuple(renditions), kind, len(data), traits)
    except pyvips.Error as error:
        raise _complaint(kind, data, error) from error


def _open(data: bytes, kind: str, limits: Limits) -> pyvips.Image:
    """The header; no pixel is decoded yet."""
    if len(data) > (limits.svg_bytes if kind == "svg" else limits.file_bytes):
        raise PictureError(f"picture too large: {len(data):,} bytes.", remedy="Give a smaller file.")
    return pyvips.Image.new_from_buffer(data, "", access="sequential")


def _size(header: pyvips.Image, kind: str, limits: Limits) -> tuple[int, int]:
    """Width and height as shown, within ``limits``."""
    width, height = header.width, header.height
    if kind == "svg":
        width, height = SVG_WIDTH, max(1, round(height * SVG_WIDTH / width))
    elif header.get_typeof("orientation") and header.get("orientation") in _ON_THEIR_SIDE:
        width, height = height, width
    if width * height > limits.pixels or max(width, height) > limits.side:
        raise PictureError(
            f"picture too large: {width:,} × {height:,} pixels.",
            remedy=f"At most {limits.pixels:,} pixels, and {limits.side:,} a side, are read.",
        )
    return width, height


def _options(header: pyvips.Image, kind: str) -> dict[str, str]:
    """How to decode: what does not apply is left out, because a colour conversion costs more than all the rest."""
    options = {"size": "both"} if kind == "svg" else {"size": "down", "option_string": "fail_on=error"}
    if header.get_typeof("icc-profile-data"):
        options["export_profile"] = "srgb"
    return options


def _weight(header: pyvips.Image, kind: str, pixels: int) -> int:
    """About how many bytes of memory decoding takes."""
    whole = kind == "jpeg" and header.get_typeof("interlaced")
    return pixels * _BYTES_PER_PIXEL[kind] * (2 if whole or header.format == "ushort" else 1)


def _decode(data: bytes, width: int, options: dict[str, str]) -> pyvips.Image:
    """The picture ``width`` pixels wide, in memory: upright, 8-bit sRGB."""
    image = pyvips.Image.thumbnail_buffer(data, width, height=_ANY_HEIGHT, **options)
    return image.colourspace("srgb").cast("uchar").copy_memory()


def _traits(image: pyvips.Image, kind: str) -> Traits:
    """Transparent when something shows through; a drawing when PNG, which does not blur it, is no larger than JPEG."""
    transparent = image.hasalpha() and image[image.bands - 1].min() < _OPAQUE
    if kind not in _MAY_BE_DRAWN or transparent:
        return Traits(transparent, drawing=False)
    probe = image.extract_band(0, n=_RGB).thumbnail_image(_PROBE_WIDTH, height=_ANY_HEIGHT, size="down").copy_memory()
    return Traits(transparent, drawing=len(_png(probe, _PROBE)) <= len(_ENCODERS["jpeg"](probe, _PROBE)))


def _with_alpha_as(image: pyvips.Image, traits: Traits) -> pyvips.Image:
    """Many files carry an alpha channel that hides nothing: without it they may become JPEG."""
    if image.hasalpha() and not traits.transparent:
        return image.extract_band(0, n=image.bands - 1).copy_memory()
    return image


class _Stove:
    """Encodes one picture by a recipe."""

    def __init__(self, recipe: Recipe, traits: Traits, keep: Keep) -> None:
        self._outputs = [output for output in recipe.outputs if not (traits.drawing and output.format == "avif")]
        self._traits = traits
        self._keep = keep

    def encode(self, image: pyvips.Image, width: int) -> list[Rendition]:
        """Every output, wide to narrow so that each width is made of the next wider one; in the recipe's order."""
        wanted = [(output, step) for output in self._outputs for step in output.widths_of(width)]
        made: dict[tuple[Output, int], Rendition] = {}
        for step in sorted({step for _, step in wanted}, reverse=True):
            if step < image.width:
                image = image.thumbnail_image(step, height=_ANY_HEIGHT, size="down").copy_memory()
            made |= {(output, at): self._encode(image, output) for output, at in wanted if at == step}
        return [made[each] for each in wanted]

    def _encode(self, image: pyvips.Image, output: Output) -> Rendition:
        shown = self._format(output)
        encoder = _sharp_webp if shown == "webp" and self._traits.drawing else _ENCODERS[shown]
        data = encoder(image, output)
        name = f"{hashlib.sha256(data).hexdigest()[:16]}-{image.width}.{_SUFFIXES.get(shown, shown)}"
        self._keep(name, data)
        return Rendition(shown, image.width, image.height, len(data), name)

    def _format(self, output: Output) -> str:
        needs_png = self._traits.transparent or self._traits.drawing
        return "png" if output.format == "jpeg" and needs_png else output.format


def _sharp_webp(image: pyvips.Image, output: Output) -> bytes:
    """A drawing as WebP: without loss, unless that is larger."""
    lossless: bytes = image.webpsave_buffer(lossless=True, effort=output.effort, keep="none")
    return min(lossless, _ENCODERS["webp"](image, output), key=len)


def _png(image: pyvips.Image, output: Output) -> bytes:
    data: bytes = image.pngsave_buffer(palette=True, Q=output.quality, effort=1, keep="none")
    return data


_ENCODERS: dict[str, Callable[[pyvips.Image, Output], bytes]] = {
    "avif": lambda image, output: image.heifsave_buffer(
        compression="av1", Q=output.quality, effort=output.effort, keep="none"
    ),
    "webp": lambda image, output: image.webpsave_buffer(Q=output.quality, effort=output.effort, keep="none"),
    "jpeg": lambda image, output: image.jpegsave_buffer(Q=output.quality, optimize_coding=True, keep="none"),
    "png": _png,
}


def _frequent_color(image: pyvips.Image) -> str:
    """The mean of the most frequent shade: product photos are mostly background, so the placeholder does not flash."""
    small = image.thumbnail_image(32, height=32, size="down")
    small = small.flatten(background=_OPAQUE) if small.hasalpha() else small
    pixels = list(zip(*[iter(bytes(small.write_to_memory()))] * 3, strict=True))
    shade, _ = Counter((r >> 4, g >> 4, b >> 4) for r, g, b in pixels).most_common(1)[0]
    alike = [pixel for pixel in pixels if tuple(channel >> 4 for channel in pixel) == shade]
    return "#" + "".join(f"{sum(channel) // len(alike):02x}" for channel in zip(*alike, strict=True))


def _complaint(kind: str, data: bytes, error: pyvips.Error) -> PictureError:
    """The library's own words, in one line, under a heading of ours."""
    detail = _CALL.sub("", " ".join(str(error).split()))[:120]
    if "memory" in detail.lower():
        return PictureError("picture too large: decoding it takes too much memory.", remedy="Give a smaller file.")
    what = "picture truncated" if is_cut_short(kind, data) else "picture broken"
    return PictureError(
        f"{what}: the {kind.upper()} cannot be decoded ({detail or 'no reason given'}).", remedy="Export it again."
    )
