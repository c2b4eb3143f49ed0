import json
import sys

import pytest
from click.testing import CliRunner

from shopwright.audit.log_file import AuditLog, segment_file
from shopwright.audit.record import Record
from shopwright.cli.audit_log import audit_log
from shopwright.cli.main import main
from shopwright.cli.recording import log_folder
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
    return CliRunner().invoke(audit_log, words)


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


def test_a_whole_log_is_verified(log):
    result = run("--verify")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = result.stdout.splitlines()
    assert first == "30 records, whole and in order, signed to the end."
    noted = second.removeprefix("To find out later that it is still this log, note: ")
    assert noted.startswith("30:")
    AuditLog(log).append(Record("template.check"))
    assert run("--verify", "--noted", noted).exit_code == 0


def test_a_changed_log_is_told_line_by_line(log):
    segment = segment_file(log, 1)
    segment.write_bytes(segment.read_bytes().replace(b'"render.pages":7', b'"render.pages":9'))
    result = run("--verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "000000000001.jsonl, line 8: the record has been changed.",
        "000000000001.jsonl, line 9: record 9 does not follow record 7.",
        f"{log_folder()}: the log is not what was written.",
    ]


def test_verification_as_json(log):
    told = json.loads(run("--verify", "--json").stdout)
    assert (told["records"], told["last"]["sequence"], told["faults"]) == (30, 30, [])
    (log / "head.json").unlink()
    result = run("--verify", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["faults"] == [
        {"file": "head.json", "line": 0, "what": "the file cannot be read: No such file or directory."}
    ]


def test_a_noted_record_that_is_not_there(log):
    result = run("--verify", "--noted", f"7:{HASH}")
    assert result.exit_code == 1
    assert "record 7 with the noted hash is not in it." in result.stderr


def test_a_record_made_by_hand_says_nothing_to_the_terminal(folder):
    log = AuditLog(folder)
    record = Record("template.check")
    object.__setattr__(record, "user", "\x1b[2J\x07mara")
    log.append(record)
    assert "�[2J�mara" in run().stdout


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ((), 1, "there is no audit log yet. A build or shopwright theme check begins it."),
        (("--verify",), 1, "there is no audit log yet."),
        (("--verify", "--noted", "7"), 1, "--noted: '7' is no number and hash. Give what --verify printed."),
        (("--noted", f"7:{HASH}"), 2, "--noted needs --verify."),
        (("--tail", "0"), 2, "Invalid value for '--tail'"),
    ],
)
def test_what_cannot_be_done(folder, monkeypatch, capsys, words, status, message):
    monkeypatch.setattr(sys, "argv", ["shopwright", "audit-log", *words])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == status
    assert message in capsys.readouterr().err
    assert not folder.exists()
