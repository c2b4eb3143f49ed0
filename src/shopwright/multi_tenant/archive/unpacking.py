"""An archive becomes a folder: whoever made it may mean harm, so nothing in it is believed that is not proved.

It writes no more bytes than the manifest says, none outside the folder, and no links; each file is compared with its
hash. The folder appears whole: a caller who sees no error has everything the manifest names, and nothing else.
"""

import hashlib
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shopwright.errors import TenantError
from shopwright.multi_tenant.archive.manifest import (
    MOST_BYTES,
    MOST_FILES,
    NAME,
    Entry,
    Manifest,
    reaching,
    read_manifest,
)

MOST_DIRECTORY = 512 << 20
"""Bytes of the ZIP's list of files, which is read into memory."""

MOST_CONTENTS = 1 << 40
"""Bytes of all files."""

_CHUNK = 1 << 20
_KINDS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LINE = b"PK\x01\x02"
_OTHERS = 1_000
"""So many may stand within the last of the files themselves, which is read with the list."""

_TAIL = 65_535 + 22 + 20 + 56
"""The longest comment and the records before it (APPNOTE 4.3)."""


def look_at(archive: Path) -> Manifest:
    """The manifest of an archive, whose files are not looked at. Raises ``TenantError``, ``StorageError``."""
    with _opened(archive) as opened:
        return _manifest(opened, archive)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write the files of an archive below ``folder``, which must be empty or new.

    Raises ``TenantError`` for an archive that is damaged or not ours, ``StorageError``.
    """
    with _opened(archive) as opened:
        manifest = _manifest(opened, archive)
        _refuse_others(opened, manifest, archive)
        _refuse_large(manifest, archive, folder)
        for name, entry in manifest.files.items():
            _write(opened, name, entry, folder / name, archive)
    return manifest


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    with reaching(archive):
        _refuse_directory(archive)
        try:
            with zipfile.ZipFile(archive) as opened:
                yield opened
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
            raise TenantError(f"it is damaged: {error}.", where=str(archive), remedy="Export it again.") from error


def _refuse_directory(archive: Path) -> None:
    """The list of files is bounded before it is read: each line of it costs memory, however few bytes it has."""
    with archive.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
        sizes = [*_found(tail, _END, 12, "<I"), *_found(tail, _END_64, 40, "<Q")]
        longest = max((length for length in sizes if length != 0xFFFF_FFFF), default=0)
        file.seek(max(0, size - _TAIL - longest))
        if longest > MOST_DIRECTORY or _lines(file) > MOST_FILES + _OTHERS:
            raise TenantError("its list of files is too long.", where=str(archive))


def _lines(file: IO[bytes]) -> int:
    """How often a line of the list of files seems to begin in the rest of a file."""
    count, before = 0, b""
    while chunk := file.read(_CHUNK):
        count += (before + chunk).count(_LINE)
        before = chunk[1 - len(_LINE) :]
    return count


def _found(tail: bytes, sign: bytes, offset: int, form: str) -> Iterator[int]:
    """The size that each record with this signature tells."""
    start = tail.find(sign)
    while start >= 0:
        data = tail[start + offset : start + offset + struct.calcsize(form)]
        if len(data) == struct.calcsize(form):
            yield struct.unpack(form, data)[0]
        start = tail.find(sign, start + 1)


def _manifest(opened: zipfile.ZipFile, archive: Path) -> Manifest:
    where = str(archive)
    told = [info for info in opened.infolist() if info.filename == NAME]
    if len(told) != 1:
        remedy = "Use one that `shopwright tenant export` made; if this is one, it was cut short."
        raise TenantError("it has no manifest, or several.", where=where, remedy=remedy)
    _refuse_kind(told[0], where)
    with opened.open(told[0]) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TenantError("its manifest is too large.", where=where)
    return read_manifest(data, where)


def _refuse_others(opened: zipfile.ZipFile, manifest: Manifest, archive: Path) -> None:
    """Exactly the files of the manifest, each once."""
    names = [info.filename for info in opened.infolist() if info.filename != NAME]
    if len(names) != len(set(names)) or set(names) != set(manifest.files):
        raise TenantError("its files are not those its manifest names.", where=str(archive), remedy="Export it again.")
    for info in opened.infolist():
        _refuse_kind(info, str(archive))


def _refuse_kind(info: zipfile.ZipInfo, where: str) -> None:
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _KINDS:
        raise TenantError(
            f"its file {info.filename[:80]!a} is encrypted, or packed in a way we do not use.", where=where
        )


def _refuse_large(manifest: Manifest, archive: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    room = min(shutil.disk_usage(folder).free, MOST_CONTENTS)
    if manifest.size > room:
        raise TenantError(f"it holds {manifest.size:,} bytes, and there is room for {room:,}.", where=str(archive))


def _write(opened: zipfile.ZipFile, name: str, entry: Entry, path: Path, archive: Path) -> None:
    digest, left = hashlib.sha256(), entry.bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(name) as source, path.open("xb") as target:
        while chunk := source.read(min(_CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            target.write(chunk)
    if left or digest.hexdigest() != entry.sha256:
        raise TenantError(
            f"its file {name[:200]!r} is not what its manifest says.", where=str(archive), remedy="Export it again."
        )
