"""Draws share pictures: the picture on a panel that continues its background, framed in the brand's colour.

Runs in worker processes only (``worker.py``).
"""

from functools import lru_cache

import pyvips

from shopwright.asset_pipeline.share import HEIGHT, MAX_BYTES, WIDTH, ShareOrder
from shopwright.errors import PictureError

_FRAME = 24
_PADDING = 28
_SMOOTH = 1.5
"""Mean difference of neighbouring pixels along an edge (of 255) up to which it looks like a background."""
_LOGO_WIDTH, _LOGO_HEIGHT = 240, 56
_CHIP_PADDING = 18
_CHIP_INSET = 28
_QUALITIES = (84, 70, 50, 30)
_CHIP = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    '<rect width="{width}" height="{height}" rx="16" fill="#fff" fill-opacity="0.92"/></svg>'
)
_WHITE = [255, 255, 255]


def draw_share(data: bytes, order: ShareOrder, logo: bytes | None) -> bytes:
    """The share picture of a picture file, as JPEG. Raises PictureError when a file cannot be decoded."""
    try:
        panel = _panel(data, order)
        frame = _channels(order.look.background or order.panel)
        left, top = (WIDTH - panel.width) // 2, (HEIGHT - panel.height) // 2
        canvas = panel.embed(left, top, WIDTH, HEIGHT, extend="background", background=frame).copy_memory()
        return _encoded(_with_logo(canvas, logo) if logo else canvas)
    except pyvips.Error as error:
        raise PictureError("share picture not drawn: the picture cannot be decoded.", remedy="Build again.") from error


def _channels(color: str) -> list[int]:
    return list(bytes.fromhex(color.removeprefix("#")))


def _panel(data: bytes, order: ShareOrder) -> pyvips.Image:
    """The picture, whole, in the middle of its panel; a small one is made at most twice as large.

    What is cut out of its ground stands on white, with room around it.
    """
    margin = 2 * _FRAME if order.look.background else 0
    width, height = WIDTH - margin, HEIGHT - margin
    header = pyvips.Image.new_from_buffer(data, "", access="sequential")
    room = 2 * _PADDING if header.hasalpha() else 0
    picture = _fitted(data, min(width - room, 2 * header.width), min(height - room, 2 * header.height))
    left, top = (width - picture.width) // 2, (height - picture.height) // 2
    if picture.hasalpha():
        return picture.flatten(background=_WHITE).embed(left, top, width, height, extend="white")
    if _goes_on(picture, sideways=left > top):
        return picture.embed(left, top, width, height, extend="copy")
    return picture.embed(left, top, width, height, extend="background", background=_channels(order.panel))


def _fitted(data: bytes, width: int, height: int) -> pyvips.Image:
    return pyvips.Image.thumbnail_buffer(data, width, height=height, size="both").colourspace("srgb").copy_memory()


def _goes_on(picture: pyvips.Image, *, sideways: bool) -> bool:
    """Whether the two edges that the panel continues are background: a plain colour, a gradient, a horizon."""
    across, down = (1, picture.height) if sideways else (picture.width, 1)
    last = (picture.width - 1, 0) if sideways else (0, picture.height - 1)
    edges = (picture.extract_area(x, y, across, down) for x, y in ((0, 0), last))
    return all(_roughness(edge) <= _SMOOTH for edge in edges)


def _roughness(edge: pyvips.Image) -> float:
    """The mean difference of neighbouring pixels of a line."""
    right, below = int(edge.width > 1), int(edge.height > 1)
    width, height = edge.width - right, edge.height - below
    difference = edge.extract_area(0, 0, width, height) - edge.extract_area(right, below, width, height)
    return float(difference.abs().avg())


def _with_logo(canvas: pyvips.Image, logo: bytes) -> pyvips.Image:
    """The logo at the foot of the panel. Only that corner is mixed: mixing all of it costs more than all the rest."""
    chip = _chip(logo)
    left = _FRAME + _CHIP_INSET
    top = HEIGHT - left - chip.height
    corner = canvas.extract_area(left, top, chip.width, chip.height).composite2(chip, "over")
    return canvas.insert(corner.extract_band(0, n=3).cast("uchar"), left, top)


@lru_cache(maxsize=4)
def _chip(logo: bytes) -> pyvips.Image:
    """The logo on a ground that keeps it readable on every picture."""
    drawn = pyvips.Image.thumbnail_buffer(logo, _LOGO_WIDTH, height=_LOGO_HEIGHT, size="both").colourspace("srgb")
    drawn = drawn if drawn.hasalpha() else drawn.bandjoin(255)
    width, height = drawn.width + 2 * _CHIP_PADDING, drawn.height + 2 * _CHIP_PADDING
    ground = pyvips.Image.svgload_buffer(_CHIP.format(width=width, height=height).encode())
    return ground.composite2(drawn, "over", x=_CHIP_PADDING, y=_CHIP_PADDING).copy_memory()


def _encoded(image: pyvips.Image) -> bytes:
    """Baseline JPEG without metadata, in the best quality that is not too large."""
    image = image.copy_memory()
    for quality in _QUALITIES:
        data: bytes = image.jpegsave_buffer(Q=quality, keep="none")
        if len(data) <= MAX_BYTES:
            break
    return data
