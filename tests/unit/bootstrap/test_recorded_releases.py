import asyncio
import hashlib

import pytest
from click.testing import CliRunner
from pymongo import MongoClient
from tests.unit.catalog.repository.stored import store_luna

from shopwright import settings
from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.tenant import open_tenant
from shopwright.cli.main import shopwright
from shopwright.cli.recorded import recording
from shopwright.errors import SettingsError, StorageError
from shopwright.generation.documents import RELEASES
from shopwright.generation.manifest import NAME, Entry, manifest_bytes


@pytest.fixture
def tenant(mongo_uri, monkeypatch, tmp_path):
    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    for read in (settings.current_database_settings, settings.current_settings):
        read.cache_clear()
    name = f"live-{tmp_path.name.replace('_', '-')[:30]}"
    in_tenant(name, store_luna)
    yield name
    with MongoClient(mongo_uri) as operator:
        operator.drop_database(f"t_{name}")
    for read in (settings.current_database_settings, settings.current_settings):
        read.cache_clear()


def in_tenant(name, work):
    async def run():
        async with open_tenant(settings.current_database_settings(), name) as database:
            return await work(database)

    return asyncio.run(run())


def site(folder, text):
    """A folder as a build leaves it."""
    (folder / NAME).parent.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    (folder / NAME).write_bytes(manifest_bytes([Entry("index.html", sha256, len(text))]))
    return str(folder)


def run(*arguments):
    return CliRunner().invoke(shopwright, arguments, catch_exceptions=False)


def publish(folder, text, target, *more):
    done = run("publish", site(folder, text), "--unaudited", "--to", str(target), *more)
    assert done.exit_code == 0, done.output


def live(tenant):
    return asyncio.run(recording(tenant, "luna").live())


def test_what_is_published_and_rolled_back_is_recorded(tenant, tmp_path):
    named = ("--tenant", tenant, "--store", "luna")
    publish(tmp_path / "site", "<h1>one</h1>", tmp_path / "target", *named, "--revision", "1")
    first = live(tenant)
    publish(tmp_path / "site", "<h1>two</h1>", tmp_path / "target", *named)
    second = live(tenant)
    assert (second.before, second.sequence) == ((first.release,), 2)
    assert run("rollback", "--to", str(tmp_path / "target"), *named).exit_code == 0
    assert live(tenant).release == first.release

    async def recorded(database):
        return await database.documents(RELEASES).get(f"luna/{first.release}")

    kept = in_tenant(tenant, recorded)
    assert (kept.revision, kept.files, kept.bytes) == (1, 1, len("<h1>one</h1>"))
    assert (
        kept.manifest
        == hashlib.sha256(
            manifest_bytes([Entry("index.html", hashlib.sha256(b"<h1>one</h1>").hexdigest(), 12)])
        ).hexdigest()
    )


def test_without_a_store_the_database_is_not_asked(tenant, tmp_path):
    publish(tmp_path / "site", "<h1>one</h1>", tmp_path / "target")
    assert live(tenant) is None


def test_nothing_is_sent_for_a_store_that_is_not_there(tenant, tmp_path):
    with pytest.raises(SettingsError, match=f"--store: {tenant} has no store 'mars' in the database"):
        publish(tmp_path / "site", "<h1>one</h1>", tmp_path / "target", "--tenant", tenant, "--store", "mars")
    assert not (tmp_path / "target").exists()


def test_what_fails_is_told(tenant):
    def fails():
        raise StorageError("the target is full")

    for attempt in (recording(tenant, "luna").publish(None, None, fails), recording(tenant, "luna").roll_back(fails)):
        with pytest.raises(StorageError):
            asyncio.run(attempt)

    async def told(database):
        return (await AuditTrail(database).search(Wanted(action="release"), 10)).events

    found = in_tenant(tenant, told)
    assert sorted((each["event.action"], each["event.outcome"], each["event.reason"]) for each in found) == [
        ("release.publish", "failure", "storage-error"),
        ("release.rollback", "failure", "storage-error"),
    ]
