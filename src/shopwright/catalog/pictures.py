"""Where the pictures of a catalogue are: addresses made safe, files looked up in the folders that were given."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from shopwright.catalog.text import is_web_address

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_remote(source: str) -> bool:
    """Whether a picture source is an http(s) address."""
    return source.startswith(("http://", "https://"))


def picture_source(text: str) -> str | None:
    """A safe picture source from a cell: an http(s) address or a relative path; ``None`` for anything else.

    Paths that leave the folder, ``data:`` and ``file:`` addresses are refused; spaces in an address are encoded.
    """
    if text.startswith("//"):
        text = f"https:{text}"
    if is_remote(text):
        return _address(text)
    path = PurePosixPath(text.lstrip("/"))
    if _SCHEME.match(text) or "\\" in text or "\n" in text or ".." in path.parts or not path.name or len(text) > 1_000:
        return None
    return str(path)


def _address(text: str) -> str | None:
    encoded = quote(text, safe="%/:?#[]@!$&'()*+,;=~")
    try:
        return is_web_address(encoded) if len(encoded) <= 2_000 else None
    except ValueError:
        return None


def find_picture(source: str, folders: Sequence[Path]) -> Path | None:
    """The local file of a picture, looked up in each folder; never a file outside them.

    An http(s) address is looked up by its file name, so that a folder of downloaded pictures can serve for it.
    """
    name = unquote(PurePosixPath(urlsplit(source).path).name) if is_remote(source) else source
    for folder in folders:
        if found := _inside(folder, name):
            return found
    return None


def _inside(folder: Path, name: str) -> Path | None:
    try:
        file = (folder / name).resolve()
        return file if name and file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        return None
