"""The ``_redirects`` file at the root of a site: which addresses have moved, and which are gone.

The text format of Netlify and Cloudflare Pages: a line ``FROM TO [STATUS]``, the first that means a path counts; ``#``
begins a comment. STATUS is 301 (where none stands: 302, as both hosts have it), 302, 303, 307, 308, or 410 for what is
gone, whose TO is not followed (write ``-`` or the page that says so).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from shopwright.errors import StorageError
from shopwright.storage.path_patterns import PatternTable, path_pattern

NAME = "_redirects"
MOST_BYTES = 32 * 1024 * 1024
MOST_LINES = 200_000

STATUSES = frozenset({301, 302, 303, 307, 308, 410})

_NAMED = re.compile(r":([A-Za-z]\w*)")
_SAFE = "/:@!$&'()*+,;=~-._%"
_COMMENT = re.compile(r"(^|\s)#.*$")


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where an address leads: ``location`` is empty when it is gone (410)."""

    status: int
    location: str


class RedirectRules:
    """The rules of a site."""

    def __init__(self) -> None:
        self._table: PatternTable[Redirect] = PatternTable()

    def __len__(self) -> int:
        return len(self._table)

    def add(self, line: str) -> None:
        """Add the rule of one line. Raises ``ValueError`` that says what is wrong with it."""
        source, target, status = _fields(line)
        location = "" if status == HTTPStatus.GONE else _target(target)
        self._table.add(path_pattern(source), Redirect(status, location))

    def find(self, path: str) -> Redirect | None:
        """Where the address ``path`` (decoded) leads, its location filled in; None if nowhere else.

        A rule for ``/old/`` also means ``/old``: people leave the slash out, and a page there would be found without.
        """
        for asked in (path,) if path.endswith("/") else (path, f"{path}/"):
            for values, rule in self._table.matches(asked):
                return Redirect(rule.status, _filled(rule.location, values))
        return None


def parse_redirects(text: str) -> RedirectRules:
    """The rules in ``text``. Raises ``StorageError`` that names the line."""
    lines = text.split("\n", MOST_LINES)
    if len(text) > MOST_BYTES or len(lines) > MOST_LINES:
        remedy = f"At most {MOST_LINES:,} lines and {MOST_BYTES // 2**20} MiB are read."
        raise StorageError("it is too large.", where=NAME, remedy=remedy)
    rules = RedirectRules()
    for number, line in enumerate(lines, start=1):
        rule = _COMMENT.sub("", line).strip()
        try:
            if rule:
                rules.add(rule)
        except ValueError as error:
            raise StorageError(f"{error}.", where=f"{NAME}, line {number}", remedy="Correct it.") from error
    return rules


def _fields(line: str) -> tuple[str, str, int]:
    match line.split():
        case [source, target]:
            return source, target, HTTPStatus.FOUND
        case [source, target, status]:
            return source, target, _status(status)
    raise ValueError("a redirect has the form FROM TO STATUS")


def _status(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:4]) in STATUSES):
        raise ValueError(f"the status {text[:20]!r} is none of {', '.join(map(str, sorted(STATUSES)))}")
    return int(text)


def _target(text: str) -> str:
    parts = urlsplit(text)
    local = text.startswith("/") and not text.startswith(("//", "/\\"))
    named_host = parts.scheme in ("http", "https") and parts.hostname and not _NAMED.search(parts.netloc)
    if not local and not named_host:
        raise ValueError("a redirect leads to a path that begins with one /, or to an http(s) address")
    if not text.isprintable():
        raise ValueError("a redirect leads to an address with control characters")
    return text


def _filled(location: str, values: Mapping[str, str]) -> str:
    """The location with what wildcards stood for. What a visitor wrote can name a path, never another host."""
    filled = _NAMED.sub(lambda found: quote(values.get(found[1], found[0]), safe=_SAFE), location)
    if filled.startswith("/"):
        return "/" + quote(filled.lstrip("/\\"), safe=_SAFE + "?#[]")
    return quote(filled, safe=_SAFE + "?#[]")
