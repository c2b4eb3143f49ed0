"""The service worker of a store (W3C Service Workers): what it keeps, and how it is switched off."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import minify
import orjson

_HERE = files("shopwright.asset_pipeline")


@dataclass(frozen=True, slots=True)
class Shell:
    """What a worker keeps from the start.

    ``base`` is the store's root path, with a slash at its end. ``files`` are addresses with the SHA-256 of their bytes;
    ``offline`` pairs the root of each language with its offline page, longest root first; addresses that end in one of
    ``never`` are never kept.
    """

    base: str
    files: Sequence[tuple[str, str]]
    offline: Sequence[tuple[str, str]]
    never: Sequence[str] = ()

    @property
    def version(self) -> str:
        """16 hex digits that change when any file of the shell or the worker itself does."""
        told = orjson.dumps([self.base, self.files, self.offline, self.never, _source("service_worker.js")])
        return hashlib.sha256(told).hexdigest()[:16]


def service_worker(shell: Shell) -> bytes:
    """The script of a store's worker, the same bytes for the same shell."""
    told = {
        "version": shell.version,
        "base": shell.base,
        "files": [address for address, _ in shell.files],
        "offline": shell.offline,
        "never": shell.never,
    }
    return _script("service_worker.js", b"SHELL", told)


def retired_worker(base: str) -> bytes:
    """The script that removes a store's former worker and everything it kept."""
    return _script("retired_worker.js", b"BASE", base)


def _source(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _script(name: str, place: bytes, value: object) -> bytes:
    source = _source(name).encode().replace(place, orjson.dumps(value), 1)
    return str(minify.string("application/javascript", source.decode())).encode() + b"\n"
