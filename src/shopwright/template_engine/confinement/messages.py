"""What is said to a confined worker and what it answers: frames of JSON, bounded, checked on arrival.

To a worker go first a ``Setup``, then one ``PageRequest`` after the other; each is answered by ``Rendered`` or an
error. A worker may be in a template author's hands: of its answer nothing is believed but plain values of the right
types, and pickle is never used (decision 0005).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from shopwright.errors import ContextRefused, RenderLimitHit, TemplateRefused, ThemeError
from shopwright.template_engine.confinement.bounds import MAX_ANSWER, MAX_REQUEST, MAX_WORDS
from shopwright.template_engine.context import to_wire
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]

LENGTH_BYTES = 4
"""Every frame stands behind its length, big-endian."""

MOST_TOLD = 10**9
"""Most fuel, and milliseconds, that a worker is believed: sums of a liar's numbers fit no record."""

_KINDS: Mapping[str, type[ThemeError]] = {
    kind.__name__: kind for kind in (ThemeError, TemplateRefused, ContextRefused, RenderLimitHit)
}


class AnswerRefused(Exception):
    """A worker's answer is none: it is to be treated as dead."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page and what it cost: fuel (metering's unit), milliseconds of processor time, bytes of the page in UTF-8."""

    html: str
    fuel: int
    cpu_ms: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A page that could not be rendered, and whether its worker has ended with it."""

    error: ThemeError
    spent: bool


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page: the arguments of ``Pages.html``."""

    template: str
    locale: str
    context: Mapping[str, Any]
    head: str = ""

    def frame(self) -> bytes:
        """The request on the wire. Raises ``ContextRefused``."""
        wire = to_wire(self.context)
        return frame({"template": self.template, "locale": self.locale, "head": self.head, "context": wire})


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is given once: a theme's templates and the facts of its editions (``pages.Pages``), packed.

    ``digest`` differs where anything in it does; ``theme`` is the theme's name, ``theme_digest`` its SHA-256.
    """

    packed: bytes = field(repr=False)
    digest: str
    locales: tuple[str, ...]
    templates: frozenset[str]
    theme: str
    theme_digest: str

    @classmethod
    def of(cls, theme: Theme, editions: Mapping[str, Any]) -> "Setup":
        """Pack a setup once for all workers. Raises ``ThemeError`` when it is too large."""
        packed = frame({"templates": theme.templates, "editions": dict(editions)})
        digest = hashlib.sha256(packed).hexdigest()
        return cls(packed, digest, tuple(editions), frozenset(theme.templates), theme.name, theme.digest)


def frame(message: Json) -> bytes:
    """A message behind its length. Raises ``ThemeError`` for one that is too large or no JSON."""
    try:
        data = orjson.dumps(message)
    except (TypeError, RecursionError) as error:
        raise ThemeError(
            f"the page's data cannot be sent: {error}.", remedy="Use plain data and whole texts."
        ) from error
    if len(data) > MAX_REQUEST:
        raise RenderLimitHit(
            f"the page's data has {len(data):,} bytes.", where="context", remedy=f"Use at most {MAX_REQUEST:,}."
        )
    return len(data).to_bytes(LENGTH_BYTES, "big") + data


def take_answer(received: bytearray) -> bytes | None:
    """Cut the first whole answer off what was received. Raises ``AnswerRefused`` for one that is past the bound."""
    if len(received) < LENGTH_BYTES:
        return None
    length = int.from_bytes(received[:LENGTH_BYTES], "big")
    if length > MAX_ANSWER:
        raise AnswerRefused(f"an answer of {length:,} bytes")
    end = LENGTH_BYTES + length
    if len(received) < end:
        return None
    answer = bytes(received[LENGTH_BYTES:end])
    del received[:end]
    return answer


def read_answer(data: bytes) -> Rendered | Failed:
    """A worker's answer. Raises ``AnswerRefused``."""
    try:
        answer = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise AnswerRefused("no JSON") from error
    match answer:
        case {"html": str(html), "fuel": int(fuel), "cpu_ms": float(cpu_ms)}:
            return Rendered(html, min(max(fuel, 0), MOST_TOLD), min(max(cpu_ms, 0.0), MOST_TOLD), len(html.encode()))
        case {"error": str(kind), "what": str(what), "where": str(where), "remedy": str(remedy), "spent": bool(spent)}:
            known = _KINDS.get(kind, ThemeError)
            return Failed(known(what[:MAX_WORDS], where=where[:MAX_WORDS], remedy=remedy[:MAX_WORDS]), spent)
    raise AnswerRefused("no answer")
