import asyncio
import datetime as dt
import signal
import subprocess
import sys
import textwrap

import pytest

from shopwright.database.document import Document, DocumentType, Query
from shopwright.database.migrations import run
from shopwright.database.migrations.migration import Migration
from shopwright.database.migrations.record import MIGRATIONS, SCHEMA, MigrationRecord
from shopwright.database.migrations.run import migrate, pending
from shopwright.database.schema.drift import drift
from shopwright.errors import DatabaseError, DocumentRefused


class Old(Document):
    id: str
    price: int


class New(Document):
    id: str
    price: int
    """In cents; it was in euros."""

    currency: str


OLD = DocumentType("things", Old, (Query("by_price", sort=("price",)),))
NEW = DocumentType("things", New, (Query("by_currency", ("currency",), sort=("price",)),))


def to_cents(document):
    if "currency" in document:
        return document
    return {**document, "price": document["price"] * 100, "currency": "EUR"}


CENTS = Migration(1, "prices in cents", "things", to_cents)


async def begin(database, count):
    await migrate(database, (OLD,))
    await database.documents(OLD).insert_all(Old(id=f"{number:06}", price=number + 1) for number in range(count))


async def prices(database):
    return [one["price"] async for one in database.raw.things.find().sort("_id")]


async def test_documents_take_the_new_form_once(tenant_database):
    await begin(tenant_database, 450)
    assert await pending(tenant_database, (NEW,), (CENTS,)) == ["schema", "prices in cents"]
    assert await migrate(tenant_database, (NEW,), (CENTS,)) == 450
    assert await migrate(tenant_database, (NEW,), (CENTS,)) == 0
    assert await prices(tenant_database) == [number * 100 + 100 for number in range(450)]
    assert await drift(tenant_database, (NEW, MIGRATIONS)) == []
    assert await pending(tenant_database, (NEW,), (CENTS,)) == []
    record = await tenant_database.documents(MIGRATIONS).get(1)
    assert (record.changed, record.digest, record.after) == (450, CENTS.digest, "000449")
    assert record.finished <= dt.datetime.now(dt.UTC)


async def test_a_new_database_has_nothing_to_change(tenant_database):
    assert await migrate(tenant_database, (NEW,), (CENTS,)) == 0
    assert await pending(tenant_database, (NEW,), (CENTS,)) == []


async def test_what_was_cut_short_is_taken_up_and_nothing_is_done_twice(tenant_database):
    """A price that was multiplied twice would show."""
    await begin(tenant_database, 500)
    count = 0

    def dies(document):
        nonlocal count
        count += 1
        if count > 300:
            raise KeyboardInterrupt
        return {**document, "price": document["price"] * 100, "currency": "EUR"}

    dying = Migration(1, "prices in cents", "things", dies)
    await run.install_collections(tenant_database.raw, (NEW,))
    with pytest.raises(KeyboardInterrupt):
        await run._run(tenant_database, dying)
    record = await tenant_database.documents(MIGRATIONS).get(1)
    assert (record.changed, record.finished) == (200, None)
    await tenant_database.documents(MIGRATIONS).replace(record.model_copy(update={"digest": CENTS.digest}))
    assert await migrate(tenant_database, (NEW,), (CENTS,)) == 500
    assert await prices(tenant_database) == [number * 100 + 100 for number in range(500)]


KILLED = textwrap.dedent("""
    import asyncio, os, signal, sys
    from shopwright.database.cluster import open_cluster
    from shopwright.database.migrations import run
    from shopwright.database.migrations.migration import Migration

    def change(document):
        return {**document, "price": document["price"] * 100}

    run.BATCH = 50
    step = run._step
    async def counted(database, migration, session):
        after = await step(database, migration, session)
        if after.changed >= int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
        return after
    run._step = counted

    async def main():
        async with open_cluster(sys.argv[1]) as cluster:
            await run._run(cluster.tenant(sys.argv[2]), Migration(1, "times 100", "things", change))
    asyncio.run(main())
""")


async def test_a_run_that_is_killed_anywhere_leaves_whole_batches(tenant_database, mongo_uri, tmp_path):
    await begin(tenant_database, 200)
    (tmp_path / "killed.py").write_text(KILLED)
    for at in (50, 150, 1_000):
        command = [sys.executable, str(tmp_path / "killed.py"), mongo_uri, tenant_database.name, str(at)]
        ended = await asyncio.to_thread(subprocess.run, command, capture_output=True, timeout=60, check=False)
        await tenant_database.raw.client.admin.command("killAllSessions", [])  # else its transaction stays open a while
        assert ended.returncode == (-signal.SIGKILL if at < 1_000 else 0), ended.stderr
        found = await prices(tenant_database)
        done = (await tenant_database.documents(MIGRATIONS).get(1)).changed
        assert found == [(number + 1) * (100 if number < done else 1) for number in range(200)]
    assert done == 200


