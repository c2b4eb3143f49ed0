"""What a collection holds: a model of its documents, and every query that will be made of them, declared once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, JsonValue, WithJsonSchema

from shopwright.database.encryption.field import seals_of
from shopwright.errors import DatabaseError

MOST_DEPTH = 32
"""Levels free-form data may nest; the server itself gives up at 180."""


def _storable(moment: dt.datetime) -> dt.datetime:
    """BSON keeps UTC milliseconds: what is finer would come back as another value."""
    moment = moment.astimezone(dt.UTC)
    return moment.replace(microsecond=moment.microsecond // 1_000 * 1_000)


def _shallow(data: JsonValue) -> JsonValue:
    level = [data]
    for _ in range(MOST_DEPTH):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return data
    raise ValueError(f"nests deeper than {MOST_DEPTH} levels")


def _parts(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


Moment = Annotated[AwareDatetime, AfterValidator(_storable), WithJsonSchema({"bsonType": "date"})]
"""A time, aware, in UTC, to the millisecond: what BSON can keep."""

_ANY_JSON = ["object", "array", "string", "int", "long", "double", "bool", "null"]

FreeForm = Annotated[JsonValue, AfterValidator(_shallow), WithJsonSchema({"bsonType": _ANY_JSON})]
"""Any JSON value, at most ``MOST_DEPTH`` levels deep: for data whose shape belongs to somebody else."""


class Part(BaseModel):
    """A frozen value inside a document."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, hide_input_in_errors=True)


class Document(Part):
    """What is stored: frozen, strict, with a field ``id`` (in the database ``_id``), which each kind declares.

    Lists are tuples, times ``Moment``, data of unknown shape ``FreeForm``.
    """

    model_config = ConfigDict(
        alias_generator=lambda name: "_id" if name == "id" else name,
        validate_by_name=True,
        validate_by_alias=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Sealed fields show nothing."""
        sealed = seals_of(type(self))
        for name, value in super().__repr_args__():
            yield name, "…" if name in sealed else value


@dataclass(frozen=True, slots=True)
class Query:
    """One way documents are looked for, from which an index is derived (equality, sort, range: in this order).

    Fields are names of the model, dotted inside a part; in ``sort``, ``-`` before a name means descending. ``unique``:
    no two documents agree in the fields of ``equality``. ``across_stores``: it is of all stores of a tenant, though
    each document belongs to one of them.
    """

    name: str
    equality: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    unique: bool = False
    hinted: bool = False
    across_stores: bool = False

    def __post_init__(self) -> None:
        """Refuse what no index can serve."""
        if not (self.equality or self.sort or self.range):
            raise DatabaseError("A query without a field would read the whole collection", where=self.name)
        if self.unique and (self.sort or self.range):
            raise DatabaseError("A unique query is one by equality alone", where=self.name)


@dataclass(frozen=True, slots=True)
class Reference:
    """A field (or the elements of one) holds the ``key`` of a document in the collection ``to``.

    ``on_delete``: what becomes of this document when that one is deleted: the deletion is refused, this one is deleted
    too, or the reference is taken out. ``within``: fields that both documents must agree in, such as ``store``;
    ``where``: what that one must be to count as there. ``fenced``: all transactions that write either end also write
    one and the same document (a store's), so that they need no other lock against each other.
    """

    field: str
    to: str
    on_delete: Literal["refuse", "cascade", "detach"] = "refuse"
    key: str = "id"
    within: tuple[str, ...] = ()
    where: tuple[tuple[str, str | int | bool], ...] = ()
    fenced: bool = False


T = TypeVar("T", bound=Document)


@dataclass(frozen=True, slots=True)
class DocumentType(Generic[T]):
    """A collection: its name, the model of its documents, their queries and references.

    ``expires`` names a ``Moment`` after which the server removes a document by itself. A model with a field ``store``
    belongs to one store of several: then ``store`` is the first field of every query that is not ``across_stores``.
    ``present``: fields and values of the documents whose references count: of versions, those that are still open.

    ``append_only``: documents are added and read, never changed or removed; the database itself refuses it to whoever
    works for the tenant. ``watched``: they may be told of what is added (``change_stream.insertions``).
    """

    name: str
    model: type[T]
    queries: tuple[Query, ...] = ()
    references: tuple[Reference, ...] = ()
    expires: str | None = None
    present: tuple[tuple[str, str | int | bool], ...] = ()
    append_only: bool = False
    watched: bool = False

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        names = [query.name for query in self.queries]
        if len(set(names)) < len(names):
            raise DatabaseError("Two queries have one name", where=self.name)
        if "store" in self.model.model_fields:
            for query in self.queries:
                if query.equality[:1] != ("store",) and not query.across_stores:
                    raise DatabaseError("`store` must be its first field", where=f"{self.name}.{query.name}")
        self._refuse_sealed()
        if self.append_only and (self.expires or any(each.on_delete != "refuse" for each in self.references)):
            raise DatabaseError("What is only added to neither expires nor follows a deletion", where=self.name)

    def _refuse_sealed(self) -> None:
        """Order, ranges and references are read by the server, which cannot read what is sealed."""
        seals = seals_of(self.model)
        unsearchable = {name for name, seal in seals.items() if not seal.findable}
        asked = {path for query in self.queries for path in query.equality} & unsearchable
        read = {path.lstrip("-") for query in self.queries for path in (*query.sort, *query.range)}
        named = {path for reference in self.references for path in (reference.field, *reference.within)}
        refused = sorted(asked | (seals.keys() & {*read, *named, self.expires, *dict(self.present)}))
        if refused:
            raise DatabaseError(f"The server cannot read {', '.join(refused)}, which is sealed", where=self.name)
