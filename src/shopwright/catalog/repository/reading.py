"""Reading a kept catalogue at one revision: one thing, a page of products, a search."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import islice

import orjson

from shopwright.catalog.documents import (
    BY_BRAND,
    BY_DATE,
    BY_HANDLE,
    BY_NUMBER,
    BY_PRICE,
    BY_STATUS,
    BY_TITLE,
    BY_WORD,
    PRODUCTS,
    ProductDocument,
    VersionDocument,
)
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.store import Store
from shopwright.catalog.versions.facts import NO_PRICE
from shopwright.catalog.versions.listed import MAX_LISTED, Filter, Listed, Order, Page, read_place, write_place
from shopwright.catalog.versions.reading import SETTINGS
from shopwright.catalog.versions.revision import Kind
from shopwright.catalog.versions.words import words_of
from shopwright.database.conditions import Prefixes
from shopwright.database.document import Query
from shopwright.errors import ChangeRefused, NotKept

MAX_WORDS_SOUGHT = 8
MAX_CANDIDATES = 2_000
"""Products a search looks at: the first ones in the order of the word; of those the best are given."""

_ORDERS = {Order.TITLE: BY_TITLE, Order.PRICE: BY_PRICE, Order.CREATED: BY_DATE}


@dataclass(frozen=True, slots=True)
class CatalogReader:
    """A catalogue as it was at ``revision``, whatever is written meanwhile."""

    kept: Kept
    revision: int

    async def version(self, kind: Kind, key: str) -> VersionDocument | None:
        """The version of one thing."""
        values = self.kept.open_at(self.revision, handle=key)
        found: VersionDocument | None = await self.kept.versions(kind).first(BY_HANDLE, values)
        return found

    async def line(self, kind: Kind, key: str) -> bytes:
        """One thing as its line of JSON. Raises ``ChangeRefused`` if it is not there."""
        version = await self.version(kind, key)
        if version is None:
            raise NotKept("there is none.", where=self.kept.named(kind, key))
        return version.content.encode()

    async def page(self, filter_: Filter, limit: int, after: str = "") -> Page:
        """A page of products in the order of the filter; ``after`` is the ``next`` of the page before.

        Raises ``ChangeRefused`` for an order that a filter does not have, ``DocumentRefused`` for impossible values.
        """
        query, values = _query_of(filter_)
        found = await self.kept.documents(PRODUCTS).find(
            query,
            self.kept.open_at(self.revision, **values),
            limit=min(limit, MAX_LISTED) + 1,
            after=read_place(after),
        )
        shown = found[: min(limit, MAX_LISTED)]
        is_last = len(found) == len(shown)
        return Page(await self._listed(shown), "" if is_last else write_place(_place(query, shown[-1])))

    async def all(self, filter_: Filter) -> AsyncIterator[ProductDocument]:
        """Every product of a filter, in its order."""
        query, values = _query_of(filter_)
        products = self.kept.documents(PRODUCTS)
        async for version in products.stream(query, self.kept.open_at(self.revision, **values)):
            yield version

    async def by_number(self, number: str) -> tuple[Listed, ...]:
        """The products that have a variant with this SKU or GTIN."""
        values = self.kept.open_at(self.revision, numbers=number)
        found = await self.kept.documents(PRODUCTS).find(BY_NUMBER, values, limit=MAX_LISTED)
        return await self._listed(sorted(found, key=lambda each: each.handle))

    async def search(self, text: str, limit: int) -> tuple[Listed, ...]:
        """The products that have, for each word of ``text``, a word that begins with it; the best first.

        Better: more of the words stand in the title, and whole. Nothing for a text without a word.
        """
        words = tuple(islice(words_of(text), MAX_WORDS_SOUGHT))
        if not words:
            return ()
        longest_first = tuple(sorted(words, key=len, reverse=True))
        values = self.kept.open_at(self.revision, words=Prefixes(longest_first))
        found = await self.kept.documents(PRODUCTS).find(BY_WORD, values, limit=MAX_CANDIDATES)
        ranked = sorted(found, key=lambda each: (-_likeness(each, words), each.sort_title, each.handle))
        return await self._listed(ranked[: min(limit, MAX_LISTED)])

    async def _listed(self, found: Sequence[ProductDocument]) -> tuple[Listed, ...]:
        """What a listing says of products. Their prices are in the store's currency."""
        if not found:
            return ()
        settings = orjson.loads(await self.line(Kind.SETTINGS, SETTINGS))
        currency = settings.get("currency", Store.model_fields["currency"].default)
        return tuple(_line(each, currency) for each in found)


def _line(found: ProductDocument, currency: str) -> Listed:
    price = None if found.price == NO_PRICE else found.price
    return Listed(found.handle, found.title, found.brand, found.status, price, currency, found.since)


def _query_of(filter_: Filter) -> tuple[Query, dict[str, object]]:
    if filter_.brand is not None:
        _refuse_other_orders(filter_, "brand")
        return BY_BRAND, {"brand": filter_.brand}
    if filter_.collection is not None:
        return _ORDERS[filter_.order], {"collections": filter_.collection, "status": filter_.status}
    _refuse_other_orders(filter_, "state")
    return BY_STATUS, {"status": filter_.status}


def _refuse_other_orders(filter_: Filter, what: str) -> None:
    if filter_.order is not Order.TITLE:
        raise ChangeRefused(
            f"products of one {what} are listed by title.", where="--sort", remedy="Name a collection to sort within."
        )


def _place(query: Query, document: ProductDocument) -> tuple[object, ...]:
    return tuple(getattr(document, name.removeprefix("-")) for name in query.sort)


def _likeness(document: ProductDocument, words: Sequence[str]) -> int:
    title = document.sort_title.split()
    return sum(2 * (word in title) + any(each.startswith(word) for each in title) for word in words)
