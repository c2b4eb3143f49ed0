"""A picture's bytes become its renditions: decoded once, made smaller step by step, encoded without metadata.

Runs in worker processes only (``worker.py``): nothing else loads the image library.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable

import pyvips

from shopwright.asset_pipeline.recipe import LIMITS, Limits, Output, Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition
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

Keep = Callable[[str, bytes], None]
"""Stores a rendition's bytes under its name."""


def harden() -> None:
    """Leave libvips only the decoders that are needed, one thread and no cache. For a process that only encodes."""
    pyvips.operation_block_set("VipsForeignLoad", True)
    for loader in _LOADERS.values():
        pyvips.operation_block_set(f"VipsForeignLoad{loader}", False)
    pyvips.concurrency_set(1)
    pyvips.cache_set_max(0)


def prepare(data: bytes, recipe: Recipe, keep: Keep, limits: Limits = LIMITS) -> PreparedPicture:
    """Make every rendition of ``recipe`` from the picture file ``data`` and hand each to ``keep``.

    Raises PictureError when the file is no picture, is broken, or is past a limit.
    """
    kind = picture_kind(data)
    try:
        header = _open(data, kind, limits)
        width, height = _size(header, kind, limits)
        image = _decode(data, min(width, recipe.widest), _options(header, kind))
        color = _frequent_color(image)
        return PreparedPicture(width, height, color, tuple(_encode_all(image, width, recipe, keep)))
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


def _decode(data: bytes, width: int, options: dict[str, str]) -> pyvips.Image:
    """The picture ``width`` pixels wide, in memory: upright, 8-bit sRGB, with alpha only when it is used."""
    image = pyvips.Image.thumbnail_buffer(data, width, height=_ANY_HEIGHT, **options)
    image = image.colourspace("srgb").cast("uchar").copy_memory()
    if image.hasalpha() and image[image.bands - 1].min() == _OPAQUE:
        image = image.extract_band(0, n=image.bands - 1).copy_memory()
    return image


def _encode_all(image: pyvips.Image, width: int, recipe: Recipe, keep: Keep) -> list[Rendition]:
    """Every output, wide to narrow so that each width is made of the next wider one; listed in the recipe's order."""
    steps = {(output, step) for output in recipe.outputs for step in output.widths_of(width)}
    made = {}
    for step in sorted({step for _, step in steps}, reverse=True):
        if step < image.width:
            image = image.thumbnail_image(step, height=_ANY_HEIGHT, size="down").copy_memory()
        for output in recipe.outputs:
            if (output, step) in steps:
                made[output, step] = _encode(image, output, keep)
    return [made[output, step] for output in recipe.outputs for step in output.widths_of(width)]


def _encode(image: pyvips.Image, output: Output, keep: Keep) -> Rendition:
    shown = "png" if output.format == "jpeg" and image.hasalpha() else output.format
    data = _ENCODERS[shown](image, output)
    name = f"{hashlib.sha256(data).hexdigest()[:16]}-{image.width}.{_SUFFIXES.get(shown, shown)}"
    keep(name, data)
    return Rendition(shown, image.width, image.height, len(data), name)


_ENCODERS: dict[str, Callable[[pyvips.Image, Output], bytes]] = {
    "avif": lambda image, output: image.heifsave_buffer(
        compression="av1", Q=output.quality, effort=output.effort, keep="none"
    ),
    "webp": lambda image, output: image.webpsave_buffer(Q=output.quality, effort=output.effort, keep="none"),
    "jpeg": lambda image, output: image.jpegsave_buffer(Q=output.quality, optimize_coding=True, keep="none"),
    "png": lambda image, output: image.pngsave_buffer(palette=True, Q=output.quality, effort=1, keep="none"),
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
