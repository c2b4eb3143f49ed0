"""Uploads: a body written to a file piece by piece, and a ZIP of a store folder unpacked within bounds."""

import asyncio
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from fastapi import Request

from shopwright.api.bounds import media_type
from shopwright.errors import LimitExceeded, SourceError

CSV, LINES, ZIP = "text/csv", "application/jsonl", "application/zip"
NAMES = {CSV: "upload.csv", LINES: "upload.jsonl", ZIP: "upload.zip"}
"""Media types of a catalogue, and what its file is called."""

MOST_UPLOAD = 1 << 30
"""Bytes of an upload."""

MOST_FILES = 100_000
MOST_CONTENTS = 8 << 30
"""Bytes of all files of a ZIP together."""

_PIECE = 1 << 20
_KINDS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


async def write_upload(request: Request, folder: Path) -> Path:
    """The body as a file in ``folder``, named after its media type. Raises 413 for one that is too large."""
    path = folder / NAMES[media_type(request)]
    with path.open("wb") as file:
        async for piece in request.stream():
            await asyncio.to_thread(file.write, piece)
    return path


def unpack_store(archive: Path, folder: Path) -> Path:
    """The store folder that a ZIP holds, written below ``folder``: at its top, or in the one folder there is.

    Raises ``SourceError`` for what is no ZIP, ``LimitExceeded``.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _refuse(opened.infolist())
            for entry in opened.infolist():
                if not entry.is_dir():
                    _write(opened, entry, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise SourceError("the ZIP is damaged, or none.", where=archive.name, remedy="Pack it again.") from error
    inside = [each for each in folder.iterdir() if not each.name.startswith(("__", "."))]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _refuse(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_CONTENTS:
        remedy = f"A ZIP may hold {MOST_FILES:,} files and {MOST_CONTENTS:,} bytes."
        raise LimitExceeded("the ZIP holds too much.", where="upload.zip", remedy=remedy)
    for entry in entries:
        mode = entry.external_attr >> 16
        parts = PurePosixPath(entry.filename).parts
        is_plain = not stat.S_IFMT(mode) or stat.S_ISREG(mode) or stat.S_ISDIR(mode)
        bad = not parts or ".." in parts or parts[0] == "/" or "\\" in entry.filename or len(entry.filename) > 400
        if bad or not is_plain or entry.compress_type not in _KINDS or entry.flag_bits & 1:
            raise SourceError("the ZIP holds what is no plain file.", where=ascii(entry.filename[:80]))


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """Write a file, and no more of it than the list of files says."""
    path = folder / entry.filename
    path.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with opened.open(entry) as source, path.open("xb") as file:
        while piece := source.read(min(_PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise LimitExceeded("a file of the ZIP is larger than it says.", where=ascii(entry.filename[:80]))
            file.write(piece)
