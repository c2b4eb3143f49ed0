import asyncio
from dataclasses import replace

import pytest

from shopwright.audit.log_file import AuditLog, segment_file
from shopwright.audit.record import Record
from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap import joined_log
from shopwright.bootstrap.joined_log import join_log


@pytest.fixture
def trail(tenant_database):
    return AuditTrail(replace(tenant_database, name="acme"))


@pytest.fixture
def log(tmp_path):
    log = AuditLog(tmp_path / "audit", segment_bytes=1_000)
    for number in range(7):
        fields = {"theme.name": "mine", "render.pages": number, "source.ip": "203.0.113.7"}
        log.append(Record("template.render", tenant="acme", user="ann@corp", fields=fields))
        log.append(Record("template.render", tenant="other"))
    log.append(Record("template.check", "failure"))
    return log


async def told(trail):
    found = await trail.search(Wanted(action="template"), 100)
    return [(one["log.sequence"], one.get("render.pages")) for one in reversed(found.events)]


async def test_what_is_the_tenants_is_joined_once(trail, log, tmp_path):
    folder = tmp_path / "audit"
    assert await join_log(trail, folder) == 7
    assert await join_log(trail, folder) == 0
    assert await told(trail) == [(1 + 2 * number, number) for number in range(7)]
    log.append(Record("template.upload", tenant="acme"))
    assert await join_log(trail, folder) == 1
    newest = (await trail.search(Wanted(action="template.upload"), 1)).events[0]
    assert newest["log.sequence"] == 16
    event = (await trail.search(Wanted(target="theme/mine"), 1)).events[0]
    assert (event["user.id"], event["event.action"]) == ("ann-corp", "template.render")
    assert "source.ip" not in event
    assert (await trail.verify()).faults == ()


async def test_two_at_once_join_it_once(trail, log, tmp_path, monkeypatch):
    monkeypatch.setattr(joined_log, "BATCH", 2)
    done = await asyncio.gather(*(join_log(trail, tmp_path / "audit") for _ in range(3)))
    assert sum(done) == 7
    assert len(await told(trail)) == 7


async def test_who_has_not_thought_about_tenants_gets_what_is_of_none(tenant_database, log, tmp_path):
    trail = AuditTrail(replace(tenant_database, name="local"))
    assert await join_log(trail, tmp_path / "audit") == 1
    assert await told(trail) == [(15, None)]


async def test_where_there_is_no_log(trail, tmp_path):
    assert await join_log(trail, tmp_path / "audit") == 0


async def test_a_changed_entry_is_left_out(trail, log, tmp_path):
    segment = segment_file(tmp_path / "audit", 1)
    segment.write_bytes(segment.read_bytes().replace(b'"render.pages":1,', b'"render.pages":9,'))
    assert await join_log(trail, tmp_path / "audit") == 6
