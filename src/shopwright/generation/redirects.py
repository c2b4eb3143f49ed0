"""The ``_redirects`` file of a site and the ledger it follows from."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.generation.directory import Directory
from shopwright.generation.ledger import Thing
from shopwright.generation.moves import Departures, departures, moves_of
from shopwright.generation.site import Site
from shopwright.seo.redirects import Move, flatten, redirect_lines, split_shadows

FILE = "_redirects"
MOST_LINES = 150_000
"""Rules of one site: below what Shopwright's own server reads."""
CLOUDFLARE_LINES = 2_000
"""Rules Cloudflare Pages reads without wildcards; Shopwright's edge programs and Netlify read them all."""

_PLACES_NAMED = 3


@dataclass(frozen=True, slots=True)
class Redirected:
    """The lines of ``_redirects``, what the merchant should know, and the things of the new ledger."""

    lines: tuple[str, ...]
    faults: tuple[Fault, ...]
    parted: Departures

    def things(self, today: Directory) -> Iterator[Thing]:
        """What the next build is told: every live thing with its former places, then what is gone."""
        yield from (self.parted.carried.get(thing.key, thing) for thing in today)
        yield from self.parted.gone.values()


class _Live(Collection[str]):
    """The addresses of a site as paths from the store's root."""

    def __init__(self, addresses: Collection[str], base: str) -> None:
        self._addresses, self._base = addresses, base

    def __contains__(self, path: object) -> bool:
        return f"{self._base}{path}" in self._addresses

    def __iter__(self) -> Iterator[str]:
        return (address.removeprefix(self._base) for address in self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)


def redirect(before: Iterable[Thing], today: Directory, addresses: Collection[str], site: Site) -> Redirected:
    """Compare the last build with this one; ``addresses`` are those of every file of the new site."""
    parted = departures(before, today, site.now.date().isoformat())
    live = _Live(addresses, site.addresses(site.default_locale).base)
    found = moves_of(parted, today, site)
    written = {rule["source"]: Move(rule["to"], rule["status"]) for rule in site.store["redirects"]["rules"]}
    exact = {source: move for source, move in written.items() if not source.endswith("/*")}
    flat = flatten({**found, **exact}, live)
    moves, hidden, dead = _patterns(
        {path: move for path, move in written.items() if path not in exact}, flat.moves, live
    )
    faults = (
        *_named("redirect-loop", (path for path in flat.loops if path in written)),
        *_named("redirect-shadow", (*(path for path in flat.shadows if path in written), *hidden)),
        *_named("redirect-dead", (*(path for path in flat.dead if path in written), *dead)),
        *_named(
            "previous-handle-live", (earlier for kind, earlier in today.successors() if today.find((kind, earlier)))
        ),
        *_too_many(len(moves)),
    )
    lines = tuple(redirect_lines(moves, "/404.html"))[:MOST_LINES]
    return Redirected(lines, faults, parted)


def redirect_files(redirected: Redirected) -> Iterator[tuple[str, bytes]]:
    """The file, as (name, bytes); none where nothing has moved."""
    if redirected.lines:
        yield FILE, ("\n".join(redirected.lines) + "\n").encode()


def _patterns(
    written: dict[str, Move], exact: dict[str, Move], live: _Live
) -> tuple[dict[str, Move], list[str], list[str]]:
    """All rules: the exact ones and the patterns that hide nothing; patterns that do, and that lead nowhere."""
    free, hidden = split_shadows(written, live)
    dead = [path for path in free if not _arrives(written[path], live)]
    return {**exact, **{path: written[path] for path in free if path not in dead}}, hidden, dead


def _arrives(move: Move, live: _Live) -> bool:
    return move.to is None or not move.to.startswith("/") or move.to.partition("#")[0].partition("?")[0] in live


def _named(code: str, paths: Iterable[str]) -> Iterator[Fault]:
    """One fault for all paths that share a cause."""
    found = list(paths)
    if found:
        more = f" and {len(found) - _PLACES_NAMED} more" if len(found) > _PLACES_NAMED else ""
        yield fault(code, f"{', '.join(found[:_PLACES_NAMED])}{more}.", value=found[0])


def _too_many(count: int) -> Iterator[Fault]:
    if count > CLOUDFLARE_LINES:
        yield fault("redirects-many", f"There are {count:,} redirects.")
