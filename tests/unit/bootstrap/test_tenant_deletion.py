"""Everything of a tenant is removed, and the report says what was found everywhere."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from tests.unit.bootstrap.lives import Killed, deadly, with_store

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.tenant_deletion import Deletion, Reach
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.bootstrap.tenant_places import Files, SavedCopies
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.vault import Vault
from shopwright.errors import DatabaseError, SettingsError, TenantError
from shopwright.multi_tenant.deletion_report import read_report
from shopwright.multi_tenant.documents import TENANTS
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.signing import load_signer, load_trust

STEPS = ["key", "database", "allowances", "domains", "files", "targets", "backups", "record"]


@pytest.fixture
def deletion(life, tmp_path):
    """Of a tenant that left something everywhere."""
    vault = Vault(FolderObjects(tmp_path / "vault"), BackupKey(b"k" * 32))
    target = FolderObjects(tmp_path / "target")
    target.write("blobs/a", b"page")
    reach = Reach(life.state, tmp_path / "cache", [SavedCopies(vault, dt.timedelta(days=7))], [target], ["a shelf"])
    return Deletion(life, reach, load_signer(tmp_path / "key.pem"))


async def lived(life, deletion, handle, tmp_path):
    """A tenant with documents, pictures, a cache and a picture in the backups."""
    await life.create(Order(handle))
    await with_store(life, handle)
    cache = tmp_path / "cache" / "tenants" / handle / "pictures"
    cache.mkdir(parents=True)
    (cache / "a").write_bytes(b"a")
    deletion.reach.backups[0].vault.write(f"files/{handle}/pictures/{'a' * 64}", b"picture")


async def test_nothing_is_left_and_the_report_says_so(life, deletion, handle, tmp_path):
    await lived(life, deletion, handle, tmp_path)
    signed = await deletion.run(handle)
    found = {place.name: place.found for place in signed.report.places}
    left = {place.name for place in signed.report.places if place.found}
    assert left == {"control database", "audit log of this machine", "log of the server of the cell main"}
    assert {name.partition(" in ")[0] for name in found} == {
        *(
            "key vault",
            "master keys",
            "allowances",
            "domains",
            "database",
            "users",
            "roles",
            "log of the server of the cell main",
            "files",
        ),
        *("caches", f"target {tmp_path / 'target'}", "pictures", "snapshots", "copies of the log", "control database"),
        *("trails put aside", "audit log of this machine"),
    }
    assert signed.report.not_looked_at == ("a shelf",)
    for folder in ("state/tenants", "cache/tenants", "keys"):
        assert not (tmp_path / folder / handle).exists()
    assert not [path for path in (tmp_path / "vault").rglob("*") if handle in str(path) and path.is_file()]
    names = await life.platform.cluster.client.list_database_names()
    assert f"t_{handle}" not in names
    gone = await life.tenants.get(handle)
    assert (gone.state, gone.proof, gone.journal) == ("deleted", signed.sha256, None)


async def test_the_report_is_kept_and_can_be_checked(life, deletion, handle, tmp_path):
    await life.create(Order(handle))
    signed = await deletion.run(handle)
    kept = deletion.reach.report_file(handle).read_bytes()
    assert read_report(kept, load_trust(tmp_path / "key.pem", None), "") == signed
    assert json.loads(kept)["report"]["tenant"] == handle


async def test_nobody_enters_any_more(life, deletion, handle):
    await life.create(Order(handle))
    async with life.platform.tenants.tenant(handle) as database:
        await deletion.run(handle)
        with pytest.raises(DatabaseError):
            await database.documents(STORES).insert(StoreDocument(id="luna", revision=0, kept=0))
    with pytest.raises(DatabaseError):
        async with life.platform.tenants.tenant(handle):
            pass
    for again in (life.create(Order(handle)), deletion.run(handle), life.resume(handle)):
        with pytest.raises(TenantError):
            await again


async def test_killed_at_every_step_the_next_call_goes_on(life, deletion, handle, monkeypatch):
    """Before each step was done, and after it was done but not noted."""
    await life.create(Order(handle))
    for step in STEPS:
        for after in (False, True):
            with monkeypatch.context() as patched:
                patched.setattr(Deletion, "steps", deadly(Deletion.steps, step, after=after))
                with pytest.raises(Killed):
                    await deletion.run(handle)
            half = await life.tenants.get(handle)
            assert (half.state, [done.name for done in half.journal.done]) == ("deleting", STEPS[: STEPS.index(step)])
    assert (await deletion.run(handle)).report.remaining == []
    assert (await life.tenants.get(handle)).state == "deleted"


async def test_what_is_left_keeps_it_half_deleted(life, deletion, handle, tmp_path, monkeypatch):
    await life.create(Order(handle))
    folder = life.state / "tenants" / handle
    with monkeypatch.context() as patched:
        patched.setattr(Files, "remove", lambda _: None)
        folder.mkdir(parents=True)
        with pytest.raises(TenantError, match=rf"something of it is left: files in {folder} \(1\)"):
            await deletion.run(handle)
    assert (await life.tenants.get(handle)).state == "deleting"
    assert (await life.tenants.get(handle)).journal.done == ()
    assert (await deletion.run(handle)).report.remaining == []


async def test_a_half_made_one_is_taken_back(life, deletion, handle, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(TenantLife, "creation_steps", deadly(TenantLife.creation_steps, "database"))
        with pytest.raises(Killed):
            await life.create(Order(handle))
    assert (await deletion.run(handle)).report.remaining == []
    assert not await life.platform.keys.exists(handle)


async def test_there_was_never_such_a_tenant(deletion):
    with pytest.raises(TenantError, match="there is no such tenant"):
        await deletion.run("nobody-at-all")


async def test_what_lives_where_nobody_looks_is_not_deleted(life, deletion, handle):
    """Its cell was taken out of the settings: a report that says nothing of it would be no proof."""
    await life.create(Order(handle))
    documents = life.platform.cluster.control.documents(TENANTS)
    for changes in ({"cell": "gone"}, {"cell": "main"}):
        await documents.update(handle, changes)
        if changes["cell"] == "gone":
            with pytest.raises(SettingsError, match="No cell is called 'gone'"):
                await deletion.run(handle)
            assert (await life.tenants.get(handle)).state == "active"
    assert (await deletion.run(handle)).report.remaining == []


async def test_a_trail_that_was_put_aside_goes_and_heads_are_named(life, deletion, handle, tmp_path):
    await life.create(Order(handle))
    trails = life.state / "trails"
    trails.mkdir(parents=True)
    for name in (f"{handle}.jsonl", f"{handle}.other", f"{handle}x.jsonl"):
        (trails / name).write_text("{}")
    heads = FolderObjects(tmp_path / "heads")
    heads.write(f"{handle}/20261123T090000000Z-000000000000001.json", b"{}")
    signed = await replace(deletion, reach=replace(deletion.reach, heads=heads)).run(handle)
    assert [path.name for path in trails.iterdir()] == [f"{handle}x.jsonl"]
    (named,) = [place for place in signed.report.places if place.name.startswith("heads in")]
    assert (named.found, named.is_clean) == (1, True)


async def test_a_deletion_that_fails_is_told_in_the_platforms_trail(life, deletion, handle):
    with pytest.raises(TenantError):
        await deletion.run(handle)
    wanted = Wanted(target=f"tenant/{handle}")
    (event,) = (await AuditTrail(life.platform.control).search(wanted, 10)).events
    assert (event["event.action"], event["event.outcome"], event["user.id"]) == ("tenant.delete", "failure", "ann")
    assert event["event.reason"] == "tenant-error"
