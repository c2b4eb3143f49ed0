"""Copies of fetched pictures on disk, each with what HTTP needs to ask whether it has changed (RFC 9111, 9110)."""

import hashlib
import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from shopwright.asset_pipeline.cache import mark_used, write_whole
from shopwright.asset_pipeline.original import Original

HOUR = 3_600
_FRESH_FOR = 24 * HOUR
_FRESH_MOST = 30 * 24 * HOUR
_MAX_AGE = re.compile(r"max-age=\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Copy:
    """A fetched picture: its bytes' SHA-256 and length, the server's validators, and until when not to ask again.

    ``fresh_until`` is in seconds since 1970.
    """

    sha256: str
    bytes: int
    etag: str
    last_modified: str
    fresh_until: float

    @property
    def fresh(self) -> bool:
        """Whether the server need not be asked."""
        return time.time() < self.fresh_until

    @property
    def conditions(self) -> list[tuple[str, str]]:
        """Request headers that let the server answer 304."""
        headers = [("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified)]
        return [(name, value) for name, value in headers if value]


def fresh_until(headers: Mapping[str, str]) -> float:
    """Until when a response with these headers (lower-case names) is believed: one hour to thirty days from now.

    A day when the server does not say. Never less than an hour, so that one build asks for an address once.
    """
    said = _MAX_AGE.search(headers.get("cache-control", ""))
    seconds = int(said[1]) if said else _FRESH_FOR
    return time.time() + min(max(seconds, HOUR), _FRESH_MOST)


class Copies:
    """The copies in ``folder``, by address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, address: str) -> Copy | None:
        """The copy of ``address``, when its body is whole."""
        try:
            copy = Copy(**orjson.loads(self._note(address).read_bytes()))
            body = self.body(address)
            state = body.stat()
            mark_used(body, state.st_mtime)
        except (OSError, ValueError, TypeError):
            return None
        return copy if state.st_size == copy.bytes else None

    def note(self, address: str, copy: Copy) -> None:
        """Remember ``copy``, whose body is already written."""
        write_whole(self._note(address), orjson.dumps(asdict(copy)))

    def original(self, address: str, copy: Copy) -> Original:
        """The copy as an original to prepare."""
        return Original(self.body(address), copy.sha256)

    def body(self, address: str) -> Path:
        """Where the bytes of ``address`` are."""
        name = hashlib.sha256(address.encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.body"

    def _note(self, address: str) -> Path:
        return self.body(address).with_suffix(".json")