async def test_two_at_once_share_the_work(tenant_database, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 20)
    await begin(tenant_database, 300)
    await asyncio.gather(*(migrate(tenant_database, (NEW,), (CENTS,)) for _ in range(3)))
    assert await prices(tenant_database) == [number * 100 + 100 for number in range(300)]
    assert (await tenant_database.documents(MIGRATIONS).get(1)).changed == 300


async def test_indexes_that_no_query_needs_any_more_go_and_others_stay(tenant_database):
    await migrate(tenant_database, (OLD,))
    await tenant_database.raw.things.create_index("mine")
    await migrate(tenant_database, (NEW,), (CENTS,))
    names = [index["name"] async for index in await tenant_database.raw.things.list_indexes()]
    assert names == ["_id_", "mine_1", "currency_1_price_1"]


async def test_what_would_break_the_schema_is_refused_and_changes_nothing(tenant_database):
    await begin(tenant_database, 3)
    wrong = Migration(1, "wrong", "things", lambda document: {**document, "currency": 5})
    with pytest.raises(DocumentRefused, match=r"currency: is not of type string"):
        await migrate(tenant_database, (NEW,), (wrong,))
    assert await prices(tenant_database) == [1, 2, 3]


async def test_a_database_of_a_newer_version_is_refused(tenant_database):
    await migrate(tenant_database, (NEW,), (CENTS,))
    with pytest.raises(DatabaseError, match=r"migration 1 \(prices in cents\), which this version does not know"):
        await migrate(tenant_database, (NEW,))


async def test_an_older_version_keeps_away_from_the_schema_of_a_newer_one(tenant_database, monkeypatch):
    monkeypatch.setattr(run, "version", lambda name: "0.10.0")
    await migrate(tenant_database, (OLD, DocumentType("others", Old)))
    before = await snapshot(tenant_database)
    monkeypatch.setattr(run, "version", lambda name: "0.9.3")
    with pytest.raises(DatabaseError, match=r"made by Shopwright 0\.10\.0; this is 0\.9\.3"):
        await migrate(tenant_database, (OLD,))
    assert await snapshot(tenant_database) == before
    assert await migrate(tenant_database, (OLD, DocumentType("others", Old))) == 0  # the same schema is no matter
    monkeypatch.setattr(run, "version", lambda name: "0.10.1")
    await migrate(tenant_database, (OLD,))
    assert (await tenant_database.documents(MIGRATIONS).get(SCHEMA)).by == "0.10.1"


async def snapshot(database):
    return [await kind.find().to_list(None) for kind in (database.raw.things, database.raw.migrations)]


async def test_it_keeps_away_from_one_that_a_newer_version_has_begun_and_that_one_goes_on(tenant_database, monkeypatch):
    async def dies(*_):
        raise KeyboardInterrupt

    await migrate(tenant_database, (OLD,))
    with monkeypatch.context() as broken:
        broken.setattr(run, "version", lambda name: "9.0")
        broken.setattr(run, "install_indexes", dies)
        with pytest.raises(KeyboardInterrupt):
            await migrate(tenant_database, (NEW,), (CENTS,))
    with pytest.raises(DatabaseError, match="migration 1"):
        await migrate(tenant_database, (OLD,))
    with pytest.raises(DatabaseError, match=r"made by Shopwright 9\.0"):
        await migrate(tenant_database, (OLD,), (CENTS,))
    monkeypatch.setattr(run, "version", lambda name: "9.0")
    await migrate(tenant_database, (NEW,), (CENTS,))
    names = [index["name"] async for index in await tenant_database.raw.things.list_indexes()]
    assert names == ["_id_", "currency_1_price_1"]  # that of the old form went, though its run was cut short


async def test_a_record_in_a_form_of_later_is_of_a_newer_version(tenant_database):
    await migrate(tenant_database, (OLD,))
    changed = {"$set": {"invented_later": 1}}
    await tenant_database.raw.migrations.update_one({"_id": SCHEMA}, changed, bypass_document_validation=True)
    with pytest.raises(DatabaseError, match="made by a newer version"):
        await migrate(tenant_database, (OLD,))


@pytest.mark.parametrize(
    ("text", "release"), [("0.1.0", (0, 1, 0)), ("1.2rc1", (1, 2)), ("2.0.dev3", (2, 0)), ("", ()), ("x", ())]
)
def test_numbers_of_a_version(text, release):
    assert run._release(text) == release


async def test_a_migration_that_was_edited_later_is_refused(tenant_database):
    await migrate(tenant_database, (NEW,), (CENTS,))
    edited = Migration(1, "prices in cents", "things", lambda document: document)
    with pytest.raises(DatabaseError, match=r"Migration 1 \(prices in cents\) was changed after"):
        await migrate(tenant_database, (NEW,), (edited,))


async def test_a_new_schema_alone_is_installed_too(tenant_database):
    await migrate(tenant_database, (OLD,))
    before = await tenant_database.documents(MIGRATIONS).get(SCHEMA)
    await migrate(tenant_database, (OLD, DocumentType("others", Old)))
    after = await tenant_database.documents(MIGRATIONS).get(SCHEMA)
    assert before.digest != after.digest
    assert isinstance(after, MigrationRecord)
    assert before.name == after.name == "schema"
