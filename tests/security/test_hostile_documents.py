"""Documents and values that try to be more than data: operators, keys, depth, size, broken Unicode."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from shopwright.database.cluster import open_cluster
from shopwright.database.conditions import AllOf, OneOf, Range
from shopwright.database.document import MOST_DEPTH, Document, DocumentType, FreeForm, Query
from shopwright.database.encoding import MOST_BYTES
from shopwright.database.migrations.run import migrate
from shopwright.errors import DatabaseError, DocumentRefused


class Account(Document):
    id: str
    store: str
    secret: str
    visits: int
    tags: tuple[str, ...] = ()
    free: FreeForm = None
    texts: dict[str, str] = {}


BY_SECRET = Query("by_secret", ("store", "secret"))
BY_TAG = Query("by_tag", ("store", "tags"))
BY_VISITS = Query("by_visits", ("store",), sort=("visits",), range=("visits",))
BY_FREE = Query("by_free", ("store", "free"))
ACCOUNTS = DocumentType("accounts", Account, (BY_SECRET, BY_TAG, BY_VISITS, BY_FREE))

OPERATORS = [
    {"$gt": ""},
    {"$ne": None},
    {"$exists": True},
    {"$regex": "^"},
    {"$in": ["hunter2"]},
    {"$not": {"$eq": "x"}},
    {"$where": "sleep(10000)"},
    {"$expr": {"$function": {"body": "function() {}", "args": [], "lang": "js"}}},
    ["hunter2"],
    None,
    1,
    True,
    b"hunter2",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text() | st.sampled_from(["$gt", "$ne", "$where", "$regex", "a.b", "$"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
HOSTILE_KEYS = ["$where", "$", "a.b", ".", "$set.x", "nul\0", "\ud800"]


class Door:
    """A database behind a plain function: hypothesis asks one question after the other."""

    def __init__(self, runner, accounts):
        self.ask = runner.run
        self.accounts = accounts


@pytest.fixture(scope="module")
def door(mongo_uri):
    """A collection with one account, whose secret nobody may find out."""
    with asyncio.Runner() as runner:
        cluster = open_cluster(mongo_uri)
        database = runner.run(cluster.__aenter__()).tenant(f"hostile-{uuid4().hex}")
        runner.run(migrate(database, (ACCOUNTS,)))
        accounts = database.documents(ACCOUNTS)
        runner.run(accounts.insert(Account(id="a", store="s", secret="hunter2", visits=7, tags=("x",))))
        yield Door(runner, accounts)
        runner.run(database.raw.client.drop_database(database.raw.name))
        runner.run(cluster.__aexit__(None, None, None))


@pytest.mark.parametrize("value", OPERATORS, ids=repr)
def test_an_operator_is_no_value(door, value):
    with pytest.raises(DocumentRefused) as caught:
        door.ask(door.accounts.find(BY_SECRET, {"store": "s", "secret": value}, limit=9))
    assert "hunter2" not in str(caught.value)
    with pytest.raises(DocumentRefused):
        door.ask(door.accounts.get(value))
    with pytest.raises(DocumentRefused):
        door.ask(door.accounts.delete("a", expected={"secret": value}))
    with pytest.raises(DocumentRefused):
        door.ask(door.accounts.update("a", {"secret": value}))


@given(VALUES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_value_finds_what_it_does_not_equal(door, value):
    """Whatever stands where a text is asked for, nothing but the text itself finds the account."""
    for work in (
        door.accounts.find(BY_SECRET, {"store": "s", "secret": value}, limit=9),
        door.accounts.find(BY_SECRET, {"store": "s", "secret": OneOf((value,))}, limit=9),
        door.accounts.find(BY_TAG, {"store": "s", "tags": AllOf((value, "y"))}, limit=9),
        door.accounts.find(BY_VISITS, {"store": "s", "visits": Range(gt=value, lt=7)}, limit=9),
    ):
        try:
            assert door.ask(work) == [] or value == "hunter2"
        except DocumentRefused:
            continue


@given(VALUES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_free_data_is_found_by_equality_alone(door, value):
    """Where any JSON may stand, an operator is a value like another: it finds only itself, so nothing."""
    try:
        found = door.ask(door.accounts.find(BY_FREE, {"store": "s", "free": value}, limit=9))
    except DocumentRefused:
        return
    assert (found == []) == (value is not None)


@pytest.mark.parametrize("key", HOSTILE_KEYS)
def test_hostile_keys_are_refused_wherever_they_stand(door, key):
    document = {"id": "k", "store": "s", "secret": "", "visits": 0}
    for field in ({"texts": {key: ""}}, {"free": {key: 1}}, {"free": [{"a": [{key: {}}]}]}):
        with pytest.raises((DocumentRefused, ValidationError)):
            door.ask(door.accounts.insert(Account(**document, **field)))
        with pytest.raises(DocumentRefused):
            door.ask(door.accounts.update("a", field))
    for work in (
        door.accounts.update("a", {key: "x"}),
        door.accounts.delete("a", expected={key: "x"}),
        door.accounts.find(BY_SECRET, {"store": "s", key: "x"}, limit=1),
    ):
        with pytest.raises(DatabaseError):
            door.ask(work)
    assert door.ask(door.accounts.get("k")) is None
    assert door.ask(door.accounts.get("a")).texts == {}


@pytest.mark.parametrize(
    "path",
    [
        "secret.$",
        "tags.0",
        "tags.$[]",
        "texts.$x",
        "texts.",
        "texts.\0",
        "texts.a.b",
        "__class__",
        "id.x",
        "free.a.b",
        "",
    ],
)
def test_a_path_leads_only_to_declared_fields(door, path):
    with pytest.raises(DatabaseError):
        door.ask(door.accounts.update("a", {path: "x"}))


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


def test_depth_is_bounded(door):
    document = {"id": "deep", "store": "s", "secret": "", "visits": 0}
    door.ask(door.accounts.put(Account(**document, free=nested(MOST_DEPTH - 1))))
    for levels in (MOST_DEPTH, 200, 100_000):
        with pytest.raises(ValidationError):
            Account(**document, free=nested(levels))
        with pytest.raises(DocumentRefused):
            door.ask(door.accounts.update("a", {"free": nested(levels)}))


def test_size_is_bounded(door):
    big = Account(id="big", store="s", secret="x" * MOST_BYTES, visits=0)
    with pytest.raises(DocumentRefused, match="at most 16,777,216 are allowed"):
        door.ask(door.accounts.insert(big))
    with pytest.raises(DocumentRefused, match=r"larger than 16,777,216 bytes|at most 16,777,216"):
        door.ask(door.accounts.update("a", {"secret": "x" * (MOST_BYTES - 40)}))
    assert door.ask(door.accounts.get("a")).secret == "hunter2"


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**400])
def test_numbers_are_bounded(door, number):
    with pytest.raises(DocumentRefused, match="64 bits"):
        door.ask(door.accounts.put(Account(id="n", store="s", secret="", visits=number)))
    with pytest.raises(DocumentRefused, match="64 bits"):
        door.ask(door.accounts.find(BY_VISITS, {"store": "s", "visits": Range(ge=number)}, limit=1))


@given(st.text(st.characters(categories=("Cs", "L", "Cc", "P", "Zs")), max_size=8))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_comes_back_as_it_is_or_is_refused(door, text):
    try:
        account = Account(id="text", store="s", secret=text, visits=0, texts={"a": text})
        door.ask(door.accounts.put(account))
    except (ValidationError, DocumentRefused):
        assert any("\ud800" <= character <= "\udfff" for character in text)
        return
    assert door.ask(door.accounts.get("text")) == account


def test_a_model_that_was_tricked_is_stopped_by_the_server(door):
    tricked = Account.model_construct(
        id="t", store="s", secret={"nested": "hunter3"}, visits="7", tags=(), texts={}, free=None
    )
    with pytest.raises(DocumentRefused) as caught:
        door.ask(door.accounts.insert(tricked))
    assert "hunter3" not in str(caught.value)
    assert "secret: is not of type string" in str(caught.value)
