"""Share pictures: that each is there, in the size that the page says."""

import struct
from collections.abc import Iterator

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.rules.rule import Finding

_BEGINNING = 64 << 10
_READ = (".jpg", ".png")
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_PNG = b"\x89PNG\r\n\x1a\n"


def share_findings(site: BuiltSite) -> Iterator[Finding]:
    """Pages whose share picture, or first picture, has another size than they say; one that is lost is a dead link."""
    sizes: dict[str, tuple[int, int] | None] = {}
    for address, notes in site.notes():
        for rule, picture in (("share-picture", notes.share), ("no-size", notes.hero)):
            if picture is None:
                continue
            path, width, height = picture
            if path not in sizes:
                data = site.read(site.files.get(path, ""), _BEGINNING)
                sizes[path] = picture_size(data) if data else None
            size = sizes[path]
            if size is None and path in site.files and path.endswith(_READ):
                yield Finding(address, rule, f"{path} is no picture that can be read")
            if size and width and height and (width, height) != (str(size[0]), str(size[1])):
                said = f"{path} is {size[0]} × {size[1]}, the page says {width} × {height}"
                yield Finding(address, rule, said)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG from its beginning; none of anything else."""
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """From the first start-of-frame segment (ITU-T T.81, B.2.2)."""
    position = 2
    while position + 9 < len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length
    return None
