"""Styles and scripts: many sources in, one small file out, named by its content."""

import hashlib
import re
from collections.abc import Sequence

import brotli
import lightningcss
import minify

from shopwright.errors import ThemeError

BROWSERS = ("chrome >= 125", "edge >= 125", "firefox >= 126", "safari >= 17.5", "ios_saf >= 17.5", "samsung >= 27")
"""What styles are written down for, as browserslist has it: the releases since spring 2024."""

_BROTLI_BEST = 11
_CSS_PLACE = re.compile(r":(\d+):\d+\b")
_JS_PLACE = re.compile(r"\bon line (\d+)")

Source = tuple[str, bytes]
"""A file's name, for messages, and its content."""


def bundle_styles(sources: Sequence[Source]) -> bytes:
    """The style sheets as one, minified, with what ``BROWSERS`` lack written in older words.

    Raises ThemeError with file and line when one is no CSS.
    """
    return b"".join(minified_styles(sources))


def minified_styles(sources: Sequence[Source]) -> list[bytes]:
    """The pieces of ``bundle_styles``, one for each sheet."""
    return [_minify_style(name, data) for name, data in sources]


def bundle_scripts(sources: Sequence[Source]) -> bytes:
    """The classic scripts as one, minified, each in a function of its own so that no name escapes.

    Raises ThemeError with file and line when one is no JavaScript.
    """
    return b"".join(minified_scripts(sources))


def minified_scripts(sources: Sequence[Source]) -> list[bytes]:
    """The pieces of ``bundle_scripts``, one for each script."""
    return [_minify_script(name, data) for name, data in sources]


def content_name(stem: str, data: bytes, suffix: str) -> str:
    """``stem.<16 hex of SHA-256>suffix``: a name that may be cached for ever."""
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:16]}{suffix}"


def brotli_size(data: bytes) -> int:
    """How many bytes ``data`` takes on the wire, compressed as shared files are (brotli 11)."""
    return len(brotli.compress(data, quality=_BROTLI_BEST))


def _minify_style(name: str, data: bytes) -> bytes:
    try:
        text = lightningcss.process_stylesheet(data.decode(), filename=name, browsers_list=list(BROWSERS))
    except UnicodeDecodeError as error:
        raise _not_utf8(name) from error
    except ValueError as error:
        place = _CSS_PLACE.search(str(error))  # lines count from 0 there
        line = int(place[1]) + 1 if place else None
        raise _unusable("style sheet", name, line, str(error)) from error
    if text.startswith("@import"):
        raise _unusable("style sheet", name, None, "@import does not work in a bundle")
    return str(text).encode()


def _minify_script(name: str, data: bytes) -> bytes:
    try:
        text = minify.string("application/javascript", f"(function(){{{data.decode()}\n}})();\n")
    except UnicodeDecodeError as error:
        raise _not_utf8(name) from error
    except minify.MinifyError as error:
        place = _JS_PLACE.search(str(error))
        line = int(place[1]) if place else None
        raise _unusable("script", name, line, str(error).partition("\n")[0]) from error
    return f"{text};\n".encode()


def _unusable(kind: str, name: str, line: int | None, detail: str) -> ThemeError:
    where = f"{name}, line {line}" if line else name
    return ThemeError(f"the {kind} cannot be read: {detail}.", where=where, remedy="Correct it.")


def _not_utf8(name: str) -> ThemeError:
    return ThemeError("the file is not UTF-8.", where=name, remedy="Save it as UTF-8.")
