"""``shopwright audit-log`` and its commands on a tenant's trail, on a real server.

They are ``shopwright.cli.audit_log_export``, ``shopwright.cli.audit_log_head``,
``shopwright.cli.audit_log_search``, ``shopwright.cli.audit_log_show``, ``shopwright.cli.audit_log_verify``.
"""

import asyncio
import json
import re
from uuid import uuid4

import pytest
from click.testing import CliRunner
from tests.unit.audit.repository.trails import event

from shopwright import settings
from shopwright.audit.log_file import AuditLog, segment_file
from shopwright.audit.record import Record
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import open_tenant
from shopwright.cli import audit_log_head
from shopwright.cli.main import shopwright
from shopwright.cli.recording import log_folder
from shopwright.errors import AuditLogError, SettingsError

HASH = "ab" * 32
READERS = (settings.current_settings, settings.current_audit_settings, settings.current_database_settings)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path))
    for read in READERS:
        read.cache_clear()
    yield tmp_path / "audit"
    for read in READERS:
        read.cache_clear()


@pytest.fixture
def log(folder):
    """Thirty records."""
    kept = AuditLog(folder)
    for number in range(30):
        kept.append(Record("template.render", user="mara", fields={"render.pages": number}))
    return folder


@pytest.fixture
def tenant(mongo_uri, monkeypatch):
    """A tenant with three events."""
    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    name = f"a-{uuid4().hex[:20]}"

    async def fill(database):
        for number in range(3):
            await AuditTrail(database).record(event(number, actor=f"u{number % 2}"))

    within(name, fill)
    yield name

    async def drop():
        async with open_platform(settings.current_database_settings()) as platform:
            await platform.cluster.client.drop_database(f"t_{name}")

    asyncio.run(drop())


def within(name, work):
    async def run():
        async with open_tenant(settings.current_database_settings(), name) as database:
            return await work(database)

    return asyncio.run(run())


def cut(name, after):
    async def run():
        async with open_platform(settings.current_database_settings()) as platform:
            await platform.cluster.client[f"t_{name}"]["audit"].delete_many({"_id": {"$gt": after}})

    asyncio.run(run())


def run(*words):
    return CliRunner().invoke(shopwright, ["audit-log", *words])


def test_a_whole_log_is_verified(log):
    result = run("verify")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = result.stdout.splitlines()
    assert first == "30 records, whole and in order, signed to the end."
    noted = second.removeprefix("To find out later that it is still this log, note: ")
    assert noted.startswith("30:")
    AuditLog(log).append(Record("template.check"))
    assert run("verify", "--noted", noted).exit_code == 0


def test_a_changed_log_is_told_line_by_line(log):
    segment = segment_file(log, 1)
    segment.write_bytes(segment.read_bytes().replace(b'"render.pages":7', b'"render.pages":9'))
    result = run("verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "000000000001.jsonl, line 8: the record has been changed.",
        "000000000001.jsonl, line 9: record 9 does not follow record 7.",
        f"{log_folder()}: the log is not what was written.",
    ]


def test_verification_as_json(log):
    told = json.loads(run("verify", "--json").stdout)
    assert (told["records"], told["last"]["sequence"], told["faults"]) == (30, 30, [])
    (log / "head.json").unlink()
    result = run("verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"] == [
        {"file": "head.json", "line": 0, "what": "the file cannot be read: No such file or directory."}
    ]


def test_a_noted_record_that_is_not_there(log):
    result = run("verify", "--noted", f"7:{HASH}")
    assert result.exit_code == 1
    assert "record 7 with the noted hash is not in it." in result.stderr


def test_a_trail_is_searched_in_pages(tenant):
    done = run("search", "--tenant", tenant, "--actor", "u0", "--limit", "1", "--json")
    assert done.exit_code == 0, done.output
    first, more = map(json.loads, done.stdout.splitlines())
    assert (first["event.sequence"], first["user.id"], first["organization.id"]) == (3, "u0", tenant)
    again = run("search", "--tenant", tenant, "--actor", "u0", "--after", more["after"])
    head, rest = again.stdout.splitlines()
    assert head == "1       2026-11-23 09:00:00  catalog.edit       success  u0"
    assert rest.split() == ["count=0", "target.id=store/luna"]
    assert run("search", "--tenant", tenant, "--since", "2026-11-24").stdout == ""
    assert "There may be more: --after " in run("search", "--tenant", tenant, "--limit", "3").stdout


def test_what_no_search_is(tenant):
    assert isinstance(run("search", "--tenant", tenant, "--action", "burn").exception, AuditLogError)
    assert run("search", "--tenant", tenant, "--since", "yesterday").exit_code == 2


def test_a_trail_is_verified_with_its_heads(tenant, tmp_path):
    done = run("verify", "--tenant", tenant)
    assert done.stdout.splitlines()[:2] == [
        "3 events, whole and in order.",
        "No head was published yet: if the newest events were cut off, it would not be seen.",
    ]
    assert run("head", "--tenant", tenant).exit_code == 0
    assert len(list((tmp_path / "heads" / tenant).iterdir())) == 1
    done = run("verify", "--tenant", tenant)
    assert "; 0 events came after it." in done.stdout
    noted = done.stdout.splitlines()[-1].removeprefix("To find out later that it is still this trail, note: ")
    assert run("verify", "--tenant", tenant, "--noted", noted).exit_code == 0
    cut(tenant, 2)
    done = run("verify", "--tenant", tenant)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "the trail had 3 events; it ends with event 2 now." in done.stderr
    told = json.loads(run("verify", "--tenant", tenant, "--json").stdout)
    assert (told["events"], told["head"]["sequence"], len(told["faults"])) == (2, 3, 1)
    assert isinstance(run("head", "--tenant", tenant).exception, AuditLogError)
    assert run("head", "--tenant", tenant, "--lost", "--json").exit_code == 0
    done = run("verify", "--tenant", tenant)
    assert done.exit_code == 0
    assert done.stdout.startswith("given up as lost: event 3, of which a head was published ")


def test_a_trail_is_exported(tenant, tmp_path):
    done = run("export", "--tenant", tenant, "--out", str(tmp_path / "out"), "--json")
    assert json.loads(done.stdout) == {"events": 4, "heads": 0}
    assert len((tmp_path / "out/audit.jsonl").read_text().splitlines()) == 4


def test_heads_at_an_interval(tenant, tmp_path, monkeypatch):
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(audit_log_head.time, "sleep", sleep)
    done = run("head", "--every", "5m")
    assert (done.exit_code, pauses) == (0, [300, 300])
    first, second = done.stdout.splitlines()
    assert re.search(r"UTC: [1-9]\d* heads? published$", first)  # others on this server may have some due, too
    assert second.endswith("UTC: 0 heads published")
    assert len(list((tmp_path / "heads" / tenant).iterdir())) == 1


def test_an_interval_goes_on_when_one_trail_was_cut(tenant, capsys):
    run("head", "--tenant", tenant)
    cut(tenant, 1)
    audit_log_head.publish_now()
    told = capsys.readouterr()
    assert f"UTC: {tenant}: event 3, of which a head was published, is not in the trail" in told.err
    assert re.search(r"UTC: \d+ heads? published$", told.out.strip())


def test_what_no_interval_is():
    assert run("head", "--every", "often").exit_code == 2
    assert isinstance(run("head", "--every", "5m", "--lost").exception, SettingsError)
