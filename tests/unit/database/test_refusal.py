from typing import Annotated

import pytest
from pydantic import Field
from pymongo import MongoClient
from pymongo.errors import WriteError

from shopwright.database.document import Document, Part
from shopwright.database.refusal import refusals
from shopwright.database.schema.validator import validator


class Price(Part):
    amount: Annotated[int, Field(ge=0, le=99)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Thing(Document):
    id: str
    title: Annotated[str, Field(min_length=2, max_length=5)]
    price: Price
    offers: Annotated[tuple[Price, ...], Field(max_length=2)] = ()
    flag: bool = False
    kind: Annotated[str, Field(pattern="^(new|used)$")] | None = None


GOOD = {
    "_id": "secret",
    "title": "abc",
    "price": {"amount": 1, "currency": "EUR"},
    "offers": [],
    "flag": True,
    "kind": None,
}


@pytest.fixture(scope="module")
def collection(mongo_uri):
    with MongoClient(mongo_uri) as client:
        yield client.refusals.create_collection("things", validator=validator(Thing))
        client.drop_database("refusals")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "secret secret"}, ["title: is longer than allowed, which is 5"]),
        ({"title": "s"}, ["title: is shorter than allowed, which is 2"]),
        ({"title": 5}, ["title: is not of type string"]),
        ({"price": {"amount": -1, "currency": "EUR"}}, ["price.amount: is below the minimum 0"]),
        ({"price": {"amount": 100, "currency": "EUR"}}, ["price.amount: is above the maximum 99"]),
        ({"price": {"amount": 1, "currency": "secret"}}, [r"price.currency: does not match ^[A-Z]{3}\z"]),
        ({"price": {"amount": 1}}, ["price.currency: is missing"]),
        ({"price": {"amount": 1, "currency": "EUR", "x": 1}}, ["price.x: is not known"]),
        ({"offers": [GOOD["price"], {"amount": -5, "currency": "EUR"}]}, ["offers.1.amount: is below the minimum 0"]),
        ({"offers": [GOOD["price"]] * 3}, ["offers: has more elements than allowed, which is 2"]),
        ({"extra": "secret"}, ["extra: is not known"]),
        ({"flag": 1, "title": 5}, ["title: is not of type string", "flag: is not of type bool"]),
    ],
)
def test_field_and_reason_are_told_and_never_the_value(collection, changes, told):
    with pytest.raises(WriteError) as caught:
        collection.insert_one(GOOD | changes)
    assert sorted(refusals(caught.value.details["errInfo"])) == sorted(told)


def test_of_alternatives_each_is_told(collection):
    with pytest.raises(WriteError) as caught:
        collection.insert_one(GOOD | {"kind": "secret"})
    assert refusals(caught.value.details["errInfo"]) == [
        r"kind: does not match ^(new|used)\z",
        "kind: is not of type null",
    ]


def test_an_explanation_of_another_form_is_not_quoted():
    assert refusals({}) == ["It breaks the schema"]
    assert refusals({"details": {"operatorName": "$expr", "consideredValue": "secret"}}) == [
        "the document: breaks the rule $expr"
    ]
