import errno
import json
import os
import stat
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.audit import log_file as module
from shopwright.audit.log_file import AuditLog, segment_file, segment_files
from shopwright.audit.record import Record
from shopwright.audit.verification import last_entries, verify_log
from shopwright.errors import AuditLogError

RECORD = Record("template.check")


def entries(folder):
    return [json.loads(line) for file in segment_files(folder) for line in file.read_bytes().splitlines()]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state" / "audit"


def filled(folder, count=3, segment_bytes=module.SEGMENT_BYTES):
    log = AuditLog(folder, segment_bytes)
    for number in range(count):
        log.append(Record("template.render", fields={"render.pages": number}))
    return log


def test_a_new_log_is_its_owners_alone(folder):
    AuditLog(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["head.json", "key", "lock"]
    assert [path.name for path in folder.parent.iterdir()] == ["audit"]
    assert verify_log(folder).faults == ()


def test_records_are_appended_in_order(folder):
    filled(folder)
    filled(folder, 2)
    assert [entry["render.pages"] for entry in entries(folder)] == [0, 1, 2, 0, 1]
    assert [entry["event.sequence"] for entry in entries(folder)] == [1, 2, 3, 4, 5]
    assert stat.S_IMODE(segment_file(folder, 1).stat().st_mode) == 0o600
    verified = verify_log(folder)
    assert (verified.records, verified.last.sequence, verified.faults) == (5, 5, ())


def test_an_empty_folder_becomes_a_log(folder):
    folder.mkdir(parents=True)
    filled(folder, 1)
    assert verify_log(folder).records == 1


def test_the_chain_goes_on_from_segment_to_segment(folder):
    filled(folder, 7, segment_bytes=700)
    names = [file.name for file in segment_files(folder)]
    assert names == ["000000000001.jsonl", "000000000004.jsonl", "000000000007.jsonl"]
    verified = verify_log(folder)
    assert (verified.records, verified.faults) == (7, ())


def test_a_record_is_on_the_disk_before_the_head_knows_it(folder, monkeypatch):
    log = filled(folder, 1)
    steps = []
    monkeypatch.setattr(module.os, "fsync", lambda _descriptor: steps.append("sync"))
    monkeypatch.setattr(module, "write_head", lambda *_rest: steps.append("head"))
    log.append(RECORD)
    assert steps == ["sync", "head"]


WRITER = """
import sys
from pathlib import Path
from shopwright.audit.log_file import AuditLog
from shopwright.audit.record import Record
log = AuditLog(Path(sys.argv[1]), 4_000)
for number in range(50):
    log.append(Record("template.render", user=sys.argv[2], fields={"render.pages": number}))
"""


def test_two_processes_at_once(folder):
    """They also both make the log."""
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), name]) for name in ("one", "other")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    verified = verify_log(folder)
    assert (verified.records, verified.faults) == (100, ())
    for name in ("one", "other"):
        assert [entry["render.pages"] for entry in entries(folder) if entry["user.id"] == name] == list(range(50))


@settings(max_examples=50)
@given(cut=st.integers(1, 250))
def test_a_torn_last_line_is_cut_off_and_nothing_else(tmp_path_factory, cut):
    """The process was killed, or the power failed, while a record was written."""
    folder = tmp_path_factory.mktemp("log") / "audit"
    log = filled(folder, 2)
    head = (folder / "head.json").read_bytes()
    segment = segment_file(folder, 1)
    before = segment.read_bytes()
    log.append(RECORD)
    line = segment.read_bytes()[len(before) :]
    torn = line[: min(cut, len(line) - 1)]
    segment.write_bytes(before + torn)
    (folder / "head.json").write_bytes(head)
    assert [fault.what for fault in verify_log(folder).faults] == ["the line is torn."]
    log.append(RECORD)
    assert segment.read_bytes().startswith(before)
    first, second, repair, last = entries(folder)
    assert (first["render.pages"], second["render.pages"], last["event.action"]) == (0, 1, "template.check")
    assert (repair["event.action"], repair["event.reason"]) == ("log.repair", "torn-line")
    assert (repair["log.bytes"], repair["log.records"]) == (len(torn), 0)
    assert verify_log(folder).faults == ()


