import datetime as dt
from enum import IntEnum, StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, JsonValue, StringConstraints

from shopwright.database.document import Document, FreeForm, Moment, Part
from shopwright.database.encoding import encode
from shopwright.database.schema.validator import validator
from shopwright.errors import DatabaseError


class Grade(StrEnum):
    GOOD = "good"
    BAD = "bad"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Circle(Part):
    form: Literal["circle"]
    radius: Annotated[float, Field(gt=0)]


class Box(Part):
    form: Literal["box"]
    sides: tuple[Annotated[int, Field(ge=1, le=9)], Annotated[int, Field(ge=1, le=9)]]


Handle = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=20)]
Word = Annotated[str, Field(pattern=r"^\w+$", max_length=12)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z]\d*$", max_length=3)]


class Everything(Document):
    id: Handle
    word: Word
    line: Annotated[str, Field(min_length=1, max_length=5, pattern=r"\S")]
    count: Annotated[int, Field(ge=0, lt=1_000)]
    triple: Annotated[int, Field(multiple_of=3)]
    long: Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
    share: Annotated[float, Field(gt=0, le=1)]
    flag: bool
    bits: bytes
    grade: Grade
    level: Level
    made: Moment
    day: dt.date | None
    shape: Annotated[Circle | Box, Field(discriminator="form")] | None
    either: int | Word
    words: Annotated[tuple[Word, ...], Field(min_length=1, max_length=3)]
    by_key: Annotated[dict[Key, int], Field(max_length=2)]
    by_length: dict[Annotated[str, Field(min_length=1, max_length=2, pattern=r"^[^.$\x00]*$")], bool]
    by_grade: dict[Grade, float]
    by_word: dict[Annotated[str, Field(pattern=r"^[a-z]+$")], str]
    free: FreeForm


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2),
    max_leaves=4,
)


def _times_of(day):
    return st.builds(dt.datetime.combine, st.just(day), st.times(timezones=st.just(dt.UTC)))


_HANDLES = st.from_regex(r"\A[a-z0-9]{1,6}(-[a-z0-9]{1,3})?\Z")
_WORDS = st.text(st.characters(categories=("L", "Nd")) | st.just("_"), min_size=1, max_size=12)
SHAPES = st.builds(Circle, form=st.just("circle"), radius=st.floats(0, 1e300, exclude_min=True)) | st.builds(
    Box, form=st.just("box"), sides=st.tuples(st.integers(1, 9), st.integers(1, 9))
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "id": _HANDLES,
    "word": _WORDS,
    "line": st.text(max_size=4).map(lambda text: text + "x"),
    "count": st.integers(0, 999),
    "triple": st.integers(-(10**9), 10**9).map(lambda number: number * 3),
    "long": st.integers(-(2**63), 2**63 - 1),
    "share": st.floats(0, 1, exclude_min=True),
    "flag": st.booleans(),
    "bits": st.binary(max_size=4),
    "grade": st.sampled_from(Grade),
    "level": st.sampled_from(Level),
    "made": st.dates(dt.date(1, 1, 2)).flatmap(_times_of),
    "day": st.none() | st.dates(),
    "shape": st.none() | SHAPES,
    "either": st.integers(-(2**63), 2**63 - 1) | _WORDS,
    "words": st.lists(_WORDS, min_size=1, max_size=3).map(tuple),
    "by_key": st.dictionaries(st.from_regex(r"\A[a-z][0-9]{0,2}\Z"), st.integers(-9, 9), max_size=2),
    "by_length": st.dictionaries(st.text("aé😀\n", min_size=1, max_size=2), st.booleans(), max_size=2),
    "by_grade": st.dictionaries(st.sampled_from(Grade), st.floats(allow_nan=False, allow_infinity=False), max_size=2),
    "by_word": st.dictionaries(st.from_regex(r"\A[a-z]{1,3}\Z"), st.text(max_size=3), max_size=2),
    "free": JSON,
}
DOCUMENTS = st.fixed_dictionaries(FIELDS).map(lambda fields: Everything(**fields))

