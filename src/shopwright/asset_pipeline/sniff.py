"""Which kind of picture some bytes are, by their own first bytes: a name's ending and a server's word prove nothing."""

import re

from shopwright.errors import PictureError

SNIFF_BYTES = 4_096
"""How many first bytes ``picture_kind`` needs."""

_RASTER = (
    ("jpeg", re.compile(rb"\xff\xd8\xff")),
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("avif", re.compile(rb"....ftyp(?:avif|avis|mif1|miaf)", re.DOTALL)),
)
_SVG = re.compile(
    rb"""(?:\xef\xbb\xbf)?
    (?>\s+ | <\?.*?\?> | <!--.*?--> | <!DOCTYPE\s+(?:[\w-]+:)?svg[^\[>]*(?:\[.*?\]\s*)?>)*+  # never tried two ways
    <(?:[\w-]+:)?svg[\s>/]""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


def picture_kind(head: bytes) -> str:
    """The kind of picture that begins with ``head``: "jpeg", "png", "gif", "webp", "avif" or "svg".

    Raises PictureError when it is none of them.
    """
    for kind, signature in _RASTER:
        if signature.match(head):
            return kind
    if _SVG.match(head[:SNIFF_BYTES]):
        return "svg"
    raise PictureError(
        f"not a picture: the file {_nature(head)}.", remedy="Give a JPEG, PNG, WebP, AVIF, GIF or SVG file."
    )


def _nature(head: bytes) -> str:
    if not head:
        return "is empty"
    if b"<html" in head[:SNIFF_BYTES].lower():
        return "is a web page"
    return f"begins with {head[:8]!r}"


_ENDS = {"jpeg": b"\xff\xd9", "png": b"IEND\xaeB`\x82", "gif": b";"}
_TAIL_BYTES = 1_024
_RIFF_HEADER_BYTES = 8


def is_cut_short(kind: str, data: bytes) -> bool:
    """Whether the end of a picture file that cannot be decoded is missing."""
    if kind == "webp":
        return int.from_bytes(data[4:8], "little") + _RIFF_HEADER_BYTES > len(data)
    return _ENDS.get(kind, b"") not in data[-_TAIL_BYTES:]
