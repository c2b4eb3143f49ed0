"""Everything that has a page today: products from the spool, and the few other pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from shopwright.generation.ledger import Thing, parse_thing
from shopwright.generation.spool import Spool

Key = tuple[str, str]


class Directory:
    """The things of one build. Iterating gives products by handle, then the others as they were given."""

    def __init__(self, spool: Spool, others: Iterable[Thing]) -> None:
        self._spool = spool
        self._others = {thing.key: thing for thing in others}

    def find(self, key: Key) -> Thing | None:
        """The thing of a kind and handle; none if it has no page."""
        if key[0] != "product":
            return self._others.get(key)
        line = self._spool.thing(key[1])
        return parse_thing(line) if line else None

    def __iter__(self) -> Iterator[Thing]:
        yield from filter(None, map(parse_thing, self._spool.things()))
        yield from self._others.values()

    def successors(self) -> dict[Key, str]:
        """What says that it had another handle: (kind, earlier handle) to handle."""
        return {(kind, earlier): handle for kind, earlier, handle in self._spool.previous_handles()}

    def marked(self, wanted: Collection[str]) -> dict[str, list[str]]:
        """Handles of the products that carry wanted marks, by mark."""
        found: dict[str, list[str]] = defaultdict(list)
        if wanted:
            for thing in self:
                for mark in thing.marks:
                    if mark in wanted:
                        found[mark].append(thing.handle)
        return found
