r"""The ``_headers`` file at the root of a site: which response headers its files have.

The text format of Netlify and Cloudflare Pages: a line with a path pattern, then indented lines ``Name: value``;
``! Name`` takes a header away that an earlier rule or the defaults (``delivery.py``) gave; ``#`` begins a comment. Of
several rules that mean a path all apply, in their order, and values of the same header are joined with a comma.

    /assets/*
      ! Cache-Control
      Cache-Control: public, max-age=31536000, immutable
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shopwright.errors import StorageError
from shopwright.storage.path_patterns import PathPattern, PatternTable, path_pattern

NAME = "_headers"

MOST_BYTES = 32 * 1024 * 1024
MOST_LINES = 500_000
MOST_LINE = 16_384
"""Characters of a line: a policy with many hashes is long."""

OWN = frozenset(
    {
        *("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"),
        *("content-encoding", "content-length", "content-range", "date", "etag", "last-modified", "server"),
        *("proxy-authenticate", "proxy-authorization", "set-cookie"),
    }
)
"""Headers that only the server itself can say, by what it sends, and cookies, which a stored file has none of."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
"""A field name (RFC 9110, section 5.1)."""

_VALUE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
"""A field value (RFC 9110, section 5.5)."""

_NAMED = re.compile(r":([A-Za-z]\w*)")


@dataclass
class _Changes:
    """What one rule does, in the order of its lines: (name, value), or (name, None) to take it away."""

    lines: list[tuple[str, str | None]] = field(default_factory=list)


class HeaderRules:
    """The rules of a site. Without any, only the defaults of ``delivery.py`` apply."""

    def __init__(self) -> None:
        self._table: PatternTable[_Changes] = PatternTable()

    def __len__(self) -> int:
        return len(self._table)

    def add(self, pattern: PathPattern) -> _Changes:
        """A new rule, to be filled."""
        changes = _Changes()
        self._table.add(pattern, changes)
        return changes

    def apply(self, path: str, defaults: Mapping[str, str]) -> dict[str, str]:
        """Headers of the address ``path``, beginning with ``defaults``: a rule's value takes the place of a default."""
        headers = {name.lower(): (name, value) for name, value in defaults.items()}
        said: set[str] = set()
        for values, changes in self._table.matches(path):
            for name, text in changes.lines:
                key = name.lower()
                if text is None:
                    headers.pop(key, None)
                    continue
                value = _filled(text, values)
                if key in said and key in headers:
                    headers[key] = (headers[key][0], f"{headers[key][1]}, {value}")
                else:
                    headers[key] = (name, value)
                said.add(key)
        return dict(headers.values())


def parse_headers(text: str) -> HeaderRules:
    """The rules in ``text``. Raises ``StorageError`` that names the line."""
    if len(text) > MOST_BYTES:
        raise StorageError("it is too large.", where=NAME, remedy=f"At most {MOST_BYTES // 2**20} MiB are read.")
    rules = HeaderRules()
    changes: _Changes | None = None
    for number, line in _lines(text):
        try:
            if line[0] not in " \t":
                changes = rules.add(path_pattern(line.strip()))
            else:
                _started(changes).lines.append(_header(line.strip()))
        except ValueError as error:
            raise StorageError(f"{error}.", where=f"{NAME}, line {number}", remedy="Correct it.") from error
    return rules


def _started(changes: _Changes | None) -> _Changes:
    if changes is None:
        raise ValueError("a header stands before the first path")
    return changes


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if number > MOST_LINES or len(line) > MOST_LINE:
            remedy = f"At most {MOST_LINES:,} lines of {MOST_LINE:,} characters are read."
            raise StorageError("it is too long.", where=f"{NAME}, line {number}", remedy=remedy)
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.rstrip()


def _header(line: str) -> tuple[str, str | None]:
    if line.startswith("!"):
        return _field_name(line[1:].strip()), None
    name, colon, value = line.partition(":")
    if not colon:
        raise ValueError("a header has the form Name: value")
    if not _VALUE.fullmatch(value.strip()):
        raise ValueError(f"the value of {name.strip()[:80]!r} is empty or holds characters that no header may hold")
    return _field_name(name.strip()), value.strip()


def _field_name(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise ValueError(f"{name[:80]!r} is no header name")
    if name.lower() in OWN:
        raise ValueError(f"{name} is for the server to say")
    return name


def _filled(text: str, values: Mapping[str, str]) -> str:
    """``:splat`` and ``:name`` replaced by what they stand for, where that may stand in a header."""
    if not values or ":" not in text:
        return text
    return _NAMED.sub(lambda found: _sayable(values.get(found[1]), found[0]), text)


def _sayable(value: str | None, otherwise: str) -> str:
    return value if value is not None and _VALUE.fullmatch(value) else otherwise
