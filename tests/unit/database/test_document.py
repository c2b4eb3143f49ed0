import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shopwright.database.document import MOST_DEPTH, Document, DocumentType, FreeForm, Moment, Part, Query, Reference
from shopwright.errors import DatabaseError


class Price(Part):
    id: str
    amount: float


class Thing(Document):
    id: str
    store: str
    price: Price


GOOD = {"id": "a", "store": "s", "price": Price(id="p", amount=1.0)}


def test_only_the_document_s_own_id_is_called_differently():
    assert Thing(**GOOD).model_dump(by_alias=True) == {"_id": "a", "store": "s", "price": {"id": "p", "amount": 1.0}}
    assert Thing.model_validate({"_id": "a", "store": "s", "price": {"id": "p", "amount": 1.0}}) == Thing(**GOOD)


@pytest.mark.parametrize("wrong", [{"id": 1}, {"extra": 1}, {"price": None}, {"store": b"s"}])
def test_documents_are_strict(wrong):
    with pytest.raises(ValidationError):
        Thing(**GOOD | wrong)


def test_documents_are_frozen_and_finite():
    with pytest.raises(ValidationError):
        Thing(**GOOD).store = "t"
    with pytest.raises(ValidationError):
        Price(id="p", amount=float("nan"))


@given(st.datetimes(timezones=st.timezones()))
def test_a_moment_is_what_the_database_can_keep(moment):
    adapter = TypeAdapter(Moment)
    try:
        kept = adapter.validate_python(moment, strict=True)
    except OverflowError:
        return
    assert kept.tzinfo is dt.UTC
    assert kept.microsecond % 1_000 == 0
    assert dt.timedelta() <= moment - kept < dt.timedelta(milliseconds=1)
    assert adapter.validate_python(kept, strict=True) == kept


def test_a_time_without_zone_is_no_moment():
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(dt.datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_free_data_nests_so_deep_and_no_deeper():
    value = 1
    for _ in range(MOST_DEPTH - 1):
        value = {"a": [value]} if isinstance(value, int) else [value]
    adapter = TypeAdapter(FreeForm)
    with pytest.raises(ValidationError, match="nests deeper than 32 levels"):
        adapter.validate_python([[value]])
    assert adapter.validate_python({"a": [1, {"b": None}]}) == {"a": [1, {"b": None}]}


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: Query("q"), "A query without a field"),
        (lambda: Query("q", ("a",), sort=("b",), unique=True), "A unique query is one by equality"),
        (lambda: DocumentType("t", Thing, (Query("q", ("store",)), Query("q", ("store", "id")))), "one name"),
        (lambda: DocumentType("t", Thing, (Query("q", ("id",)),)), "`store` must be its first field"),
        (lambda: DocumentType("t", Thing, expires="at", append_only=True), "neither expires nor follows a deletion"),
        (
            lambda: DocumentType("t", Thing, references=(Reference("id", "x", "cascade"),), append_only=True),
            "neither expires nor follows a deletion",
        ),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(make, what):
    with pytest.raises(DatabaseError, match=what):
        make()
