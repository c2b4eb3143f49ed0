"""Which addresses have moved and which are gone: the last build's ledger against what there is today."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from shopwright.generation.directory import Directory, Key
from shopwright.generation.ledger import Thing
from shopwright.generation.site import Site
from shopwright.seo.redirects import Move

MOST_GONE = 50_000
"""Things that are gone and still answered for; of more, those that went last."""
MOST_FORMER = 100
"""Former addresses of one thing that lead to it; of more, those it left last."""

_HOMES = {"product": "products", "collection": "collections"}


@dataclass(frozen=True, slots=True)
class Departures:
    """``carried`` are live things that stood elsewhere before, ``gone`` those that have no page any more."""

    carried: dict[Key, Thing]
    gone: dict[Key, Thing]


def departures(before: Iterable[Thing], today: Directory, day: str) -> Departures:
    """Compare the last build's things with today's; ``day`` is the build's date."""
    carried: dict[Key, Thing] = {}
    gone: dict[Key, Thing] = {}
    for old in before:
        now = today.find(old.key)
        if now is None:
            gone[old.key] = old if old.gone else replace(old, gone=day)
        elif (moved := now.moved_on(old, day)).former:
            carried[now.key] = replace(moved, former=_latest(moved.former))
    kept = sorted(gone.values(), key=lambda thing: (thing.gone or "", thing.key), reverse=True)[:MOST_GONE]
    return Departures(carried, _succeeded({thing.key: thing for thing in kept}, today))


def _latest(former: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    ordered = sorted(former.items(), key=lambda item: (item[1][1], item[0]), reverse=True)
    return dict(ordered[:MOST_FORMER])


def _succeeded(gone: dict[Key, Thing], today: Directory) -> dict[Key, Thing]:
    """The gone things in order, each with the one that took over, if there is one."""
    named = today.successors()
    heirs = {key: named.get(key) or thing.successor for key, thing in gone.items()}
    wanted = {mark for key, thing in gone.items() if not heirs[key] for mark in thing.marks}
    marked = today.marked(wanted)
    heirs = {key: heir or _by_marks(gone[key], marked) for key, heir in heirs.items()}
    ends: dict[Key, str | None] = {}
    return {key: replace(thing, successor=_living(key, heirs, today, ends)) for key, thing in sorted(gone.items())}


def _living(key: Key, heirs: Mapping[Key, str | None], today: Directory, ends: dict[Key, str | None]) -> str | None:
    """The handle of the first heir that has a page: an heir may be gone meanwhile, and have left one of its own.

    ``ends`` are those known; what this one finds is added for all on its way, so a long chain is walked once.
    """
    seen: dict[Key, None] = {}
    end: str | None = None
    while key not in ends and key not in seen and (handle := heirs.get(key)) is not None:
        seen[key] = None
        key = (key[0], handle)
        if today.find(key):
            end = handle
            break
    end = end or ends.get(key)
    ends |= dict.fromkeys(seen, end)
    return end


def _by_marks(thing: Thing, marked: Mapping[str, list[str]]) -> str | None:
    """The product that carries most of a gone one's SKUs and GTINs; of equals the first by handle."""
    shared = Counter(handle for mark in thing.marks for handle in marked.get(mark, ()))
    return min(shared, key=lambda handle: (-shared[handle], handle)) if shared else None


def moves_of(parted: Departures, today: Directory, site: Site) -> dict[str, Move]:
    """Where each former address leads. Chains are not followed yet, and live addresses not spared."""
    moves: dict[str, Move] = {}
    for thing in parted.gone.values():
        heir = _heir(thing, today, site)
        moves |= {path: _to(heir, locale, site) for path, locale in thing.all_paths()}
    for thing in parted.carried.values():
        moves |= {path: _to(thing, locale, site) for path, (locale, _) in thing.former.items()}
    for (kind, earlier), handle in today.successors().items():
        for path, locale in _own_paths(kind, earlier, site):
            moves[path] = _to(today.find((kind, handle)), locale, site)
    return moves


def _heir(thing: Thing, today: Directory, site: Site) -> Thing | None:
    """What a gone thing's addresses lead to: what took over, else, where the store wants it, what it stood in."""
    if thing.successor:
        return today.find((thing.kind, thing.successor))
    if site.store["redirects"]["gone"] != "collection" or thing.kind not in _HOMES:
        return None
    shelf = today.find(("collection", thing.collection)) if thing.collection else None
    return shelf or today.find(("page", "collections"))


def _own_paths(kind: str, handle: str, site: Site) -> Iterator[tuple[str, str]]:
    """The paths of a handle that was never translated, in every locale."""
    for locale in site.locales:
        at = site.addresses(locale)
        address = at.product(handle) if kind == "product" else at.collection(handle)
        yield address.removeprefix(at.base), locale


def _to(thing: Thing | None, locale: str, site: Site) -> Move:
    """To a thing's page in a locale; where the store has the locale no more, in its language, else the default."""
    if thing is None:
        return Move(None)
    language = locale.partition("-")[0]
    near = (each for each in thing.places if each.partition("-")[0] == language)
    chosen = locale if locale in thing.places else next(near, site.default_locale)
    return Move(thing.places[chosen][0])
