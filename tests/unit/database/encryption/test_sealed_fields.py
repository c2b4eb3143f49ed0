"""Sealed fields through `Documents`, on a real server with real keys."""

import asyncio

import bson
import pytest
from bson.binary import Binary
from hypothesis import given
from hypothesis import strategies as st
from pymongo.errors import WriteError
from tests.unit.database.encryption.people import BY_EMAIL, BY_ROLE, PEOPLE, Factor, person

from shopwright.database.conditions import Add, OneOf, Range
from shopwright.database.encryption.field import Seal
from shopwright.database.encryption.sealed_fields import SealedFields
from shopwright.errors import DatabaseError, DocumentRefused, DuplicateDocument, EncryptionError

FULL = person(1, phone="Canary +49 30 1", nick="Canary", factors=(Factor(label="Canary", counter=7),))


async def stored(people, id_="p1"):
    return await people.collection.find_one({"_id": id_})


async def test_the_database_sees_bytes_and_the_code_sees_values(people):
    await people.insert(FULL)
    await people.insert_all([person(2), person(3)])
    raw = await stored(people)
    assert [raw[name].subtype for name in ("email", "name", "phone", "nick", "factors")] == [6] * 5
    assert (raw["role"], raw["times"]) == ("editor", 0)
    assert b"Canary" not in b"".join([bson.encode(one) async for one in people.collection.find({})])
    assert await people.get("p1") == FULL
    assert (await stored(people, "p2"))["phone"] is None
    assert await people.get("p2") == person(2)
    assert await people.find(BY_ROLE, {"role": "editor"}, limit=9) == [FULL, person(2), person(3)]
    assert [one async for one in people.stream(BY_ROLE, {"role": "editor"})] == [FULL, person(2), person(3)]


async def test_what_is_findable_is_found_and_unique(people):
    await people.insert_all([person(1), person(2)])
    assert await people.first(BY_EMAIL, {"email": "Canary2@x.example"}) == person(2)
    assert await people.first(BY_EMAIL, {"email": "canary2@x.example"}) is None
    assert await people.count(BY_EMAIL, {"email": OneOf(("Canary1@x.example", "Canary2@x.example", "n"))}) == 2
    with pytest.raises(DuplicateDocument, match="the same email") as refused:
        await people.insert(person(3, email="Canary1@x.example"))
    assert "Canary" not in str(refused.value)
    assert await people.delete_all(BY_EMAIL, {"email": "Canary1@x.example"}) == 1


async def test_changes_are_sealed(people):
    await people.insert(person(1))
    done = await people.update("p1", {"name": "Canary new", "phone": "Canary", "times": Add(2)})
    assert done == person(1, name="Canary new", phone="Canary", times=2)
    assert await people.update("p1", {"phone": None}, expected={"email": "Canary1@x.example"}) is not None
    assert await people.update("p1", {"role": "viewer"}, expected={"email": "another"}) is None
    assert await people.replace(person(1, name="Canary newest")) is True
    await people.put(person(4))
    raw = [one async for one in people.collection.find({}).sort("_id")]
    assert b"Canary" not in b"".join(map(bson.encode, raw))
    assert [await people.get("p1"), await people.get("p4")] == [person(1, name="Canary newest"), person(4)]
    claimed = await people.claim(BY_EMAIL, {"email": "Canary4@x.example"}, {"times": 9})
    assert claimed == person(4, times=9)
    assert await people.update_all(BY_ROLE, {"role": "editor"}, {"role": "viewer"}) == 2


async def test_equal_values_look_equal_only_where_they_are_looked_for(people):
    await people.insert_all([person(1, name="Canary"), person(2, name="Canary")])
    one, two = await stored(people, "p1"), await stored(people, "p2")
    assert one["name"] != two["name"]
    await people.delete("p1")
    await people.insert(person(1))
    assert (await stored(people, "p1"))["email"] == one["email"]