WRONG: dict[str, list[Any]] = {
    "_id": ["", "A", "a-", "a\n", 1, None, "x" * 21],
    "word": ["", "a b", "a\n", 1, "x" * 13, None],
    "line": ["", " ", "123456", 1],
    "count": [-1, 1_000, 1.5, "1", True, None],
    "triple": [1, "3", 3.0],
    "long": ["1", 1.0],
    "share": [0, 0.0, 1.1, "1", True],
    "flag": [1, 0, "true", None],
    "bits": ["text", 1],
    "grade": ["worse", "", 1, None],
    "level": [3, "1", None],
    "made": ["2020-01-01", 0, None],
    "day": [1, True],
    "shape": [
        {"form": "circle"},
        {"form": "circle", "radius": 0.0},
        {"form": "oval"},
        {"form": "box", "sides": [1]},
        {"form": "box", "sides": [1, 10]},
        {"form": "box", "sides": [1, 2, 3]},
        [],
    ],
    "either": [None, 1.5, "a b"],
    "words": [[], ["a"] * 4, ["a b"], "a", {"0": "a"}],
    "by_key": [{"1": 1}, {"a": "1"}, {"a": 1, "b": 2, "c": 3}, {"a123": 1}, []],
    "by_length": [{"": True}, {"abc": True}, {"a": 1}],
    "by_grade": [{"worse": 1.0}, {"good": "1"}],
    "by_word": [{"A": "a"}, {"a": 1}, {"a\n": "a"}],
    "unknown": [1, None],
}


@pytest.fixture(scope="module")
def collection(mongo_uri):
    """Driven synchronously: hypothesis asks for one answer after the other."""
    from pymongo import MongoClient

    with MongoClient(mongo_uri) as client:
        name = f"validator-{uuid4().hex}"
        yield client[name].create_collection("everything", validator=validator(Everything))
        client.drop_database(name)


def accepts(collection, raw):
    from pymongo.errors import WriteError

    try:
        collection.replace_one({"_id": raw["_id"]}, raw, upsert=True)
    except WriteError as error:
        return error.code != 121
    return True


def raw_of(document):
    from bson import decode

    from shopwright.database.encoding import CODEC

    return decode(encode(document.model_dump(by_alias=True), "test").raw, CODEC)


@given(document=DOCUMENTS)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_the_model_accepts_the_server_accepts_and_gives_back(collection, document):
    from shopwright.database.encoding import CODEC

    assert accepts(collection, encode(document.model_dump(by_alias=True), "test"))
    found = collection.with_options(codec_options=CODEC).find_one({"_id": document.id})
    assert Everything.model_validate(found, strict=False) == document


@given(
    document=DOCUMENTS, wrong=st.sampled_from([(field, value) for field, values in WRONG.items() for value in values])
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_one_wrong_field_is_refused(collection, document, wrong):
    field, value = wrong
    assert not accepts(collection, raw_of(document) | {field: value})


@given(document=DOCUMENTS, field=st.sampled_from([field for field in FIELDS if field != "id"]))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_missing_field_is_refused(collection, document, field):
    raw = raw_of(document)
    del raw[field]
    assert not accepts(collection, raw)


class Inner(BaseModel):
    again: "Inner | None"


def model_with(annotation):
    return type("Odd", (Document,), {"__annotations__": {"id": str, "odd": annotation}, "__module__": __name__})


@pytest.mark.parametrize(
    ("annotation", "word"),
    [
        (Inner, "contains itself"),
        (Any, "a value of any kind"),
        (JsonValue, "a value of any kind"),
        (dict[str, Any], "a value of any kind"),
        (dt.datetime, "the format date-time"),
        (UUID, "the format uuid"),
        (dt.timedelta, "the format duration"),
    ],
)
def test_what_the_server_cannot_check_is_refused(annotation, word):
    with pytest.raises(DatabaseError, match=f"Odd: The server cannot check .*{word}.* Instead, "):
        validator(model_with(annotation))