@pytest.mark.parametrize("rotate_after", [10_000, 400])
def test_a_whole_record_the_head_does_not_know_is_kept(folder, rotate_after):
    """The process was killed between the record and the head; here even as a segment was begun."""
    log = filled(folder, 2, rotate_after)
    head = (folder / "head.json").read_bytes()
    log.append(RECORD)
    (folder / "head.json").write_bytes(head)
    assert "nothing is signed" in verify_log(folder).faults[0].what
    AuditLog(folder, rotate_after)
    repair = entries(folder)[3]
    assert (repair["event.action"], repair["event.reason"], repair["log.records"]) == (
        "log.repair", "unsigned-records", 1,
    )  # fmt: skip
    assert verify_log(folder).faults == ()


@pytest.mark.parametrize("damage", [b"{}\n", b"\n", b"x\n{}"])
def test_what_is_no_record_behind_the_head_is_not_taken_in(folder, damage):
    log = filled(folder)
    segment = segment_file(folder, 1)
    damaged = segment.read_bytes() + damage
    segment.write_bytes(damaged)
    with pytest.raises(AuditLogError, match="the line is no record"):
        log.append(RECORD)
    assert segment.read_bytes() == damaged


def test_a_record_behind_the_head_that_does_not_follow(folder):
    log = filled(folder)
    segment = segment_file(folder, 1)
    segment.write_bytes(segment.read_bytes() + segment.read_bytes())
    with pytest.raises(AuditLogError, match="does not follow"):
        log.append(RECORD)


@pytest.mark.parametrize("keep", [0, 1, 2])
def test_a_log_whose_end_is_missing_is_not_written_to(folder, keep):
    log = filled(folder)
    segment = segment_file(folder, 1)
    lines = segment.read_bytes().splitlines(keepends=True)
    segment.write_bytes(b"".join(lines[:keep]))
    with pytest.raises(AuditLogError) as refused:
        log.append(RECORD)
    assert str(refused.value) == (
        f"{segment}: records are missing at its end. "
        "Look at it with shopwright audit-log verify; to begin a new log, move the folder away."
    )
    assert segment.read_bytes().splitlines(keepends=True) == lines[:keep]
    with pytest.raises(AuditLogError, match="records are missing"):
        AuditLog(folder)


@pytest.mark.parametrize("missing", ["head.json", "key"])
def test_a_log_without_its_head_or_key_is_not_begun_anew(folder, missing):
    filled(folder)
    (folder / missing).unlink()
    with pytest.raises(AuditLogError, match="the audit log cannot be kept: No such file"):
        AuditLog(folder)
    assert not (folder / missing).exists()


def test_a_place_where_no_folder_can_be(tmp_path):
    (tmp_path / "state").write_text("a file")
    with pytest.raises(AuditLogError) as refused:
        AuditLog(tmp_path / "state" / "audit")
    assert str(refused.value) == (
        f"{tmp_path / 'state'}: the audit log cannot be kept: File exists. Let SHOPWRIGHT_STATE name a "
        "folder that may be written; nothing is done that cannot be recorded."
    )


def test_a_log_that_cannot_be_begun_leaves_nothing(folder, monkeypatch):
    def full(*_rest):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "write_head", full)
    with pytest.raises(AuditLogError, match="the audit log cannot be kept: No space left on device"):
        AuditLog(folder)
    assert list(folder.parent.iterdir()) == []


def test_a_full_disk_leaves_a_torn_line_that_the_next_record_repairs(folder, monkeypatch):
    log = filled(folder)
    whole = os.write
    monkeypatch.setattr(module.os, "write", lambda descriptor, line: whole(descriptor, line[:10]))
    with pytest.raises(AuditLogError, match="the disk is full"):
        log.append(RECORD)
    monkeypatch.undo()
    log.append(RECORD)
    assert [entry["event.action"] for entry in last_entries(folder, 2)] == ["log.repair", "template.check"]
    assert verify_log(folder).faults == ()


def test_another_process_makes_the_log_at_the_same_time(folder, monkeypatch):
    made = module.make_key

    def slowly(new):
        monkeypatch.setattr(module, "make_key", made)
        filled(folder, 1)
        return made(new)

    monkeypatch.setattr(module, "make_key", slowly)
    filled(folder, 1)
    assert verify_log(folder).records == 2
    assert [path.name for path in folder.parent.iterdir()] == ["audit"]
