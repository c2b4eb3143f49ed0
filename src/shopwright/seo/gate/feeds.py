"""Rules on feeds: the merchant feed (Google's product data specification) and RSS of new products."""

from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from xml.parsers.expat import ExpatError

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.feed_attributes import AVAILABILITY, CONDITIONS, attribute_faults
from shopwright.seo.gate.feed_items import PICTURE, Item, items
from shopwright.seo.gate.notes import Notes, mark, read_notes
from shopwright.seo.gate.offers import Offered, chosen, differences, missing, offered
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.values import wrong_gtin

_NEWS_REQUIRED = ("title", "link")


def feed_findings(site: BuiltSite) -> Iterator[Finding]:
    """Everything that is broken in the feeds of a site, and what the merchant feeds lack."""
    pages = _Pages(site)
    names = sorted(each for each in site.files.values() if _is_feed(each))
    unread = False
    for name in names:
        try:
            yield from _feed(site, name, pages)
        except (ExpatError, ValueError) as error:
            unread = True
            yield Finding(name, "feed", str(error))
    if not unread:
        yield from _lacking(site, names, pages)


def _is_feed(name: str) -> bool:
    return name.endswith((".xml", ".rss")) and "sitemap" not in name.rpartition("/")[2]


def _feed(site: BuiltSite, name: str, pages: "_Pages") -> Iterator[Finding]:
    """What is broken in one feed. Raises ``ExpatError`` or ``ValueError`` where it cannot be read."""
    seen: set[str] = set()
    for merchant, item in items(site, name):
        if merchant:
            yield from (Finding(name, rule, what) for rule, what in _merchant(item, seen, pages))
        else:
            yield from (Finding(name, "feed", what) for what in _news(item, pages))


def _lacking(site: BuiltSite, names: list[str], pages: "_Pages") -> Iterator[Finding]:
    """Offers with a price and a picture that no merchant feed has.

    What a page lacks may stand there all the same, for another product with the same id: only then feeds are read
    again.
    """
    lost = {address: items for address, notes in site.notes() if (items := pages.lost(address, notes))}
    if lost:
        listed = _listed(site, names, {mark(item) for items in lost.values() for item in items})
        for address, items in lost.items():
            language = read_notes(site.pages[address]).lang
            wanted = [item for item in items if (language, item) not in listed]
            yield from (Finding(address, *found) for found in missing(wanted, (), "the merchant feed"))


def _listed(site: BuiltSite, names: list[str], wanted: set[bytes]) -> set[tuple[str, str]]:
    """(language, id) of the items with one of these ids."""
    pages, found = _Pages(site), set[tuple[str, str]]()
    for name in names:
        for merchant, item in items(site, name):
            page = pages.of(item.get("link", "")) if merchant and mark(item.get("id", "")) in wanted else None
            if page:
                found.add((page.lang, item["id"]))
    return found


class _Pages:
    """The notes of the pages that items lead to; the last one is kept, since variants stand together.

    Of each page that a merchant feed leads to it keeps a hash, and the items that page has and no feed so far.
    """

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._last: tuple[str, Notes | None] = ("", None)
        self._led: set[bytes] = set()
        self._open: dict[str, set[str]] = {}

    def path(self, url: str) -> str:
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

    def meet(self, url: str, page: Notes, item: str) -> None:
        """Note that a merchant feed has an item of a page."""
        address, known = self._site.path(url), mark(self._site.path(url))
        if known not in self._led:
            self._led.add(known)
            self._open[address] = _wanted(page)
        rest = self._open.get(address)
        if rest is not None:
            rest.discard(item)
            if not rest:
                del self._open[address]

    def lost(self, address: str, page: Notes) -> set[str]:
        """The items of a page that no merchant feed has led to it with."""
        return self._open.get(address, set()) if mark(address) in self._led else _wanted(page)


def _wanted(page: Notes) -> set[str]:
    """The items of a page that belong into a merchant feed; those without a price have no offer."""
    return {offer.item for offer in page.offers if offer.pictured and offer.price}


def _merchant(item: Item, seen: set[str], pages: _Pages) -> Iterator[tuple[str, str]]:
    name, link = item.get("id", ""), item.get("link", "")
    yield from (("feed", what) for what in attribute_faults(item, name))
    if item.get("gtin") and (fault := wrong_gtin("gtin", item["gtin"])):
        yield "bad-gtin", f"{fault}: {name!r} of {link[:200]}"
    canonical = item.get("canonical_link", "")
    if canonical and canonical != link.partition("?")[0]:
        yield "feed", f"the canonical_link of {name!r} is {canonical[:200]}"
    pictures = (item.get("image_link", ""), *item.get("additional_image_link", "").split("\n"))
    yield from (
        ("feed", f"{name!r} shows {url[:200]}, no absolute address") for url in pictures if url[:1] in "/.#" and url
    )
    for picture in filter(None, map(pages.path, pictures)):
        if not pages.has(picture):
            yield "feed", f"{name!r} shows {picture[:200]}, which is not there"
    if name in seen:
        yield "feed", f"{name!r} stands twice"
    seen.add(name)
    page = pages.of(link)
    if page is None:
        yield "feed", f"{name!r} leads to {link[:200] or 'nothing'}, which is no page of the site"
        return
    pages.meet(link, page, name)
    if not any(rule == "bad-json-ld" for rule, _, _ in page.findings):
        yield from _agrees(item, name, {offer.item: offer for offer in reversed(page.offers)})
        group = item.get("item_group_id", "")
        if group != page.group:
            yield "sku-mismatch", f"{name!r} is of the group {group[:60]!r}, on its page of {page.group[:60]!r}"


def _agrees(item: Item, name: str, ours: Mapping[str, Offered]) -> Iterator[tuple[str, str]]:
    """Where an item says something else than its page."""
    price, _, currency = item.get("price", "").partition(" ")
    availability = item.get("availability", "")
    asked = item.get("sale_price", "").partition(" ")[0] or price
    state = availability if availability in AVAILABILITY else ""
    condition = item.get("condition", "")
    theirs = offered(name, asked, currency, state, condition if condition in CONDITIONS else "")._replace(
        variant=chosen(item.get("link", "")), gtin="" if wrong_gtin("gtin", item.get("gtin", "")) else item["gtin"]
    )
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
    picture = pages.path(item.get(PICTURE, ""))
    if picture and not pages.has(picture):
        yield f"an item shows {picture[:200]}, which is not there"
    if item.get("pubDate"):
        try:
            parsedate_to_datetime(item["pubDate"])
        except ValueError:
            yield f"the pubDate of an item is {item['pubDate'][:40]!r}"
