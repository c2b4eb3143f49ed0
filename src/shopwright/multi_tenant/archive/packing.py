"""A folder becomes an archive: the same folder, the same bytes."""

import datetime as dt
import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from shopwright.errors import TenantError
from shopwright.multi_tenant.archive.manifest import MOST_FILES, NAME, Entry, Manifest, reaching, refuse_name

_CHUNK = 1 << 20
_TEXTS = {".json", ".jsonl", ".yaml", ".svg"}
"""What is worth compressing: pictures are compressed already."""

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can tell."""

_OWNER_ONLY = 0o100600 << 16


def pack(folder: Path, out: Path, tenant: str, taken: dt.datetime) -> Manifest:
    """Write the files below ``folder`` into the archive ``out``, which appears whole or not at all.

    Raises ``TenantError`` for what an archive cannot hold, ``StorageError`` for a place that cannot be written, or is
    taken.
    """
    with reaching(out):
        draft = out.with_name(f".{out.name}-{secrets.token_hex(4)}")
        try:
            with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "wb") as file:  # noqa: PTH123 - of a descriptor
                manifest = _packed(folder, file, tenant, taken)
                file.flush()
                os.fsync(file.fileno())
            out.hardlink_to(draft)
        finally:
            draft.unlink(missing_ok=True)
    return manifest


def _packed(folder: Path, file: IO[bytes], tenant: str, taken: dt.datetime) -> Manifest:
    with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        files = {name: _add(archive, name, path) for name, path in _files(folder)}
        manifest = Manifest(tenant=tenant, taken=taken, files=files)
        archive.writestr(_told(NAME), manifest.written())
    return manifest


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file with its name in the archive, in the order of the names."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if len(found) > MOST_FILES:
        raise TenantError(f"it has more than {MOST_FILES:,} files.", where=str(folder))
    for name in sorted(found):
        refuse_name(name, str(folder))
        yield name, found[name]


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Entry:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(_told(name), "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Entry(bytes=size, sha256=digest.hexdigest())


def _told(name: str) -> zipfile.ZipInfo:
    told = zipfile.ZipInfo(name, _FIRST_DAY)
    told.external_attr = _OWNER_ONLY
    told.create_system = 3  # Unix, on whatever system it is made
    told.compress_type = zipfile.ZIP_DEFLATED if Path(name).suffix in _TEXTS else zipfile.ZIP_STORED
    return told
