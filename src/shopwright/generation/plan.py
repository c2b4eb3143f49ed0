"""Every page of a store as a job, one after the other: what it is, where it stands, and all it needs."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from shopwright.generation.edition import Edition, translation_of
from shopwright.generation.job import Job
from shopwright.generation.ledger import Thing, placed
from shopwright.generation.overview import NEWS_LENGTH, Overview
from shopwright.generation.pages.statement import NAME as STATEMENT
from shopwright.generation.site import Site
from shopwright.generation.spool import EVERYTHING, Spool
from shopwright.generation.trade.parcels import NEWS_FILE, Parts

Json = dict[str, Any]

PRODUCTS_PER_PAGE = 24
PRODUCTS_PER_PART = 500
"""Products of one part of a data file: small enough to fetch at once, and to keep memory flat."""

OFFLINE_PAGE = "offline.html"

_LISTED = ("handle", "title", "translations", "count", "shown_picture")
"""What pages that only list collections need of them."""


class Plan:
    """The jobs of one build. Iterating reads the spool again and holds one job at a time.

    A page is made again when its payload changes, so the build's date stands only in those that depend on it.
    """

    def __init__(self, spool: Spool, site: Site, editions: dict[str, Edition], overview: Overview) -> None:
        self._spool = spool
        self._site = site
        self._editions = editions
        self._overview = overview
        self._base = site.addresses(site.default_locale).base
        self._collections = [self._shown(record) for record in collection_records(spool, site)]
        self._by_handle = {str(record["handle"]): record for record in self._collections}
        self._listed = [{key: record[key] for key in _LISTED if key in record} for record in self._collections]

    def _shown(self, record: Json) -> Json:
        given = record.get("picture")
        prepared = self._picture(given["source"]) if given else None
        picture = {**prepared, "alt": given.get("alt", "")} if given and prepared else None
        return {**record, "shown_picture": picture or self._overview.first_picture.get(record["handle"])}

    def _picture(self, source: str) -> Json | None:
        prepared = self._spool.prepared(source)
        return orjson.loads(prepared) if prepared else None

    def _cards(self, positions: Iterable[int]) -> list[orjson.Fragment]:
        return [orjson.Fragment(self._spool.card(position)) for position in positions]

    def __iter__(self) -> Iterator[Job]:
        yield self._home()
        yield self._job({"kind": "collections", "collections": self._listed}, "collections/")
        for record in self._collections:
            yield from self._collection_pages(record)
            yield from self._parts("listing", str(record["handle"]), f"collections/{record['handle']}/products")
        yield from self._products()
        yield from self._news()
        yield self._job({"kind": "search"}, "search/")
        yield from self._parts("search_index", EVERYTHING, "search/products")
        yield self._job({"kind": "cart"}, "cart/")
        yield from self._information()
        yield self._job({"kind": "not_found", "collections": self._listed}, "404.html")
        if self._site.store["offline"]:
            yield self._job({"kind": "offline"}, OFFLINE_PAGE)

    def things(self) -> Iterator[Thing]:
        """What has pages besides the products: collections, and the pages every store has."""
        editions = self._editions.items()
        yield placed("page", "home", {locale: [each.addresses.home] for locale, each in editions}, self._base)
        for name in ("collections", "search", "cart", *self._site.information):
            yield placed("page", name, {locale: [each.addresses.page(name)] for locale, each in editions}, self._base)
        for record in self._collections:
            stands = {locale: self._collection_addresses(record, each) for locale, each in editions}
            yield placed("collection", str(record["handle"]), stands, self._base)

    def _collection_addresses(self, record: Json, edition: Edition) -> list[str]:
        handle = edition.words(record).handle
        return [edition.addresses.collection(handle, number) for number in range(1, _pages_of(record) + 1)]

    def _slices(self, collection: str, size: int) -> Iterator[list[orjson.Fragment]]:
        """The cards of a collection, so many at a time."""
        cards = map(orjson.Fragment, self._spool.member_cards(collection))
        while part := list(islice(cards, size)):
            yield part

    def _job(self, payload: Json, name: str) -> Job:
        addresses = {locale: edition.addresses.home + name for locale, edition in self._editions.items()}
        return Job(addresses, orjson.dumps(payload))

    def _home(self) -> Job:
        hero = self._site.store["hero"]
        picture = self._picture(hero["picture"]["source"]) if hero["picture"] else None
        payload = {
            "kind": "home",
            "collections": [record for record in self._listed if record["handle"] != EVERYTHING][:12],
            "featured": self._cards(self._overview.featured()),
            "newest": self._cards(self._overview.newest()),
            "hero_collection": self._by_handle.get(hero["collection"]),
            "hero_picture": {**picture, "alt": hero["picture"]["alt"]} if picture else None,
        }
        return self._job(payload, "")

    def _collection_pages(self, record: Json) -> Iterator[Job]:
        total = _pages_of(record)
        facets = self._overview.facets(record["handle"])
        for number, cards in enumerate(self._slices(record["handle"], PRODUCTS_PER_PAGE), start=1):
            payload = {
                "kind": "collection",
                "collection": record,
                "number": number,
                "pages_total": total,
                "facets": facets,
                "products": cards,
            }
            addresses = {
                locale: edition.addresses.collection(edition.words(record).handle, number)
                for locale, edition in self._editions.items()
            }
            yield Job(addresses, orjson.dumps(payload))

    def _parts(self, kind: str, collection: str, name: str) -> Iterator[Job]:
        total = max(1, -(-self._by_handle[collection]["count"] // PRODUCTS_PER_PART))
        for number, cards in enumerate(self._slices(collection, PRODUCTS_PER_PART), start=1):
            following = f"{name}-{number + 1}.json" if number < total else None
            payload = {"kind": kind, "products": cards, "next": following}
            yield self._job(payload, f"{name}-{number}.json")

    def _products(self) -> Iterator[Job]:
        parts = Parts(self._site)
        for position, record in self._spool.records():
            product = orjson.loads(record)
            handles = self._handles(position)
            main = next(
                (self._by_handle[name] for name in product.get("collections", ()) if name in self._by_handle), None
            )
            members = (self._spool.position(handle) for handle in product.get("grouped", ()))
            shown = {
                "as_of": self._site.instant if b'"sale":' in record else None,
                "record": orjson.Fragment(record),
                "handles": handles,
                "pictures": self._product_pictures(product),
            }
            payload = {
                "kind": "product",
                **shown,
                "twins": self._spool.twins(position),
                "related": self._cards(self._overview.related(position)),
                "members": self._cards(member for member in members if member is not None),
                "collection": {key: main[key] for key in ("handle", "title", "translations") if key in main}
                if main
                else None,
            }
            addresses = {
                locale: edition.addresses.product(handles[locale]) for locale, edition in self._editions.items()
            }
            yield Job(addresses, orjson.dumps(payload))
            yield from parts.add(shown)
        yield from parts.rest()

    def _handles(self, position: int) -> dict[str, str]:
        """The last part of a product's address by locale."""
        return {locale: words["handle"] for locale, words in orjson.loads(self._spool.card(position))["words"].items()}

    def _news(self) -> Iterator[Job]:
        """The RSS of new products, where a product says when it was created."""
        products = []
        for position in self._overview.newest(NEWS_LENGTH):
            record = self._spool.record(position)
            pictures = self._product_pictures(orjson.loads(record))
            products.append(
                {"record": orjson.Fragment(record), "handles": self._handles(position), "pictures": pictures}
            )
        if products:
            yield self._job({"kind": "news", "products": products}, NEWS_FILE)

    def _product_pictures(self, product: Json) -> dict[str, orjson.Fragment]:
        sources = [picture["source"] for picture in product.get("pictures", ())]
        sources += [variant["picture"] for variant in product.get("variants", ()) if variant.get("picture")]
        prepared = ((source, self._spool.prepared(source)) for source in dict.fromkeys(sources))
        return {source: orjson.Fragment(picture) for source, picture in prepared if picture}

    def _information(self) -> Iterator[Job]:
        store = self._site.store
        bodies = {"about": store["about"], "imprint": store["imprint"]}
        bodies |= {f"policies/{name}": body for name, body in store["policies"].items()}
        for name in self._site.information:
            if name == STATEMENT:
                yield self._job({"kind": "statement", "assessment": self._site.assessment}, f"{name}/")
                continue
            yield self._job({"kind": "content", "name": name, "body": bodies[name]}, f"{name}/")


