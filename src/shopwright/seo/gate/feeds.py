"""Rules on feeds: the merchant feed (Google's product data specification) and RSS of new products."""

from collections.abc import Iterator, Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.notes import Notes, read_notes
from shopwright.seo.gate.offers import Offered, differences, offered
from shopwright.seo.gate.rules.rule import Finding

_CHUNK = 64 << 10
_REQUIRED = ("id", "title", "description", "link", "image_link", "availability", "price")
_NEWS_REQUIRED = ("title", "link")
_LENGTHS = {"id": 50, "title": 150, "description": 5_000}
_AVAILABILITY = frozenset({"in_stock", "out_of_stock", "preorder", "backorder"})

Item = dict[str, str]


def feed_findings(site: BuiltSite) -> Iterator[Finding]:
    """Everything that is broken in the feeds of a site."""
    for name in sorted(each for each in site.files.values() if _is_feed(each)):
        yield from _feed(site, name)


def _is_feed(name: str) -> bool:
    return name.endswith((".xml", ".rss")) and "sitemap" not in name.rpartition("/")[2]


def _feed(site: BuiltSite, name: str) -> Iterator[Finding]:
    seen: set[str] = set()
    pages = _Pages(site)
    try:
        for merchant, item in _items(site, name):
            if merchant:
                yield from (Finding(name, rule, what) for rule, what in _merchant(item, seen, pages))
            else:
                yield from (Finding(name, "feed", what) for what in _news(item, pages))
    except (ExpatError, ValueError) as error:
        yield Finding(name, "feed", str(error))


class _Pages:
    """The notes of the pages that items lead to; the last one is kept, since variants stand together."""

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._last: tuple[str, Notes | None] = ("", None)

    def own_path(self, url: str) -> str:
        """The path of an address of this site; empty for any other."""
        return self._site.path(url)

    def has(self, path: str) -> bool:
        """Whether a file of the site stands there."""
        return path in self._site.files

    def of(self, url: str) -> Notes | None:
        """The notes of the page at an absolute address."""
        address = self._site.path(url)
        if address != self._last[0]:
            data = self._site.pages.get(address)
            self._last = (address, read_notes(data) if data else None)
        return self._last[1]


def _merchant(item: Item, seen: set[str], pages: _Pages) -> Iterator[tuple[str, str]]:
    name = item.get("id", "")
    yield from (("feed", what) for what in _attributes(item, name))
    picture = pages.own_path(item.get("image_link", ""))
    if picture and not pages.has(picture):
        yield "feed", f"{name!r} shows {picture[:200]}, which is not there"
    if name in seen:
        yield "feed", f"{name!r} stands twice"
    seen.add(name)
    page = pages.of(item.get("link", ""))
    if page is None:
        yield "feed", f"{name!r} leads to {item.get('link', 'nothing')[:200]}, which is no page of the site"
    elif not any(rule == "bad-json-ld" for rule, _, _ in page.findings):
        yield from _agrees(item, name, {offer.item: offer for offer in page.offers})


def _attributes(item: Item, name: str) -> Iterator[str]:
    for attribute in _REQUIRED:
        if not item.get(attribute):
            yield f"{name!r} has no {attribute}"
    for attribute, length in _LENGTHS.items():
        if len(item.get(attribute, "")) > length:
            yield f"the {attribute} of {name!r} is longer than {length} characters"
    yield from _currencies(item, name)
    availability = item.get("availability", "")
    if availability and availability not in _AVAILABILITY:
        yield f"the availability of {name!r} is {availability[:40]!r}"


def _currencies(item: Item, name: str) -> Iterator[str]:
    """Prices without a currency, and a sale in another one than the price."""
    currency = item.get("price", "").partition(" ")[2]
    if item.get("price") and not currency:
        yield f"the price of {name!r} has no currency"
    elif item.get("sale_price") and item["sale_price"].partition(" ")[2] != currency:
        yield f"the sale_price of {name!r} is not in {currency[:20]}"


def _agrees(item: Item, name: str, ours: Mapping[str, Offered]) -> Iterator[tuple[str, str]]:
    """Where an item says something else than its page."""
    price, _, currency = item.get("price", "").partition(" ")
    availability = item.get("availability", "")
    asked = item.get("sale_price", "").partition(" ")[0] or price
    theirs = offered(name, asked, currency, availability if availability in _AVAILABILITY else "")
    for rule, what in differences(ours, [theirs], "the merchant feed"):
        if not (rule == "price-mismatch" and _matches_either(ours, name, price, currency)):
            yield rule, what


def _matches_either(ours: Mapping[str, Offered], name: str, price: str, currency: str) -> bool:
    """A scheduled sale price stands in the feed before it is asked: then the plain price is the page's."""
    return name in ours and offered(name, price, currency, "").price == ours[name].price


def _news(item: Item, pages: _Pages) -> Iterator[str]:
    for name in _NEWS_REQUIRED:
        if not item.get(name):
            yield f"an item has no {name}"
    if item.get("link") and pages.of(item["link"]) is None:
        yield f"an item leads to {item['link'][:200]}, which is no page of the site"


def _items(site: BuiltSite, name: str) -> Iterator[tuple[bool, Item]]:
    """(whether it is a merchant feed, item) of a feed, read piece by piece. Raises ``ExpatError`` or ``ValueError``."""
    reader = _Reader()
    with site.place(name).open("rb") as file:
        while chunk := file.read(_CHUNK):
            reader.parser.Parse(chunk, False)
            yield from reader.take()
    reader.parser.Parse(b"", True)
    yield from reader.take()


class _Reader:
    """Items with the text of their direct children, without the prefix ``g:``."""

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
        self._depth = 0
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
            self._item, self._depth = {}, 0
        else:
            self._depth += 1

    def _data(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        if name == "item" and self._item is not None:
            self._items.append((self._merchant, self._item))
            self._item = None
        elif self._item is not None and self._depth == 1:
            self._item.setdefault(name.removeprefix("g:"), "".join(self._text).strip())
        self._depth -= 1
