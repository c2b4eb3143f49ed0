"""A tenant's connection is given to an attacker: the application's own checks are out of the way, the database is not.

Each attack is sent with the driver itself, over the connection of the tenant `ada`, against what belongs to the tenant
`bob`, to the control database, to the server, or to the audit trail of `ada` herself. What must come back is the
server's refusal with exactly the code that stands beside it.
"""

import re
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from bson import SON
from pymongo import InsertOne, UpdateOne
from pymongo.errors import OperationFailure

from shopwright.bootstrap.document_types import DOCUMENT_TYPES, GRAPH
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.document import Document, DocumentType
from shopwright.database.isolation.connection import open_as
from shopwright.database.isolation.provision import provision, withdraw
from shopwright.database.isolation.user_secret import UserSecret
from shopwright.database.migrations.run import migrate
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError
from shopwright.generation.repository import ReleaseRepository

DENIED = 13
SECRET = UserSecret(1, bytes(range(32)))


class Note(Document):
    id: str
    text: str


NOTES = DocumentType("notes", Note)
FEED = DocumentType("feed", Note, watched=True)
EVENTS = DocumentType("events", Note, append_only=True)
KINDS = (NOTES, FEED, EVENTS)


@asynccontextmanager
async def a_tenant(cluster, kinds=KINDS):
    name = f"test-{uuid4().hex}"
    await migrate(cluster.tenant(name), kinds)
    await provision(cluster, name, kinds, SECRET)
    try:
        yield name
    finally:
        await withdraw(cluster, name)


@pytest.fixture
async def names(cluster):
    async with a_tenant(cluster) as ada, a_tenant(cluster) as bob:
        for name in (ada, bob):
            for kind in KINDS:
                await cluster.tenant(name).documents(kind).insert(Note(id="1", text=f"canary of {name}"))
        yield ada, bob


@pytest.fixture
async def stolen(names, mongo_uri):
    """The driver's client of `ada`, as if every check of ours had failed."""
    async with open_as(mongo_uri, names[0], SECRET.login(names[0]), Slots(8)) as database:
        yield database.raw.client


@pytest.fixture
def ada(stolen, names):
    return stolen[f"t_{names[0]}"]


@pytest.fixture
def bob(stolen, names):
    return stolen[f"t_{names[1]}"]


async def code_of(attack):
    """The server's refusal, or what it gave away."""
    try:
        found = await attack
        if hasattr(found, "to_list"):
            found = await found.to_list()
    except OperationFailure as error:
        return error.details.get("code") if error.details else error.code
    return f"allowed: {found!r}"[:200]


async def refusals(attacks):
    return {name: await code_of(attack) for name, attack in attacks.items()}


def piped(collection, *stages):
    return collection.aggregate([*stages])


async def watched(of):
    async with await of.watch() as stream:
        return await stream.try_next()


async def in_transaction(client, collection):
    async with client.start_session() as session:
        await session.start_transaction()
        return await collection.insert_one({"_id": "x"}, session=session)


