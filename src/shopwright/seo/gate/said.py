"""What a whole page says: the facts of its lines by their kind, each with its line."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.lines import LineReader


class Said:
    """The facts of one page, whose source is ``html``.

    ``address`` is its own, from the root; ``origin`` that of its site, empty if not known.
    """

    def __init__(self, html: str, address: str, origin: str, reader: LineReader) -> None:
        self.address = decoded(address)
        self.origin = origin
        self.html = html
        facts: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        for number, of_line in reader.read(html):
            for kind, value in of_line:
                facts[kind].append((value, number))
        self._facts = facts

    def all(self, kind: str) -> list[tuple[Any, int]]:
        """(value, line) of every fact of a kind, in their order."""
        return self._facts.get(kind, [])

    def values(self, kind: str) -> Iterator[Any]:
        """The values of a kind."""
        return (value for value, _ in self.all(kind))

    def first(self, kind: str, otherwise: Any = "") -> Any:  # noqa: ANN401 - facts have values of any type
        """The value of the first fact of a kind."""
        return next(self.values(kind), otherwise)

    def line(self, kind: str) -> int:
        """The line of the first fact of a kind; 0 if there is none."""
        return next((line for _, line in self.all(kind)), 0)

    @cached_property
    def properties(self) -> dict[str, str]:
        """What Open Graph says: of two values for a property the first, as those who read it do."""
        return dict(reversed(list(self.values("open-graph"))))

    def own_path(self, address: str) -> str:
        """The path, from the root, of an address within the site; empty for one that leads elsewhere."""
        if self.origin and address.startswith(self.origin):
            rest = address[len(self.origin) :]
            return decoded(rest.partition("#")[0].partition("?")[0]) or "/" if rest[:1] in ("/", "#", "?", "") else ""
        try:
            parts = urlsplit(address) if "://" not in address[:12] else None
            if parts is None or parts.scheme or parts.netloc:
                return ""
            return decoded(urlsplit(urljoin(self.address, address)).path)
        except ValueError:  # such as //[x, which browsers follow nowhere
            return ""

    def targets(self) -> set[str]:
        """The path of everything within the site that the page links, shows or loads."""
        found: set[str] = set().union(*self.values("targets"))
        for kind in ("url", "shows", "loads"):
            found.update(self.own_path(address) for address in self.values(kind))
        found.discard("")
        return found


def is_own(said: Said, url: str) -> bool:
    """Whether an absolute address is the page's own, as far as the site's origin is known."""
    if not said.origin:
        return bool(url == said.first("canonical"))
    return said.own_path(url) == said.address and not {"?", "#"}.intersection(url)
