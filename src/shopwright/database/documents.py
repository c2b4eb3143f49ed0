"""The documents of one collection, by the queries that are declared for it."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from bson.raw_bson import RawBSONDocument
from pydantic import ValidationError
from pymongo import ReturnDocument
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.cursor import AsyncCursor

from shopwright.database.conditions import Filter, Values, after_filter, change, equal_filter, query_filter, sort_keys
from shopwright.database.document import Document, DocumentType, Query
from shopwright.database.encoding import encode
from shopwright.database.encryption.sealed_fields import SealedFields
from shopwright.database.failures import answered
from shopwright.database.fields import refused, stored_path
from shopwright.database.measuring import measured
from shopwright.database.references.writing import check_references, naming_fields
from shopwright.database.schema.indexes import answering
from shopwright.database.slots import Slots
from shopwright.errors import DatabaseError

BATCH = 500
"""Documents that are sent or fetched at once (the server sends at most 16 MiB of them)."""

HANDED = 25
"""Documents of a stream that are decoded at once: each may be large."""

T = TypeVar("T", bound=Document)


@dataclass(frozen=True, slots=True)
class Session:
    """What ties operations into one transaction."""

    client_session: AsyncClientSession


@dataclass(frozen=True, slots=True)
class Documents(Generic[T]):
    """A typed collection.

    Values of queries and changes are checked by the model's fields first, so that nothing but a value can come in. Each
    method raises ``DocumentRefused`` for what the declaration does not allow, ``DuplicateDocument``,
    ``DatabaseUnavailable``, or ``DatabaseError``; with ``session`` it is part of a transaction. What writes references
    needs one and raises ``ReferenceRefused`` when they name what is not there.
    """

    kind: DocumentType[T]
    collection: AsyncCollection[dict[str, Any]]
    slots: Slots
    sealed: SealedFields

    async def insert(self, document: T, *, session: Session | None = None) -> None:
        """Add a document. Raises ``DuplicateDocument`` when its id, or what must be unique, is taken."""
        encoded = await self._encoded(document)
        async with self.asked(session) as tie:
            await self._check([encoded], tie)
            await self.collection.insert_one(encoded, session=tie)

    async def insert_all(self, documents: Iterable[T], *, session: Session | None = None) -> int:
        """Add any number of documents, some at a time; how many. Without session, those before a refused one stay.

        Without session references are not checked either: that is for documents nobody sees yet.
        """
        source, count = iter(documents), 0
        while batch := [await self._encoded(document) for document in islice(source, BATCH)]:
            async with self.asked(session) as tie:
                if tie:
                    await self._check(batch, tie)
                await self.collection.insert_many(batch, session=tie)
            count += len(batch)
        return count

    async def put(self, document: T, *, session: Session | None = None) -> None:
        """Add a document, or replace the one with its id."""
        await self._replace(document, {}, upsert=True, session=session)

    async def replace(self, document: T, *, expected: Values | None = None, session: Session | None = None) -> bool:
        """Replace the document with its id if its fields equal ``expected``; whether there was one."""
        return await self._replace(document, expected or {}, upsert=False, session=session)

    async def get(self, id_: object, *, session: Session | None = None) -> T | None:
        """The document with this id."""
        filter_ = equal_filter(self.kind.model, {"id": id_})
        async with self.asked(session) as tie:
            found = await self.collection.find_one(filter_, session=tie)
        return await self.opened(found) if found is not None else None

    async def update(
        self, id_: object, changes: Values, *, expected: Values | None = None, session: Session | None = None
    ) -> T | None:
        """Set fields of one document if its fields equal ``expected``; the document as it is then, if there was one."""
        filter_ = await self._equal({**(expected or {}), "id": id_})
        return await self._find_and_update(filter_, [], changes, session)

    async def claim(self, query: Query, values: Values, changes: Values, *, session: Session | None = None) -> T | None:
        """Set fields of the first document of a query: of two that claim at once, each gets another one."""
        filter_ = await self._filter(query, values)
        return await self._find_and_update(filter_, sort_keys(self.kind.model, query.sort), changes, session)

    async def update_all(self, query: Query, values: Values, changes: Values, *, session: Session | None = None) -> int:
        """Set fields of every document of a query; how many were there."""
        self._refuse_append_only()
        filter_, update = await self._filter(query, values), await self._change(changes, {})
        async with self.asked(session) as tie:
            done = await self.collection.update_many(filter_, update, session=tie, hint=self._hint(query))
        return done.matched_count

    async def delete(self, id_: object, *, expected: Values | None = None, session: Session | None = None) -> bool:
        """Remove the document with this id if its fields equal ``expected``; whether there was one."""
        self._refuse_append_only()
        filter_ = await self._equal({**(expected or {}), "id": id_})
        async with self.asked(session) as tie:
            done = await self.collection.delete_one(filter_, session=tie)
        return done.deleted_count == 1

    async def delete_all(self, query: Query, values: Values, *, session: Session | None = None) -> int:
        """Remove every document of a query; how many."""
        self._refuse_append_only()
        filter_ = await self._filter(query, values)
        async with self.asked(session) as tie:
            done = await self.collection.delete_many(filter_, session=tie, hint=self._hint(query))
        return done.deleted_count

    async def find(
        self,
        query: Query,
        values: Values,
        *,
        limit: int,
        after: Sequence[object] | None = None,
        session: Session | None = None,
    ) -> list[T]:
        """The first ``limit`` documents of a query in its order, behind ``after`` (the sort's values of the last)."""
        cursor = (await self._cursor(query, values, after, session)).limit(limit).batch_size(limit)
        async with self.asked(session):
            found = await cursor.to_list(limit)
        return [await self.opened(one) for one in found]

    async def first(self, query: Query, values: Values, *, session: Session | None = None) -> T | None:
        """The first document of a query."""
        found = await self.find(query, values, limit=1, session=session)
        return found[0] if found else None

    async def count(self, query: Query, values: Values, *, session: Session | None = None) -> int:
        """How many documents a query has: counted, so at the cost of reading so many keys."""
        filter_ = await self._filter(query, values)
        async with self.asked(session) as tie:
            hint = self._hint(query)
            return await self.collection.count_documents(filter_, session=tie, **({"hint": hint} if hint else {}))

    async def sum(self, query: Query, values: Values, field: str, *, session: Session | None = None) -> int:
        """The sum of a field of whole numbers over the documents of a query, at the cost of reading so many keys."""
        path = stored_path(self.kind.model, field)
        steps = [
            {"$match": await self._filter(query, values)},
            {"$group": {"_id": None, "sum": {"$sum": f"${path}"}}},
        ]
        async with self.asked(session) as tie:
            hint = self._hint(query)
            options: dict[str, Any] = {"hint": hint} if hint else {}
            cursor = await self.collection.aggregate(steps, session=tie, **options)
            found = await cursor.to_list(1)
        return int(found[0]["sum"]) if found else 0

    async def stream(
        self,
        query: Query,
        values: Values,
        *,
        after: Sequence[object] | None = None,
        session: Session | None = None,
    ) -> AsyncGenerator[T, None]:
        """Every document of a query in its order, however many: some are fetched at a time."""
        cursor = (await self._cursor(query, values, after, session)).batch_size(BATCH)
        async with cursor:
            while True:
                async with self.asked(session):
                    batch = await cursor.to_list(HANDED)
                for one in batch:
                    yield await self.opened(one)
                if not batch:
                    return

    async def columns(self, query: Query, values: Values, fields: tuple[str, ...]) -> AsyncIterator[tuple[Any, ...]]:
        """Some top-level fields of every document of a query in its order, as they are stored: the rest is not sent."""
        paths = [stored_path(self.kind.model, field) for field in fields]
        self.sealed.refuse(dict.fromkeys(paths), "Columns are handed out as they are stored, and this one is sealed")
        cursor = self.collection.find(
            await self._filter(query, values),
            {"_id": 0, **dict.fromkeys(paths, 1)},
            sort=sort_keys(self.kind.model, query.sort) or None,
            hint=self._hint(query),
        ).batch_size(BATCH)
        async with cursor:
            while True:
                async with self.asked(None):
                    batch = await cursor.to_list(HANDED)
                for one in batch:
                    yield tuple(one.get(path) for path in paths)
                if not batch:
                    return

    async def _encoded(self, document: T) -> RawBSONDocument:
        dumped = document.model_dump(by_alias=True, warnings=False)
        return encode(await self.sealed.seal(dumped) if self.sealed.seals else dumped, self.kind.name)

    async def opened(self, found: Mapping[str, Any]) -> T:
        """A stored document as the model sees it."""
        return self._model(await self.sealed.open(found)) if self.sealed.seals else self._model(found)

    def read(self, found: Mapping[str, Any]) -> T:
        """As ``opened``, for a kind without sealed fields."""
        self.sealed.refuse(found, "A document with sealed fields is opened, not read")
        return self._model(found)

    def _model(self, found: Mapping[str, Any]) -> T:
        """In the database, tuples are lists and choices are texts."""
        try:
            return self.kind.model.model_validate(found, strict=False)
        except ValidationError as error:
            raise refused(self.kind.name, error) from None

    async def _cursor(
        self, query: Query, values: Values, after: Sequence[object] | None, session: Session | None
    ) -> AsyncCursor[dict[str, Any]]:
        filter_ = await self._filter(query, values)
        if after is not None:
            filter_ = {"$and": [filter_, after_filter(self.kind, query, after)]}
        sort = sort_keys(self.kind.model, query.sort)
        tie = session.client_session if session else None
        return self.collection.find(filter_, sort=sort or None, hint=self._hint(query), session=tie)

    def _hint(self, query: Query) -> str | None:
        return answering(self.kind, query).name if query.hinted else None

    async def _replace(self, document: T, expected: Values, *, upsert: bool, session: Session | None) -> bool:
        self._refuse_append_only()
        filter_ = await self._equal({**expected, "id": document.model_dump()["id"]})
        encoded = await self._encoded(document)
        async with self.asked(session) as tie:
            await self._check([encoded], tie)
            done = await self.collection.replace_one(filter_, encoded, upsert=upsert, session=tie)
        return done.matched_count == 1

    async def _find_and_update(
        self, filter_: dict[str, Any], sort: list[tuple[str, int]], changes: Values, session: Session | None
    ) -> T | None:
        self._refuse_append_only()
        update = await self._change(changes, filter_)
        async with self.asked(session) as tie:
            found = await self.collection.find_one_and_update(
                filter_, update, sort=sort or None, return_document=ReturnDocument.AFTER, session=tie
            )
            if found is not None and naming_fields(self.kind).intersection(changes):
                await self._check([found], tie)
        return await self.opened(found) if found is not None else None

    async def _check(self, documents: Sequence[Mapping[str, Any]], tie: AsyncClientSession | None) -> None:
        if not self.kind.references:
            return
        if tie is None:
            raise DatabaseError("Documents with references are written in a transaction", where=self.kind.name)
        await check_references(self.collection.database, tie, self.kind, documents)

    async def _filter(self, query: Query, values: Values) -> Filter:
        return await self.sealed.in_filter(query_filter(self.kind, query, values))

    async def _equal(self, values: Values) -> Filter:
        return await self.sealed.in_filter(equal_filter(self.kind.model, values))

    async def _change(self, changes: Values, filter_: Filter) -> Filter:
        """A sealed value belongs to its document, so it is set where the filter is by id."""
        update = change(self.kind.model, changes)
        id_ = filter_.get("_id", {})
        if "$eq" not in id_:
            self.sealed.refuse(update.get("$set", {}), "A sealed field is set by `update`, which knows the document")
        return await self.sealed.in_change(update, id_.get("$eq"))

    def _refuse_append_only(self) -> None:
        """Before the database does, and in words."""
        if self.kind.append_only:
            raise DatabaseError("Its documents are added, and never changed or removed", where=self.kind.name)

    @asynccontextmanager
    async def asked(self, session: Session | None) -> AsyncIterator[AsyncClientSession | None]:
        """A place in the queue for one operation, and its failures in our words."""
        if session is not None and not isinstance(session, Session):
            raise DatabaseError("A session comes from TenantDatabase.transaction", where=self.kind.name)
        async with self.slots.taken(in_transaction=session is not None):
            with measured(self.kind.name), answered(self.kind.name, in_transaction=session is not None):
                yield session.client_session if session else None