async def test_what_belongs_to_another_is_refused(ada, bob, stolen, names, cluster):
    there = {"db": bob.name, "coll": "notes"}
    refused = await refusals({
        "find": bob.notes.find_one({}),
        "find by id": bob.notes.find_one({"_id": "1"}),
        "count": bob.notes.count_documents({}),
        "estimated count": bob.notes.estimated_document_count(),
        "distinct": bob.notes.distinct("_id"),
        "aggregate": piped(bob.notes, {"$match": {}}),
        "explain": bob.command("explain", {"find": "notes"}),
        "insert": bob.notes.insert_one({"_id": "2", "text": ""}),
        "bulk": bob.notes.bulk_write([InsertOne({"_id": "3", "text": ""})]),
        "update": bob.notes.update_one({}, {"$set": {"text": ""}}),
        "upsert": bob.notes.update_one({"_id": "9"}, {"$set": {"text": ""}}, upsert=True),
        "find and modify": bob.notes.find_one_and_update({}, {"$set": {"text": ""}}),
        "delete": bob.notes.delete_many({}),
        "drop": bob.notes.drop(),
        "drop the database": stolen.drop_database(bob.name),
        "create": bob.create_collection("mine"),
        "change its rules": bob.command("collMod", "notes", validator={}),
        "index": bob.notes.create_index("text"),
        "its indexes": bob.notes.list_indexes(),
        "its collections": bob.command("listCollections"),
        "its size": bob.command("dbStats"),
        "in a transaction": in_transaction(stolen, bob.notes),
        "its changes": watched(bob.notes),
        "all its changes": watched(bob),
        "out": piped(ada.notes, {"$out": there}),
        "merge": piped(ada.notes, {"$merge": {"into": there}}),
        "rename into": stolen.admin.command(SON([("renameCollection", f"{ada.name}.notes"), ("to", f"{bob.name}.x")])),
        "its users": ada.command("usersInfo", {"user": SECRET.user, "db": bob.name}),
        "its roles": ada.command("rolesInfo", {"role": "app", "db": bob.name}),
    })  # fmt: skip
    assert {name: code for name, code in refused.items() if code != DENIED} == {}
    assert await cluster.tenant(names[1]).documents(NOTES).get("1") == Note(id="1", text=f"canary of {names[1]}")


async def test_another_database_cannot_be_joined_in(ada, bob):
    there = {"db": bob.name, "coll": "notes"}
    lookup = {"from": there, "pipeline": [], "as": "stolen"}
    refused = await refusals({
        "lookup": piped(ada.notes, {"$lookup": lookup}),
        "lookup by key": piped(ada.notes, {"$lookup": {**lookup, "localField": "_id", "foreignField": "_id"}}),
        "within a facet": piped(ada.notes, {"$facet": {"x": [{"$lookup": lookup}]}}),
        "graph lookup": piped(ada.notes, {"$graphLookup": {
            "from": there, "startWith": "$_id", "connectFromField": "_id", "connectToField": "_id", "as": "x"
        }}),
        "union": piped(ada.notes, {"$unionWith": there}),
    })  # fmt: skip
    assert [name for name, code in refused.items() if not isinstance(code, int)] == []
    named = await refusals(
        {
            "lookup": piped(ada.notes, {"$lookup": {**lookup, "from": f"{bob.name}.notes"}}),
            "union": piped(ada.notes, {"$unionWith": f"{bob.name}.notes"}),
        }
    )
    assert "canary" not in str(named)


async def test_the_control_database_and_the_server_are_refused(ada, stolen):
    admin, local = stolen.admin, stolen["local"]
    refused = await refusals({
        "the tenants": stolen["control"].tenants.find_one({}),
        "a tenant": stolen["control"].tenants.insert_one({"_id": "x"}),
        "anything in control": stolen["control"].other.insert_one({"_id": "x"}),
        "the log": local["oplog.rs"].find_one({}),
        "users": admin["system.users"].find_one({}),
        "keys of the cluster": admin["system.keys"].find_one({}),
        "sessions": stolen["config"]["system.sessions"].find_one({}),
        "transactions": stolen["config"]["transactions"].find_one({}),
        "all changes": watched(stolen),
        "operations": piped(admin, {"$currentOp": {"allUsers": True}}),
        "sessions of all": piped(admin, {"$listLocalSessions": {"allUsers": True}}),
        "status": admin.command("serverStatus"),
        "set status": admin.command("replSetGetStatus"),
        "its log": admin.command("getLog", "global"),
        "options": admin.command("getCmdLineOpts"),
        "a parameter": admin.command("getParameter", "*"),
        "set a parameter": admin.command("setParameter", 1, logLevel=1),
        "stop": admin.command("shutdown"),
        "kill": admin.command("killOp", op=1),
        "kill all sessions": admin.command("killAllSessions", []),
        "lock": admin.command("fsync", 1),
        "apply": admin.command("applyOps", [{"op": "n", "ns": "", "o": {}}]),
        "make a user": ada.command("createUser", "eve", pwd="x", roles=["readWrite"]),
        "more rights": ada.command("grantRolesToUser", SECRET.user, roles=["dbOwner"]),
        "a wider role": ada.command("grantRolesToRole", "app", roles=["readWrite"]),
        "other rights": ada.command("updateRole", "app", privileges=[], roles=[]),
        "another password": ada.command("updateUser", SECRET.user, pwd="x"),
        "no user": ada.command("dropUser", SECRET.user),
        "a user of the server": admin.command("createUser", "eve", pwd="x", roles=["root"]),
    })  # fmt: skip
    assert {name: code for name, code in refused.items() if code != DENIED} == {}


