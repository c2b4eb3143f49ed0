"""Fonts of a theme, cut by writing system: a page loads only the parts its text needs (CSS Fonts, unicode-range)."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.one_shot import ask_once
from shopwright.errors import ThemeError

WORKER = "shopwright.asset_pipeline.font_worker"
MAX_FACE = 4_000
"""Longest ``@font-face`` rule in bytes."""

_FACE = re.compile(rb"@font-face\s*\{[^{}]{0,%d}\}" % MAX_FACE)
_REVISION = 1


@dataclass(frozen=True, slots=True)
class FontPart:
    """One writing system of a font. ``data`` is WOFF2; ``unicode_range`` is what stands in the ``@font-face`` rule."""

    subset: str
    unicode_range: str
    data: bytes


def cut_font(name: str, data: bytes, cache: Path) -> tuple[FontPart, ...]:
    """The parts of a font file, from the cache when the same bytes were cut before.

    Raises ThemeError when the file is no font that can be read within the worker's memory and time, or has no
    character; StorageError when the cache cannot be written.
    """
    digest = hashlib.sha256(data).hexdigest()
    kept = cache / "fonts" / f"{digest}-{version('fonttools')}-{_REVISION}.json"
    parts = _recall(kept)
    if parts is None:
        answer = ask_once(WORKER, {"font": base64.b64encode(data).decode()})
        if answer is None or not answer.get("parts"):
            detail = answer.get("error", "it has no characters") if answer else "it needs too much memory or time"
            raise ThemeError(f"the font cannot be read: {detail}.", where=name, remedy="Export it again as WOFF2.")
        write_whole(kept, orjson.dumps(answer["parts"]))
        parts = _parts(answer["parts"])
    return parts


def with_parts(style: bytes, fonts: Mapping[str, Sequence[tuple[str, str]]]) -> bytes:
    """A style sheet in which every ``url("<font>")`` names the published file.

    ``fonts`` maps a font's file name to (published name, unicode-range) of its parts; an ``@font-face`` of a font of
    several parts becomes one rule for each.
    """
    return _FACE.sub(lambda face: _faces(face[0], fonts), style)


def _faces(face: bytes, fonts: Mapping[str, Sequence[tuple[str, str]]]) -> bytes:
    for name, parts in fonts.items():
        place = re.compile(rb"url\(\s*([\"']?)" + re.escape(name.encode()) + rb"\1\s*\)")
        if place.search(face):
            return b"\n".join(_face(face, place, *part, alone=len(parts) == 1) for part in parts)
    return face


def _face(face: bytes, place: re.Pattern[bytes], published: str, characters: str, *, alone: bool) -> bytes:
    named = place.sub(b'url("' + published.encode() + b'")', face)
    return named if alone else named[:-1].rstrip().rstrip(b";") + b";unicode-range:" + characters.encode() + b"}"


def _recall(kept: Path) -> tuple[FontPart, ...] | None:
    try:
        return _parts(orjson.loads(kept.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _parts(found: list[dict[str, Any]]) -> tuple[FontPart, ...]:
    return tuple(FontPart(part["subset"], part["unicode_range"], base64.b64decode(part["data"])) for part in found)
