"""What an archive says of itself: whose it is, and size and hash of every file.

manifest.json               this; the last file, so that an archive that was cut short has none
tenant.json                 title, plan, times
stores/HANDLE/              each store as a store folder, pictures included (``docs/reference/catalog-format.md``)
documents/NAME.jsonl        what else is kept, a line of JSON for each
audit/trail.jsonl           the audit trail, each event with the hash of the one before
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from shopwright.errors import StorageError, TenantError

NAME = "manifest.json"
TENANT = "tenant.json"
TRAIL = "audit/trail.jsonl"

MOST_BYTES = 256 << 20
"""Of the manifest itself."""

MOST_FILES = 2_000_000
MOST_NAME = 1_000
_MOST_PART = 255
"""Bytes of one part of a path that file systems take."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Entry(_Value):
    """A file: its bytes, and their SHA-256."""

    bytes: Annotated[int, Field(ge=0, lt=2**53)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(_Value):
    """An archive of the tenant ``tenant``, as it was at ``taken``."""

    format: Literal[1] = 1
    tenant: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]
    taken: AwareDatetime
    files: Annotated[Mapping[str, Entry], Field(max_length=MOST_FILES)]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(entry.bytes for entry in self.files.values())

    def written(self) -> bytes:
        """The bytes of ``manifest.json``: the same for the same contents."""
        options = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2
        return orjson.dumps(self.model_dump(mode="json"), option=options) + b"\n"

    @property
    def sha256(self) -> str:
        """What tells archives apart."""
        return hashlib.sha256(self.written()).hexdigest()


def read_manifest(data: bytes, where: str) -> Manifest:
    """The manifest in ``data``. Raises ``TenantError``, also for names of files that lead elsewhere."""
    try:
        manifest = Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(map(str, first["loc"]))[:200]
        remedy = "Use an archive that `shopwright tenant export` of this version made."
        raise TenantError(
            f"its manifest cannot be read: {field}: {first['msg']}.", where=where, remedy=remedy
        ) from None
    for name in manifest.files:
        refuse_name(name, where)
    return manifest


def refuse_name(name: str, where: str) -> None:
    """Raise ``TenantError`` for what is no plain path below a folder."""
    parts = name.split("/")
    plain = (
        len(name) <= MOST_NAME
        and str(PurePosixPath(name)) == name
        and not any(part in {"", ".", ".."} or len(part.encode("utf-8", "replace")) > _MOST_PART for part in parts)
        and not any(letter == "\\" or ord(letter) < ord(" ") or ord(letter) == 0x7F for letter in name)
        and name != NAME
    )
    if not plain:
        raise TenantError(f"it names a file {name[:80]!a}, which no archive of ours has.", where=where)


@contextmanager
def reaching(path: Path) -> Iterator[None]:
    """Turn an operating-system error into ``StorageError`` with the place."""
    try:
        yield
    except OSError as error:
        remedy = "Name another file." if isinstance(error, FileExistsError) else ""
        raise StorageError(
            f"it cannot be read or written ({error.strerror or error}).", where=str(path), remedy=remedy
        ) from error