async def test_only_the_own_database_is_listed(stolen, ada):
    assert await stolen.list_database_names() == [ada.name]


async def test_the_own_database_cannot_be_bent(ada, stolen):
    """Its validators, indexes and collections are the operator's; nobody makes collections without rules."""
    refused = await refusals({
        "drop": ada.notes.drop(),
        "drop all": stolen.drop_database(ada.name),
        "create": ada.create_collection("mine"),
        "create by writing": ada.mine.insert_one({"_id": 1}),
        "a view": ada.create_collection("view", viewOn="notes", pipeline=[]),
        "view by writing": ada["system.views"].insert_one({"_id": f"{ada.name}.v", "viewOn": "notes", "pipeline": []}),
        "rules": ada.command("collMod", "notes", validator={}),
        "around the rules": ada.command(
            "insert", "notes", documents=[{"_id": "x", "y": 1}], bypassDocumentValidation=True
        ),
        "index": ada.notes.create_index("text"),
        "no index": ada.notes.drop_indexes(),
        "rename": ada.notes.rename("other"),
        "out": piped(ada.notes, {"$out": "mine"}),
        "merge": piped(ada.notes, {"$merge": {"into": "mine"}}),
        "profile": ada.command("profile", 2),
        "what was profiled": ada["system.profile"].find_one({}),
        "stored code": ada["system.js"].insert_one({"_id": "f", "value": "x"}),
        "changes of what is not watched": watched(ada.notes),
        "changes of all": watched(ada),
        "validate": ada.command("validate", "notes"),
        "compact": ada.command("compact", "notes"),
    })  # fmt: skip
    assert {name: code for name, code in refused.items() if code != DENIED} == {}
    async with await ada.feed.watch() as stream:
        assert await stream.try_next() is None


async def test_no_code_runs_on_the_server(ada, bob):
    code = "function() { return db.getSiblingDB('control') }"
    accumulator = {"init": code, "accumulate": code, "accumulateArgs": [], "merge": code, "lang": "js"}
    refused = await refusals({
        "where": ada.notes.find_one({"$where": "true"}),
        "where in an update": ada.notes.update_one({"$where": "true"}, {"$set": {"text": ""}}),
        "function": piped(ada.notes, {"$project": {"x": {"$function": {"body": code, "args": [], "lang": "js"}}}}),
        "accumulator": piped(ada.notes, {"$group": {"_id": 1, "x": {"$accumulator": accumulator}}}),
        "map and reduce": ada.command("mapReduce", "notes", map=code, reduce=code, out={"inline": 1}),
        "eval": ada.command("eval", code),
    })  # fmt: skip
    assert [name for name, code in refused.items() if not isinstance(code, int)] == []


