"""Content codings: which a client accepts, and files compressed for it (RFC 9110, section 12.5.3)."""

import gzip
import io
from collections.abc import Iterator

import brotli

from shopwright.storage.media_types import compresses
from shopwright.storage.serving.memory import ByteMemory
from shopwright.storage.serving.resource import Form, Resource

LEAST_BYTES = 256
MOST_BYTES = 10_000_000
"""Larger files are sent as they are, as CloudFront does."""

_PREFERRED = ("br", "gzip")
_MEMORY = 64 * 1024 * 1024
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
_MOST_CODINGS = 32


def accepted(header: str) -> tuple[str, ...]:
    """The codings we speak that an ``Accept-Encoding`` header allows, the best for us first."""
    weights = dict(_weights(header))
    return tuple(coding for coding in _PREFERRED if weights.get(coding, weights.get("*", 0.0)) > 0)


def _weights(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(",")[:_MOST_CODINGS]:
        coding, _, parameter = part.partition(";")
        name, _, value = parameter.strip().partition("=")
        try:
            weight = float(value) if name.strip().lower() == "q" else 1.0
        except ValueError:
            weight = 0.0
        yield coding.strip().lower().replace("x-gzip", "gzip"), weight


class Compressor:
    """Gives resources in the coding a client likes best; what it compressed itself it remembers."""

    def __init__(self) -> None:
        self._memory = ByteMemory(_MEMORY)

    def chosen(self, resource: Resource, accept: str) -> tuple[str, Form]:
        """A content coding (empty: none) and the form in it."""
        codings = accepted(accept)
        for coding in codings:
            if coding in resource.encodings:
                return coding, resource.encodings[coding]
        if codings and self._worthwhile(resource):
            return codings[0], self._compressed(resource.identity, codings[0])
        return "", resource.identity

    def _worthwhile(self, resource: Resource) -> bool:
        kind = resource.headers.get("Content-Type", "")
        return compresses(kind) and LEAST_BYTES <= resource.identity.size <= MOST_BYTES

    def _compressed(self, form: Form, coding: str) -> Form:
        etag = f'{form.etag[:-1]}-{coding}"'

        def made() -> bytes:
            with form.opened() as file:
                data = file.read(MOST_BYTES + 1)
            if coding == "br":
                return bytes(brotli.compress(data, quality=_BROTLI_QUALITY))
            return gzip.compress(data, _GZIP_LEVEL, mtime=0)

        data = self._memory.get(etag, made)
        return Form(len(data), etag, lambda: io.BytesIO(data))
