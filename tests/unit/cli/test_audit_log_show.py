import json
import sys

import pytest
from click.testing import CliRunner

from shopwright.audit.log_file import AuditLog
from shopwright.audit.record import Record
from shopwright.cli.main import main, shopwright
from shopwright.settings import current_settings

HASH = "ab" * 32


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path))
    current_settings.cache_clear()
    yield tmp_path / "audit"
    current_settings.cache_clear()


@pytest.fixture
def log(folder):
    """Thirty records."""
    kept = AuditLog(folder)
    for number in range(29):
        kept.append(Record("template.render", user="mara", fields={"render.pages": number}))
    fields = {"theme.name": "mine", "file.hash.sha256": HASH, "rule.name": "call", "template.name": "parts/_a.html"}
    kept.append(Record("template.refuse", "failure", "call", fields=fields))
    return folder


def run(*words):
    return CliRunner().invoke(shopwright, ["audit-log", "show", *words])


def test_the_last_records_are_shown(log):
    lines = run().stdout.splitlines()
    assert len([line for line in lines if not line.startswith(" ")]) == 20
    assert lines[0].startswith("11      20")
    assert lines[0].endswith("template.render    success  mara")
    assert lines[1] == "        render.pages=10"
    number, day, time, action, outcome = lines[-3].split()
    assert (number, len(day), len(time), action, outcome) == ("30", 10, 8, "template.refuse", "failure")
    assert " ".join(line.strip() for line in lines[-2:]).split() == [
        *("event.reason=call", "file.hash.sha256=abababababab", "rule.name=call"),
        *("template.name=parts/_a.html", "theme.name=mine"),
    ]


def test_as_many_as_asked_for_as_json_with_every_hash(log):
    lines = run("--tail", "3", "--json").stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["event.sequence"] for entry in entries] == [28, 29, 30]
    assert entries[-1]["file.hash.sha256"] == HASH
    assert len(entries[-1]["event.hash"]) == 64


def test_a_record_without_anything_more_takes_one_line(folder):
    AuditLog(folder).append(Record("template.check"))
    assert len(run().stdout.splitlines()) == 1


def test_a_record_made_by_hand_says_nothing_to_the_terminal(folder):
    log = AuditLog(folder)
    record = Record("template.check")
    object.__setattr__(record, "user", "\x1b[2J\x07mara")
    log.append(record)
    assert "�[2J�mara" in run().stdout


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("show",), 1, "there is no audit log yet. A build or shopwright theme check begins it."),
        (("show", "--tail", "0"), 2, "Invalid value for '--tail'"),
        (("verify",), 1, "there is no audit log yet."),
        (("verify", "--noted", "7"), 1, "--noted: '7' is no number and hash. Give what was printed."),
    ],
)
def test_what_cannot_be_done(folder, monkeypatch, capsys, words, status, message):
    monkeypatch.setattr(sys, "argv", ["shopwright", "audit-log", *words])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == status
    assert message in capsys.readouterr().err
    assert not folder.exists()
