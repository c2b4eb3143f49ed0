"""A built site, as the gate looks at all of it: its pages' notes, its addresses, its files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.notes import Notes, mark, read_notes


@dataclass(frozen=True)
class BuiltSite:
    """``pages`` maps the address of each page to its notes (JSON), ``files`` the address of each file to its name.

    Addresses are decoded: without percent-encoding. They begin at the root of ``origin`` (scheme and host); the site
    stands under the path ``base``. ``place`` tells where a file is on disk, by its name from the site's root.
    """

    pages: Mapping[str, bytes]
    files: Mapping[str, str]
    place: Callable[[str], Path]
    origin: str
    base: str

    def notes(self) -> Iterator[tuple[str, Notes]]:
        """(address, notes) of every page, by address, one at a time."""
        return ((address, read_notes(self.pages[address])) for address in sorted(self.pages))

    @cached_property
    def known(self) -> frozenset[bytes]:
        """The hash of the address of every file."""
        return frozenset(map(mark, self.files))

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Where each address that has moved leads: the rules of ``_redirects`` without wildcards."""
        rules = (line.split() for line in (self.text("_redirects") or "").split("\n"))
        return {
            decoded(rule[0]): decoded(rule[1])
            for rule in rules
            if len(rule) > 1 and rule[0].startswith("/") and rule[1] != "-"
        }

    def path(self, url: str) -> str:
        """The path, decoded, of an absolute address of this site; empty for any other."""
        rest = url[len(self.origin) :] if url.startswith(self.origin) else ""
        return decoded(rest.partition("#")[0].partition("?")[0]) if rest.startswith("/") else ""

    def own_path(self, name: str, address: str) -> str:
        """The path, decoded, that an address in the file ``name`` means; empty for what is elsewhere or no path."""
        if address.startswith(("#", "data:", "//")) or "://" in address[:12]:
            return self.path(address)
        return decoded(urljoin(self.own(name), address).partition("#")[0].partition("?")[0])

    def own(self, name: str) -> str:
        """The address of a file by its name from the site's root."""
        return f"{self.base}/{name}"

    def read(self, name: str, most: int = -1) -> bytes | None:
        """The bytes of a file, at most so many; none if there is no such file."""
        try:
            with self.place(name).open("rb") as file:
                return file.read(most)
        except OSError:
            return None

    def text(self, name: str) -> str | None:
        """A file's text; none if there is no such file. What is no UTF-8 becomes U+FFFD."""
        data = self.read(name)
        return None if data is None else data.decode("utf-8", "replace")
