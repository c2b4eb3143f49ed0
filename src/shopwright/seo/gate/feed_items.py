"""The items of a feed, read piece by piece: a feed may be as large as the catalogue."""

from collections.abc import Iterator
from xml.parsers.expat import ParserCreate

from shopwright.seo.gate.built_site import BuiltSite

_CHUNK = 64 << 10

Item = dict[str, str]
"""The texts of an item's children by their names without ``g:``; of those in a child as ``shipping/price``.

Of several with one name the first; of those in a child all, a line each.
"""


def items(site: BuiltSite, name: str) -> Iterator[tuple[bool, Item]]:
    """(whether it is a merchant feed, item) of a feed, read piece by piece. Raises ``ExpatError`` or ``ValueError``."""
    reader = _Reader()
    with site.place(name).open("rb") as file:
        while chunk := file.read(_CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.take()
    reader.parser.Parse(b"", True)
    yield from reader.take()


class _Reader:
    """Takes the pieces, and gives the items that have ended."""

    def __init__(self) -> None:
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._merchant = False
        self._items: list[tuple[bool, Item]] = []
        self._item: Item | None = None
        self._within: list[str] = []
        self._text: list[str] = []

    def take(self) -> list[tuple[bool, Item]]:
        """The items since the last time."""
        items, self._items = self._items, []
        return items

    def _doctype(self, *_: object) -> None:
        raise ValueError("it has a document type declaration")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if attributes:
            self._merchant = self._merchant or "xmlns:g" in attributes
        self._text = []
        if name == "item":
            self._item, self._within = {}, []
        else:
            self._within.append(name.removeprefix("g:"))

    def _data(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        if name == "item" and self._item is not None:
            self._items.append((self._merchant, self._item))
            self._item = None
        elif self._item is not None and len(self._within) == 1:
            self._item.setdefault(self._within[0], "".join(self._text).strip())
        elif self._item is not None and len(self._within) == 2:
            key, text = "/".join(self._within), "".join(self._text).strip()
            self._item[key] = f"{self._item[key]}\n{text}" if key in self._item else text
        if self._within:
            self._within.pop()
