"""A release: which files a site has, each by the hash of its content, with the headers it is delivered with.

The same site is the same release: its id is the hash of what it says, and nothing in it depends on when or where it was
made.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import MOST_BYTES

VERSION = 1
ID_DIGITS = 20
BLOBS = "blobs/"
"""Folder of every file's bytes, by hash."""
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings a file may also be kept in, and how such a file's name ends in a site's folder."""

_ID = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_MOST_PATH = 1_000


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes by their hash."""

    sha256: str
    size: int

    @property
    def key(self) -> str:
        """Where the bytes are kept."""
        return f"{BLOBS}{self.sha256}"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release; ``encodings`` holds the same content compressed, by content coding."""

    blob: Blob
    headers: Mapping[str, str]
    encodings: Mapping[str, Blob] = field(default_factory=dict)

    def blobs(self) -> Iterator[Blob]:
        """Everything that must be kept for it."""
        yield self.blob
        yield from self.encodings.values()


@dataclass(frozen=True)
class Release:
    """Files by their path below the site's address, whose path is ``base`` (``/shops/luna``, or empty)."""

    base: str
    files: Mapping[str, ReleaseFile]
    redirects: tuple[str, ...] = ()
    """Lines ``FROM TO STATUS`` (``redirect_rules.py``)."""

    @cached_property
    def payload(self) -> bytes:
        """The release as JSON, in one line: equal releases are equal bytes."""
        sets = sorted({_packed(file.headers) for file in self.files.values()})
        numbers = {packed: number for number, packed in enumerate(sets)}
        record = {
            "shopwright": VERSION,
            "base": self.base,
            "headers": [orjson.Fragment(packed) for packed in sets],
            "files": {path: _row(file, numbers[_packed(file.headers)]) for path, file in sorted(self.files.items())},
            "redirects": self.redirects,
        }
        return orjson.dumps(record)

    @cached_property
    def id(self) -> str:
        """The name of the release."""
        return payload_id(self.payload)

    def blobs(self) -> dict[str, Blob]:
        """Everything that must be kept for it, by hash."""
        return {blob.sha256: blob for file in self.files.values() for blob in file.blobs()}


def payload_id(payload: bytes) -> str:
    """The id of the release that says ``payload``."""
    return hashlib.sha256(payload).hexdigest()[:ID_DIGITS]


def is_release_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return bool(_ID.fullmatch(text))


def parse_release(payload: bytes) -> Release:
    """The release that says ``payload``. Raises ``StorageError`` if it is none."""
    try:
        return _release(orjson.loads(payload))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise StorageError(f"it is no release: {error}.", remedy="Run shopwright verify.") from error


def _release(record: dict[str, Any]) -> Release:
    if record["shopwright"] != VERSION:
        raise ValueError("it is of another version")
    headers = [_headers(each) for each in record["headers"]]
    files = {_path(path): _file(row, headers) for path, row in record["files"].items()}
    return Release(_text(record["base"]), files, tuple(map(_text, record["redirects"])))


def _packed(headers: Mapping[str, str]) -> bytes:
    return orjson.dumps(headers, option=orjson.OPT_SORT_KEYS)


def _row(file: ReleaseFile, headers: int) -> list[Any]:
    row: list[Any] = [file.blob.sha256, file.blob.size, headers]
    if file.encodings:
        row.append({coding: [blob.sha256, blob.size] for coding, blob in sorted(file.encodings.items())})
    return row


def _file(row: list[Any], headers: list[dict[str, str]]) -> ReleaseFile:
    sha256, size, number, *rest = row
    encodings = {coding: _blob(*pair) for coding, pair in (rest[0] if rest else {}).items()}
    if encodings.keys() - ENCODINGS.keys() or not isinstance(number, int) or number < 0:
        raise ValueError("a file has an unknown coding or headers")
    return ReleaseFile(_blob(sha256, size), headers[number], encodings)


def _blob(sha256: str, size: int) -> Blob:
    if not _SHA256.fullmatch(sha256) or type(size) is not int or not 0 <= size <= MOST_BYTES:
        raise ValueError("a file has no hash or size")
    return Blob(sha256, size)


def _headers(record: dict[str, str]) -> dict[str, str]:
    return {_text(name): _text(value) for name, value in record.items()}


def _path(path: str) -> str:
    if len(path) > _MOST_PATH or _CONTROL.search(path) or any(part[:1] in ("", ".") for part in path.split("/")):
        raise ValueError(f"{path[:80]!r} is no path of a file")
    return path


def _text(value: object) -> str:
    if not isinstance(value, str) or _CONTROL.search(value.replace("\\", "").replace("\t", "")):
        raise ValueError("a text is none, or holds control characters")
    return value