async def test_what_is_only_added_to_is_never_changed(ada, names, cluster):
    trail = ada.events
    assert await code_of(trail.insert_one({"_id": "2", "text": "later"})) != DENIED
    refused = await refusals({
        "update": trail.update_one({"_id": "1"}, {"$set": {"text": ""}}),
        "replace": trail.replace_one({"_id": "1"}, {"text": ""}),
        "upsert": trail.replace_one({"_id": "9"}, {"text": ""}, upsert=True),
        "find and modify": trail.find_one_and_update({}, {"$set": {"text": ""}}),
        "find and delete": trail.find_one_and_delete({}),
        "bulk": trail.bulk_write([UpdateOne({"_id": "1"}, {"$set": {"text": ""}})]),
        "delete": trail.delete_one({"_id": "1"}),
        "delete all": trail.delete_many({}),
        "drop": trail.drop(),
        "rename": trail.rename("other"),
        "rules": ada.command("collMod", "events", validator={}),
        "let it expire": trail.create_index("_id", expireAfterSeconds=1),
        "cap": ada.command("convertToCapped", "events", size=4096),
        "out": piped(ada.notes, {"$out": "events"}),
        "merge": piped(ada.notes, {"$merge": {"into": "events", "whenMatched": "replace"}}),
        "merge and keep": piped(ada.notes, {"$merge": {"into": "events", "whenMatched": "merge"}}),
    })  # fmt: skip
    assert {name: code for name, code in refused.items() if code != DENIED} == {}
    assert await cluster.tenant(names[0]).documents(EVENTS).get("1") == Note(id="1", text=f"canary of {names[0]}")


async def test_another_ones_cursor_and_session_are_of_no_use(ada, bob, names, mongo_uri, stolen):
    async with open_as(mongo_uri, names[1], SECRET.login(names[1]), Slots(8)) as other:
        await other.raw.notes.insert_many([{"_id": f"n{number}", "text": "canary"} for number in range(9)])
        async with other.raw.client.start_session() as session:
            cursor = other.raw.notes.find(batch_size=2, session=session)
            await cursor.next()
            number, lsid = cursor.cursor_id, session.session_id
            refused = await refusals(
                {
                    "read on": ada.command("getMore", number, collection="notes"),
                    "read on there": bob.command("getMore", number, collection="notes"),
                    "read on in the session": bob.command(
                        SON([("getMore", number), ("collection", "notes"), ("lsid", lsid)])
                    ),
                }
            )
            assert [name for name, code in refused.items() if not isinstance(code, int)] == []
            assert (await stolen.admin.command("killSessions", [lsid]))["ok"] == 1  # one's own session of that number
            assert len(await cursor.to_list()) == 9


async def test_a_repository_that_was_given_the_wrong_database_finds_nothing(cluster, mongo_uri):
    """The bug that isolation in the application could not survive: the name of the database comes out wrong."""
    async with a_tenant(cluster, DOCUMENT_TYPES) as mine, a_tenant(cluster, DOCUMENT_TYPES) as theirs:
        await cluster.tenant(theirs).documents(STORES).insert(StoreDocument(id="luna", revision=1, kept=0))
        async with open_as(mongo_uri, mine, SECRET.login(mine), Slots(8)) as database:
            wrong = TenantDatabase(mine, database.raw.client[f"t_{theirs}"], database.slots)
            with pytest.raises(DatabaseError) as caught:
                await wrong.documents(STORES).get("luna")
            assert re.match(r"stores: The database refuses this user what was asked", str(caught.value))
            with pytest.raises(DatabaseError):
                await ReleaseRepository(wrong, GRAPH).live("luna")
            assert await database.documents(STORES).get("luna") is None


@pytest.mark.parametrize("given", ["nobody", "no password"])
async def test_without_its_password_there_is_no_tenant(names, mongo_uri, given):
    login = UserSecret(1, bytes(32)).login(names[0])
    if given == "no password":
        login = type(login)(login.database, SECRET.user, "0" * 64)
    with pytest.raises(DatabaseError, match="There is no such tenant"):
        async with open_as(mongo_uri, names[0], login, Slots(1)):
            pass