async def test_what_the_server_cannot_do_is_refused(people):
    email, role = {"email": "Canary1@x.example"}, {"role": "editor"}
    for asked, why in (
        (people.update("p1", {"role": "x"}, expected={"name": "Canary 1"}), "for equality only, and only if it is"),
        (people.first(BY_EMAIL, {"email": Range(ge="a")}), "people.email: A sealed field is compared"),
        (people.update_all(BY_ROLE, role, {"name": "Canary"}), "people.name: A sealed field is set by `update`"),
        (people.claim(BY_EMAIL, email, {"phone": "Canary"}), "people.phone: A sealed field is set by `update`"),
        (people.update("p1", {"factors.label": "Canary"}), r"people.factors.label: A sealed field is set as a whole"),
        (anext(people.columns(BY_ROLE, role, ("id", "name"))), "people.name: Columns are handed out as they are"),
    ):
        with pytest.raises(DatabaseError, match=why) as refused:
            await asked
        assert "Canary" not in str(refused.value)
    with pytest.raises(DatabaseError, match="is opened, not read"):
        people.read({"_id": "p1", "name": "x"})
    with pytest.raises(DocumentRefused) as refused:
        await people.update("p1", {"name": {"Canary": 1}})
    assert "Canary" not in str(refused.value)


async def test_without_a_key_a_kind_with_sealed_fields_is_refused(control):
    with pytest.raises(DatabaseError, match="people: It has sealed fields, and this connection has no key for them"):
        control.documents(PEOPLE)


async def test_the_server_refuses_what_is_not_sealed(people):
    await people.insert(FULL)
    for name, value in (("name", "plain"), ("phone", Binary(b"plain", 0)), ("factors", []), ("name", None)):
        with pytest.raises(WriteError):
            await people.collection.update_one({"_id": "p1"}, {"$set": {name: value}})
    await people.collection.update_one({"_id": "p1"}, {"$set": {"phone": None}})


async def test_what_somebody_put_elsewhere_is_found_out(people):
    """As who can write into the database past Shopwright may try: another's phone, an email as a name."""
    await people.insert_all([FULL, person(2, phone="Canary 2")])
    one, two = await stored(people, "p1"), await stored(people, "p2")
    for changes in ({"phone": two["phone"]}, {"name": one["phone"]}, {"name": two["email"]}, {"email": one["name"]}):
        await people.collection.update_one({"_id": "p1"}, {"$set": changes})
        with pytest.raises(EncryptionError, match="sealed for another place") as refused:
            await people.get("p1")
        assert "Canary" not in str(refused.value)
        await people.collection.replace_one({"_id": "p1"}, one)
    changed = bytes(one["name"])[:-1] + bytes([one["name"][-1] ^ 1])
    await people.collection.update_one({"_id": "p1"}, {"$set": {"name": Binary(changed, 6)}})
    with pytest.raises(EncryptionError, match="are not what they were"):
        await people.get("p1")


async def test_what_is_not_sealed_is_not_believed(people):
    await people.insert(FULL)
    await people.collection.database.command("collMod", "people", validationLevel="off")
    await people.collection.update_one({"_id": "p1"}, {"$set": {"name": "somebody else"}})
    with pytest.raises(EncryptionError, match=r"people\.name: .*what stands there is not sealed"):
        await people.get("p1")


class Turning:
    """Turns bytes round: what is under test is what it is given."""

    async def seal(self, plain, *, findable):
        return Binary(plain[::-1], 6)

    async def open(self, sealed):
        return bytes(sealed)[::-1]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.text(max_size=20) | st.integers(-(2**63), 2**63 - 1), st.booleans())
def test_any_value_comes_back(value, id_, findable):
    fields = SealedFields("things", {"it": Seal(findable)}, Turning())

    async def round_trip():
        sealed = await fields.seal({"_id": id_, "it": value, "also": 1})
        return sealed, await fields.open(bson.decode(bson.encode(sealed)))

    sealed, opened = asyncio.run(round_trip())
    assert opened == {"_id": id_, "it": value, "also": 1}
    assert value is None or sealed["it"].subtype == 6
