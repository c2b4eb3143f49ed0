"""Prepared pictures as templates see them."""

from functools import lru_cache
from typing import Any

from shopwright.generation.edition import Edition

Json = dict[str, Any]

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
"""Media types of the formats pictures are made in."""
_LEVELS = 3
_LINKED_SIDE = 1_024
_LINKED_STYLE = ".linked{aspect-ratio:1;object-fit:contain}"


def picture_view(record: Json, alt: str, edition: Edition) -> Json:
    """A picture record: what the pipeline prepared (``renditions``), or a remote address (``remote``).

    How large a linked picture is, nobody has looked: it gets a square that it is fitted into, whatever its shape.
    """
    if "remote" in record:
        return {
            "width": _LINKED_SIDE,
            "height": _LINKED_SIDE,
            "alt": alt,
            "placeholder": "333 linked",
            "sources": [{"type": "", "srcset": "", "src": record["remote"]}],
        }
    by_format: dict[str, list[Json]] = {}
    for rendition in record["renditions"]:
        by_format.setdefault(rendition["format"], []).append(rendition)
    largest = record["renditions"][-1]
    return {
        "width": largest["width"],
        "height": largest["height"],
        "alt": alt,
        "placeholder": placeholder(record["color"]),
        "sources": [_source(kind, renditions, edition) for kind, renditions in by_format.items()],
    }


def _source(kind: str, renditions: list[Json], edition: Edition) -> Json:
    urls = [(edition.addresses.asset(f"pictures/{rendition['name']}"), rendition["width"]) for rendition in renditions]
    srcset = ", ".join(f"{url} {width}w" for url, width in urls)
    return {"type": TYPES[kind], "srcset": srcset, "src": urls[-1][0]}


@lru_cache(maxsize=4_096)
def placeholder(color: str) -> str:
    """The colour of a picture in four levels per channel: the class its place has until it is loaded."""
    channels = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return "".join(str(round(channel * _LEVELS / 255)) for channel in channels)


def placeholder_styles() -> str:
    """The 64 classes ``placeholder`` chooses from, and the one of linked pictures, which keeps their place square."""
    levels = range(_LEVELS + 1)
    step = 255 // _LEVELS
    return _LINKED_STYLE + "".join(
        f".ph-{red}{green}{blue}{{background-color:#{red * step:02x}{green * step:02x}{blue * step:02x}}}"
        for red in levels
        for green in levels
        for blue in levels
    )
