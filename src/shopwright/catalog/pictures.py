"""Where the pictures of a catalogue are: addresses made safe, files looked up in the folders that were given."""

import os
import re
import stat
from collections.abc import Sequence
from functools import lru_cache
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


def local_name(source: str) -> str:
    """The path a picture has in a folder: its own, or the file name of an http(s) address."""
    return unquote(PurePosixPath(urlsplit(source).path).name) if is_remote(source) else source


def find_picture(source: str, folders: Sequence[Path]) -> Path | None:
    """The local file of a picture, looked up in each folder; never a file outside them.

    An http(s) address is looked up by its file name, so that a folder of downloaded pictures can serve for it.
    """
    name = local_name(source)
    for folder in folders:
        if found := _inside(folder, name):
            return found
    return None


def _inside(folder: Path, name: str) -> Path | None:
    """The regular file of that name in the folder. Links are followed only where they stay inside it."""
    root = _real(folder)
    try:
        path = _without_links(root, name) or os.path.realpath(f"{root}/{name}")
        inside = path.startswith(root.rstrip("/") + "/") and stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return None
    return Path(path) if inside else None


@lru_cache(maxsize=64)
def _real(folder: Path) -> str:
    return os.path.realpath(folder)


def _without_links(root: str, name: str) -> str | None:
    """The path itself if no part of it is a link: asking for each part is much cheaper than resolving the whole."""
    path = root
    for part in name.split("/"):
        path = f"{path}/{part}"
        if part in ("", ".", "..") or stat.S_ISLNK(os.lstat(path).st_mode):
            return None
    return path
