"""Fields and conditions: from what a caller says to what the server is asked."""

from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import Field

from shopwright.database.conditions import (
    Add,
    AllOf,
    OneOf,
    Prefixes,
    Range,
    after_filter,
    change,
    equal_filter,
    query_filter,
    sort_keys,
)
from shopwright.database.document import Document, DocumentType, Part, Query
from shopwright.database.fields import stored_path
from shopwright.errors import DatabaseError, DocumentRefused


class State(StrEnum):
    NEW = "new"
    OLD = "old"


class Variant(Part):
    id: str
    price: Annotated[int, Field(ge=0)]


class Thing(Document):
    id: str
    store: str
    state: State = State.NEW
    words: tuple[str, ...] | None = None
    variants: tuple[Variant, ...] = ()
    best: Variant | None = None
    texts: dict[str, str] = {}


QUERY = Query("q", ("store",), sort=("-best.price", "id"), range=("best.price",))
WORDS = Query("words", ("store", "words"))
KIND = DocumentType("things", Thing, (QUERY, WORDS))


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        ("id", "_id"),
        ("best.id", "best.id"),
        ("variants.price", "variants.price"),
        ("texts.de", "texts.de"),
        ("words", "words"),
    ],
)
def test_fields_have_their_place(path, stored):
    assert stored_path(Thing, path) == stored


@pytest.mark.parametrize("path", ["_id", "", "nothing", "id.x", "best.nothing", "variants.0", "words.0", "texts.$x"])
def test_fields_that_are_not_declared_have_none(path):
    with pytest.raises(DatabaseError, match="There is no such field"):
        stored_path(Thing, path)


def asked(words):
    return query_filter(KIND, WORDS, {"store": "s", "words": words})["words"]


def test_a_value_is_compared_with_what_a_field_holds():
    assert asked("a") == {"$eq": "a"}
    assert asked(OneOf(("a", "b"))) == {"$in": ["a", "b"]}
    assert asked(AllOf(("a", "b"))) == {"$all": ["a", "b"]}
    assert asked(Prefixes(("a",))) == {"$all": [{"$elemMatch": {"$gte": "a", "$lt": "a\U0010ffff"}}]}
    for wrong in (1, None, ("a",), OneOf((1,)), AllOf(({"$gt": ""},)), Prefixes((1,)), {"$gt": ""}):
        with pytest.raises(DocumentRefused):
            asked(wrong)


def test_a_range_has_its_bounds():
    values = {"store": "s", "best.price": Range(ge=1, lt=9)}
    found = query_filter(KIND, QUERY, values)
    assert found == {"store": {"$eq": "s"}, "best.price": {"$gte": 1, "$lt": 9}}
    assert query_filter(KIND, QUERY, {**values, "best.price": Range(gt=1, le=9)})["best.price"] == {"$gt": 1, "$lte": 9}


def test_only_declared_queries_are_made_with_exactly_their_values():
    with pytest.raises(DatabaseError, match="things: The query other is not declared"):
        query_filter(KIND, Query("other", ("store",)), {"store": "s"})
    for values in ({}, {"store": "s"}, {"store": "s", "words": "a", "state": State.NEW}):
        with pytest.raises(DatabaseError, match=r"things\.words: It asks for values of exactly its fields"):
            query_filter(KIND, WORDS, values)


def test_what_follows_a_place_in_the_order():
    assert after_filter(KIND, QUERY, (5, "x")) == {
        "$or": [{"best.price": {"$lt": 5}}, {"best.price": {"$eq": 5}, "_id": {"$gt": "x"}}]
    }
    by_id = Query("by_id", ("store",), sort=("id",))
    assert after_filter(DocumentType("t", Thing, (by_id,)), by_id, ("x",)) == {"_id": {"$gt": "x"}}
    assert sort_keys(Thing, QUERY.sort) == [("best.price", -1), ("_id", 1)]
    with pytest.raises(DatabaseError, match="one value for each field"):
        after_filter(KIND, QUERY, (5,))
    with pytest.raises(DocumentRefused):
        after_filter(KIND, QUERY, ({"$gt": 0}, "x"))


def test_changes_are_of_whole_fields_and_checked():
    variant = Variant(id="v", price=3)
    assert change(Thing, {"state": State.OLD, "best": variant, "best.price": Add(2), "words": ("a",)}) == {
        "$set": {"state": "old", "best": {"id": "v", "price": 3}, "words": ("a",)},
        "$inc": {"best.price": 2},
    }
    for wrong in ({"state": "gone"}, {"state": "old"}, {"best": {"id": "v"}}, {"best.price": -1}, {"words": "a"}):
        with pytest.raises(DocumentRefused):
            change(Thing, wrong)
    for wrong in ({}, {"id": "x"}):
        with pytest.raises(DatabaseError, match="never the id"):
            change(Thing, wrong)


def test_what_is_expected_is_equal():
    assert equal_filter(Thing, {"id": "a", "words": ("x",)}) == {"_id": {"$eq": "a"}, "words": {"$eq": ("x",)}}
    with pytest.raises(DocumentRefused) as caught:
        equal_filter(Thing, {"best": {"id": "secret", "price": "secret"}})
    assert "secret" not in str(caught.value)
