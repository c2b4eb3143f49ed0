"""The product feed of Google Merchant Center: RSS 2.0 with the elements of Google's product data specification."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from shopwright.seo.xml_text import Node, cut, elements

MAX_BYTES = 200 * 1024 * 1024
"""Most bytes of one file; Google takes 4 GB, but this is what every host delivers and every store of files keeps."""

LENGTHS = {
    "g:id": 50,
    "title": 150,
    "description": 5_000,
    "link": 2_000,
    "g:canonical_link": 2_000,
    "g:image_link": 2_000,
    "g:additional_image_link": 2_000,
    "g:brand": 70,
    "g:mpn": 70,
    "g:gtin": 50,
    "g:item_group_id": 50,
    "g:color": 100,
    "g:size": 100,
    "g:material": 200,
    "g:pattern": 100,
    "g:product_type": 750,
}
"""Most characters of an attribute, by Google's specification."""
_EXACT = frozenset(
    {
        "g:id",
        "g:item_group_id",
        "link",
        "g:canonical_link",
        "g:image_link",
        "g:additional_image_link",
        "g:gtin",
        "g:mpn",
    }
)
"""What may not be cut: it is left out instead, since another value would be a wrong one."""
MAX_MORE_PICTURES = 10
MAX_SHIPPING = 100

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>'
_CLOSE = b"</channel>\n</rss>\n"


def item(attributes: Iterable[tuple[str, "str | Sequence[Node] | None"]]) -> str:
    """An item as one line: attributes that have no value are left out, long texts are cut between words."""
    return f"<item>{elements(_fitting(attributes))}</item>\n"


def _fitting(attributes: Iterable[tuple[str, "str | Sequence[Node] | None"]]) -> Iterator[Node]:
    for name, value in attributes:
        if not value:
            continue
        length = LENGTHS.get(name)
        if isinstance(value, str) and length and len(value) > length:
            if name not in _EXACT:
                yield name, cut(value, length)
        else:
            yield name, value


def feed_files(title: str, home: str, description: str, items: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
    """The files of a feed, each in pieces; to be read one after the other. Without items there is none."""
    about = elements((("title", title), ("link", home), ("description", description or title)))
    head = f"{_OPEN}{about}\n".encode()
    for _, group in groupby(items, _Shelves(len(head) + len(_CLOSE))):
        yield _file(head, group)


class _Shelves:
    """Gives each item the number of the file it goes into."""

    def __init__(self, frame: int) -> None:
        self._frame = self._bytes = frame
        self._number = 1

    def __call__(self, line: bytes) -> int:
        if self._bytes + len(line) > MAX_BYTES:
            self._number, self._bytes = self._number + 1, self._frame
        self._bytes += len(line)
        return self._number


def _file(head: bytes, items: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from items
    yield _CLOSE


def shipping(country: str, price: str, handling: Sequence[int], transit: Sequence[int]) -> list[Node]:
    """The ``g:shipping`` of a country: price as ``4.90 EUR``, working days from and to."""
    return [
        ("g:country", country),
        ("g:price", price),
        ("g:min_handling_time", str(handling[0])),
        ("g:max_handling_time", str(handling[1])),
        ("g:min_transit_time", str(transit[0])),
        ("g:max_transit_time", str(transit[1])),
    ]
