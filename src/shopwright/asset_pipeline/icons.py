"""The icons of a store as a web app: drawn from its logo, or from a sign in its colour."""

import base64
import hashlib
from importlib.metadata import version
from pathlib import Path

import orjson

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.one_shot import ask_once
from shopwright.errors import PictureError

WORKER = "shopwright.asset_pipeline.icon_worker"

ICONS = (
    ("icon-192.png", 192, 0.9),
    ("icon-512.png", 512, 0.9),
    ("icon-maskable.png", 512, 0.56),
    ("icon-touch.png", 180, 0.78),
)
"""Name, side in pixels, and share of the side the picture takes.

192 and 512 are what installing asks for (W3C Web Application Manifest; Chromium's criteria). Of a maskable icon only a
circle of 40 % radius is sure to be shown: a square within it is 56 % wide.
"""

_REVISION = 1


def app_icons(picture: bytes, background: str, cache: Path) -> dict[str, bytes]:
    """The PNG files of ``ICONS`` by name, on a ground of ``#rrggbb``; from the cache when they were drawn before.

    Raises PictureError when the picture cannot be read, StorageError when the cache cannot be written.
    """
    key = hashlib.sha256(orjson.dumps([background, ICONS, version("pyvips-binary"), _REVISION]) + picture).hexdigest()
    kept = cache / "icons" / f"{key}.json"
    icons = _recall(kept)
    if icons is None:
        asked = {"picture": base64.b64encode(picture).decode(), "background": background, "icons": ICONS}
        answer = ask_once(WORKER, asked) or {"error": "it needs too much memory or time"}
        if "error" in answer:
            raise PictureError(f"icons cannot be drawn: {answer['error']}.", remedy="Give the logo as SVG or PNG.")
        write_whole(kept, orjson.dumps(answer["icons"]))
        icons = _decoded(answer["icons"])
    return icons


def _recall(kept: Path) -> dict[str, bytes] | None:
    try:
        icons = _decoded(orjson.loads(kept.read_bytes()))
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return icons if list(icons) == [name for name, _, _ in ICONS] else None


def _decoded(icons: dict[str, str]) -> dict[str, bytes]:
    return {name: base64.b64decode(data) for name, data in icons.items()}