def _pages_of(record: Json) -> int:
    """How many pages a collection has."""
    return max(1, -(-int(record["count"]) // PRODUCTS_PER_PAGE))


def collection_records(spool: Spool, site: Site) -> list[Json]:
    """The collections that have products, the one of all products last; every address is taken once."""
    records: list[Json] = [dict(record) for record in spool.collections() if record["handle"] != EVERYTHING]
    records.append({"handle": EVERYTHING, "title": "All", "count": spool.products})
    taken = {(locale, record["handle"]) for record in records for locale in site.locales}
    for record in records:
        for locale in site.locales:
            _claim_address(record, locale, taken)
    return records


def _claim_address(record: Json, locale: str, taken: set[tuple[str, str]]) -> None:
    """Take a collection's translated handle in a locale; where it is taken, the locale is given the record's own."""
    own, translation = record["handle"], translation_of(record, locale)
    wanted = translation.get("handle") or own
    if wanted != own and (locale, wanted) in taken:
        record["translations"] = {**record["translations"], locale: {**translation, "handle": own}}
    taken.add((locale, wanted))


def information_pages(store: Json) -> tuple[str, ...]:
    """The information pages a store has something to say on."""
    names = ["about"] if store["about"] else []
    names += [f"policies/{name}" for name, body in store["policies"].items() if body]
    if store["imprint"] or any(store["legal"].values()) or any(store["contact"].values()):
        names.append("imprint")
    if store["accessibility"]["statement"]:
        names.append(STATEMENT)
    return tuple(names)
