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
    loops, shadows, dead = [], [], []
    for source in moves:
        if source in live or f"{source}/" in live:
            shadows.append(source)
            continue
        end = _end(source, moves, live)
        if end is None:
            loops.append(source)
        elif end.to is None or not end.to.startswith("/") or _path(end.to) in live:
            safe[source] = end
        else:
            dead.append(source)
    return Flattened(safe, tuple(loops), tuple(shadows), tuple(dead))


def _path(target: str) -> str:
    return target.partition("#")[0].partition("?")[0]


def _end(source: str, moves: Mapping[str, Move], live: Container[str]) -> Move | None:
    """The end of a chain; none if there is no end."""
    move, seen = moves[source], {source}
    while move.to is not None and (path := _path(move.to)) not in live and path in moves:
        if path in seen:
            return None
        seen.add(path)
        following = moves[path]
        status = move.status if following.status in (MOVED, int(HTTPStatus.PERMANENT_REDIRECT)) else following.status
        move = Move(following.to, status)
    return move


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
