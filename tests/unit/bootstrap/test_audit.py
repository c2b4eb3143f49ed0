import datetime as dt
import hashlib
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.unit.audit.repository.trails import event

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.audit.signed_head import Lost
from shopwright.bootstrap.audit import HEADS, TRAIL, HeadPlace, TenantAudit, head_place, open_audit, publish_all
from shopwright.bootstrap.audit import publish_quietly as quietly
from shopwright.bootstrap.cells import Cells
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import open_tenant
from shopwright.database.slots import Slots
from shopwright.errors import AuditLogError, DatabaseError, StorageError
from shopwright.settings import AuditSettings, DatabaseSettings, Secret, read_aws, read_settings
from shopwright.storage.objects.folder import FolderObjects

AT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def place(tmp_path):
    return HeadPlace(FolderObjects(tmp_path / "heads"), tmp_path / "key.pem", None, HOUR)


@pytest.fixture
async def audit(tenant_database, place):
    """A trail of five events."""
    trail = AuditTrail(tenant_database)
    for number in range(5):
        await trail.record(event(number))
    return TenantAudit(trail, place)


async def cut(audit, after):
    await audit.trail.database.raw["audit"].delete_many({"_id": {"$gt": after}})
    return TenantAudit(AuditTrail(fresh(audit.trail.database)), audit.place)


def fresh(database):
    """As another process sees it."""
    return replace(database, slots=Slots(8))


async def test_without_a_head_the_end_could_be_cut_off_unseen(audit):
    found = await audit.verify()
    assert (found.events, found.faults, found.head, found.unpublished) == (5, (), None, 5)
    await audit.publish(AT)
    found = await audit.verify()
    assert (found.faults, found.head.last, found.unpublished) == ((), await audit.trail.end(), 0)
    found = await (await cut(audit, 3)).verify()
    assert [str(fault) for fault in found.faults] == [
        "head of 2026-11-23T12:00:00.000Z: the trail had 5 events; it ends with event 3 now."
    ]


async def test_a_head_is_published_when_one_is_due(audit):
    assert (await audit.publish_due(AT)).last.sequence == 5
    await audit.trail.record(event(5))
    assert await audit.publish_due(AT + HOUR / 2) is None
    assert (await audit.publish_due(AT + HOUR)).last.sequence == 6
    assert await audit.publish_due(AT + 3 * HOUR) is None  # nothing has come after it
    assert len(audit.heads.listed()) == 2


async def test_an_empty_trail_has_no_head(tenant_database, place):
    audit = TenantAudit(AuditTrail(tenant_database), place)
    assert await audit.publish_due(AT) is None
    assert (await audit.verify()).faults == ()


async def test_of_a_trail_that_was_cut_or_written_anew_no_head_is_published(audit):
    await audit.publish(AT)
    audit = await cut(audit, 3)
    with pytest.raises(AuditLogError, match="event 5, of which a head was published, is not in the trail any more"):
        await audit.publish(AT + HOUR)
    for number in range(9):
        await audit.trail.record(event(number, actor="evil"))
    with pytest.raises(AuditLogError, match=r"event 5, .* after a restore, shopwright audit-log head --lost"):
        await audit.publish(AT + HOUR)


async def test_what_a_restore_could_not_bring_back_is_given_up_in_the_open(audit):
    await audit.publish(AT - HOUR)
    for number in range(5, 8):
        await audit.trail.record(event(number))
    await audit.publish(AT)
    audit = await cut(audit, 6)
    head = await audit.publish(AT + HOUR, give_up=True)
    assert (head.lost, head.last.sequence) == (Lost(6, 8), 7)
    found = await audit.verify()
    assert (found.faults, [lost.last.sequence for lost in found.lost], found.unpublished) == ((), [8], 0)
    told = await audit.trail.search(Wanted(action="audit.lose"), 1)
    assert (told.events[0]["log.first"], told.events[0]["log.last"]) == (6, 8)
    for number in range(5):
        await audit.trail.record(event(number))
    await audit.publish(AT + 2 * HOUR)
    assert (await audit.verify()).faults == ()


async def test_if_everything_was_lost(audit):
    await audit.publish(AT)
    audit = await cut(audit, 0)
    assert (await audit.publish(AT + HOUR, give_up=True)).lost == Lost(1, 5)
    assert (await audit.verify()).faults == ()


async def test_an_export_can_be_checked_by_anybody(audit, tmp_path):
    await audit.publish(AT)
    done = await audit.export(tmp_path / "out", "mara")
    assert (done.events, done.heads) == (6, 1)
    head = json.loads((tmp_path / "out" / HEADS).read_text())
    previous = "0" * 64
    for line in (tmp_path / "out" / TRAIL).read_text().splitlines():
        record = json.loads(line)
        stated = record.pop("event.hash")
        text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert record["chain.previous"] == previous
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert previous == stated
        if record["event.sequence"] == head["sequence"]:
            assert head["hash"] == stated
    assert (record["event.action"], record["user.id"]) == ("audit.export", "mara")


async def test_a_place_that_does_not_answer_does_not_undo_what_was_done(audit, tmp_path):
    (tmp_path / "file").write_text("no folder")
    broken = replace(audit.place, objects=FolderObjects(tmp_path / "file"))
    with pytest.raises(StorageError):
        await TenantAudit(audit.trail, broken).publish_due(AT)
    await quietly(audit.trail, broken)
    await quietly(audit.trail, audit.place)
    assert len(audit.heads.listed()) == 1


@pytest.fixture
async def deployment(mongo_uri, tmp_path):
    """Settings, and the name of a tenant with one event."""
    settings, tenant = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo"), f"a-{uuid4().hex[:20]}"
    async with open_tenant(settings, tenant) as database:
        await AuditTrail(database).record(event(1))
    yield settings, tenant
    async with open_platform(settings) as platform:
        await platform.cluster.client.drop_database(f"t_{tenant}")


async def test_of_a_tenant_that_is_there(deployment, place, tmp_path):
    settings, tenant = deployment
    async with open_audit(settings, place, tenant, tmp_path / "audit") as audit:
        assert (await audit.verify()).events == 1
    async with open_audit(settings, place, "control", tmp_path / "audit") as audit:
        assert audit.trail.database.name == "control"
    with pytest.raises(DatabaseError):
        async with open_audit(settings, place, "nobody-there", tmp_path / "audit"):
            pass


async def test_the_heads_of_all(deployment, place, tmp_path, monkeypatch):
    """One whose trail was cut off stops nobody else's."""
    settings, tenant = deployment

    async def ours(cells):
        """All there are, but for what other tests have in this server."""
        yield cells.main, tenant

    monkeypatch.setattr(Cells, "everyone", ours)
    log = tmp_path / "audit"
    published, failed = await publish_all(settings, place, log, AT)
    assert published >= 1
    assert failed == []
    async with open_audit(settings, place, tenant, log) as audit:
        [name] = audit.heads.listed()
    (tmp_path / "heads" / name).unlink()
    assert (await publish_all(settings, place, log, AT + HOUR)) == (1, [])
    assert (await publish_all(settings, place, log, AT + HOUR)) == (0, [])


def test_the_place_the_settings_name(tmp_path):
    settings = read_settings({"SHOPWRIGHT_STATE": str(tmp_path), "HOME": str(tmp_path)})
    place = head_place(settings, AuditSettings(str(tmp_path / "heads"), HOUR), read_aws({}))
    assert (place.objects.name, place.key, place.every) == (
        str(tmp_path / "heads"),
        tmp_path / "release-key.pem",
        HOUR,
    )
