import pytest
from tests.security.confined import EDITIONS, theme_of

from shopwright.errors import AuditLogError, RenderLimitHit, ThemeError
from shopwright.template_engine.confinement import journal as journal_module
from shopwright.template_engine.confinement.journal import Journal
from shopwright.template_engine.confinement.messages import Failed, Rendered, Setup

SETUP = Setup.of(theme_of(page=""), EDITIONS)
PAGE = Rendered("<p>", 10, 1.25, 3)


def told(record):
    return record.action, record.outcome, record.reason, record.tenant


def test_pages_share_a_record():
    journal = Journal(SETUP, "acme")
    assert journal.batch() is None
    assert [journal.rendered(PAGE), journal.rendered(PAGE)] == [None, None]
    record = journal.batch()
    assert told(record) == ("template.render", "success", "", "acme")
    assert {name: value for name, value in record.fields.items() if name.startswith("render")} == {
        "render.pages": 2,
        "render.fuel": 20,
        "render.cpu_ms": 2.5,
        "render.bytes": 6,
    }
    assert record.fields["theme.name"] == "mine"
    assert {"policy.version", "engine.version", "file.hash.sha256"} <= record.fields.keys()
    assert journal.batch() is None


def test_a_full_batch_is_a_record(monkeypatch):
    monkeypatch.setattr(journal_module, "BATCH", 2)
    journal = Journal(SETUP, "")
    assert journal.rendered(PAGE) is None
    assert journal.rendered(PAGE).fields["render.pages"] == 2


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (Failed(ThemeError("x"), spent=False), ("template.render", "failure", "error", "acme")),
        (Failed(RenderLimitHit("x"), spent=False), ("template.limit", "failure", "metering", "acme")),
        (Failed(RenderLimitHit("x"), spent=True), ("template.limit", "failure", "memory", "acme")),
    ],
)
def test_a_failure_is_a_record(page, expected):
    record = Journal(SETUP, "acme").failed("page.html", page)
    assert told(record) == expected
    assert record.fields["template.name"] == "page.html"
    assert "template.name" not in Journal(SETUP, "acme").failed("what somebody asked for", page).fields


def test_a_kill_is_a_record():
    journal = Journal(SETUP, "acme")
    record = journal.killed("page.html", 12, "time", -9)
    assert told(record) == ("template.kill", "failure", "time", "acme")
    assert (record.fields["worker.pid"], record.fields["process.signal"]) == (12, "SIGKILL")
    assert journal.killed("page.html", 12, "died", 70).fields["process.exit_code"] == 70
    assert not {"process.exit_code", "process.signal"} & journal.killed("page.html", 12, "died", None).fields.keys()


def test_a_tenant_no_record_can_name_is_refused_at_once():
    with pytest.raises(AuditLogError):
        Journal(SETUP, "no name\n")
