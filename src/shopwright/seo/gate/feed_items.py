"""The items of a feed, read piece by piece: a feed may be as large as the catalogue."""

from collections.abc import Iterator
from xml.parsers.expat import ParserCreate

from shopwright.seo.gate.built_site import BuiltSite

_CHUNK = 64 << 10

PICTURE = "media:content"
_NAMESPACE = "http://base.google.com/ns/1.0"

Item = dict[str, str]
"""The texts of an item's children by their names without ``g:``; of those in a child as ``shipping/price``.

Of several with one name the first; of pictures, and of those in a child, all, a line each.
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

    def _is_merchant(self, attributes: dict[str, str]) -> bool:
        """Whether a feed is a merchant's, by its namespace. Raises ``ValueError`` if that is another."""
        if attributes.get("xmlns:g", _NAMESPACE) != _NAMESPACE:
            raise ValueError(f"its namespace g is not {_NAMESPACE}")
        return "xmlns:g" in attributes

    def _doctype(self, *_: object) -> None:
        raise ValueError("it has a document type declaration")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if attributes:
            self._merchant = self._merchant or self._is_merchant(attributes)
            if name == PICTURE and self._item is not None:
                self._item[PICTURE] = attributes.get("url", "")
        self._text = []
        if name == "item":
            self._item, self._within = {}, []
        else:
            self._within.append(name.removeprefix("g:"))

    def _data(self, text: str) -> None:
        self._text.append(text)

    def _add(self, key: str, text: str) -> None:
        item = {} if self._item is None else self._item
        if key in item and ("/" in key or key == "additional_image_link"):
            item[key] += f"\n{text}"
        else:
            item.setdefault(key, text)

    def _end(self, name: str) -> None:
        if name == "item" and self._item is not None:
            self._items.append((self._merchant, self._item))
            self._item = None
        elif self._item is not None and len(self._within) == 1:
            self._add(self._within[0], "".join(self._text).strip())
        elif self._item is not None and len(self._within) == 2:
            self._add("/".join(self._within), "".join(self._text).strip())
        if self._within:
            self._within.pop()
