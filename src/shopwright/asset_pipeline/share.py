"""The share picture: what social networks show of a page. One format and one size, which all of them read."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

import orjson

WIDTH, HEIGHT = 1_200, 630
"""Pixels: the size that Open Graph and Twitter cards show without cutting (1.91 : 1)."""
MAX_BYTES = 200_000
"""Some messengers show no larger file."""
SOURCE_WIDTH = 1_024
"""Share pictures are made of the rendition of this width: it is there from the first tier on, and quickly read."""
_REVISION = 1


@dataclass(frozen=True, slots=True)
class ShareLook:
    """How the share pictures of a store look: ``background`` is the brand's colour (``#rrggbb``), empty for none.

    ``logo`` names the rendition that stands in the corner, empty for none.
    """

    background: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class ShareOrder:
    """One share picture: of the rendition ``source`` (its name), whose background is ``panel`` (``#rrggbb``)."""

    source: str
    panel: str
    look: ShareLook

    @property
    def key(self) -> str:
        """What the picture is kept under: it changes when the order, or the way it is drawn, does."""
        order = orjson.dumps([asdict(self), _REVISION, version("pyvips-binary")])
        return f"share-{hashlib.sha256(order).hexdigest()[:40]}"

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "ShareOrder":
        """The order that ``dataclasses.asdict`` took apart."""
        return cls(fields["source"], fields["panel"], ShareLook(**fields["look"]))


def share_source(renditions: Sequence[dict[str, Any]]) -> str:
    """The name of the rendition that a share picture is made of: of the fallback, the widest that is wide enough.

    ``renditions`` are a picture's as pages have them, at least one: ``format``, ``width``, ``name``.
    """
    fallback = [each for each in renditions if each["format"] == renditions[-1]["format"]]
    widest = max(fallback, key=lambda each: (each["width"] <= SOURCE_WIDTH, each["width"]))
    return str(widest["name"])
