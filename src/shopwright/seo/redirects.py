"""Redirects that are safe to publish: every chain flattened, no loop, nothing live in the shade of a rule.

Hosts differ in which wins, a rule or the file at its path (Cloudflare Pages: always the rule), so a rule that means a
live address is never written.
"""

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

GONE = int(HTTPStatus.GONE)
MOVED = int(HTTPStatus.MOVED_PERMANENTLY)
_PERMANENT = (MOVED, int(HTTPStatus.PERMANENT_REDIRECT))


@dataclass(frozen=True, slots=True)
class Move:
    """Where an address leads: ``to`` is a path from the site's root or an absolute address; none: it is gone (410)."""

    to: str | None
    status: int = MOVED


@dataclass(frozen=True, slots=True)
class Flattened:
    """``moves`` are safe to publish. The others are left out, by their addresses.

    ``loops`` lead back to themselves, ``shadows`` would hide a page, ``dead`` lead to a path where nothing is.
    """

    moves: dict[str, Move]
    loops: tuple[str, ...]
    shadows: tuple[str, ...]
    dead: tuple[str, ...]


def flatten(moves: Mapping[str, Move], live: Container[str]) -> Flattened:
    """Let every address lead straight to the end of its chain. ``live`` has the paths where something is.

    An address whose chain ends where it is gone, is gone. Of a chain the weakest promise counts: permanent (301, 308)
    only if each of its steps is.
    """
    safe: dict[str, Move] = {}
    ends: dict[str, Move | None] = {}
    loops, shadows, dead = [], [], []
    for source in moves:
        if source in live or f"{source}/" in live:
            shadows.append(source)
            continue
        end = _follow(source, moves, live, ends)
        if end is None:
            loops.append(source)
        elif end.to is None or not end.to.startswith("/") or _path(end.to) in live:
            safe[source] = end
        else:
            dead.append(source)
    return Flattened(safe, tuple(loops), tuple(shadows), tuple(dead))


def _path(target: str) -> str:
    return target.partition("#")[0].partition("?")[0]


def _follow(source: str, moves: Mapping[str, Move], live: Container[str], ends: dict[str, Move | None]) -> Move | None:
    """The end of a chain; none if it leads back to itself. Each address is followed once: its end stays in ``ends``."""
    chain, at = [], source
    while at not in ends:
        ends[at] = None  # until its end is known: whoever comes here again stands in a loop
        chain.append(at)
        target = moves[at].to
        path = None if target is None else _path(target)
        if path is None or path in live or path not in moves:
            ends[at] = moves[at]
            chain.pop()
            break
        at = path
    end = ends[at]
    for step in reversed(chain):
        own = moves[step].status
        end = ends[step] = end and Move(end.to, own if end.status in _PERMANENT else end.status)
    return ends[source]


def split_shadows(prefixes: Iterable[str], live: Collection[str]) -> tuple[list[str], list[str]]:
    """Patterns such as ``/blog/*`` that mean no live address, and those that do."""
    patterns = list(prefixes)
    ordered = sorted(live) if patterns else []
    free: list[str] = []
    shadows: list[str] = []
    for pattern in patterns:
        start = pattern.removesuffix("*")
        place = bisect_left(ordered, start)
        hides = place < len(ordered) and ordered[place].startswith(start)
        (shadows if hides else free).append(pattern)
    return free, shadows


def redirect_lines(moves: Mapping[str, Move], gone_page: str) -> Iterator[str]:
    """The lines of a ``_redirects`` file: exact paths first, then patterns, the longest first.

    ``gone_page`` is what hosts show that give a page with the status 410.
    """
    for source in sorted(moves, key=lambda path: (path.endswith("/*"), -len(path) if path.endswith("/*") else 0, path)):
        move = moves[source]
        yield f"{source} {gone_page} {GONE}" if move.to is None else f"{source} {move.to} {move.status}"
