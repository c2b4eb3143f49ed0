import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.chain import START, Link, link_entry, read_entry
from shopwright.audit.log_file import AuditLog, segment_file, segment_files
from shopwright.audit.record import Record
from shopwright.audit.verification import FAULTS_KEPT, ChainFault, last_entries, verify_log
from shopwright.errors import AuditLogError

COUNT = 12
SEGMENT_BYTES = 1_100


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A log of three segments: name → bytes."""
    folder = tmp_path_factory.mktemp("whole") / "audit"
    log = AuditLog(folder, SEGMENT_BYTES)
    for number in range(COUNT):
        log.append(Record("template.render", fields={"render.pages": number}))
    assert len(segment_files(folder)) == 3
    assert verify_log(folder).faults == ()
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def lay(whole, tmp_path_factory):
    """Lay out a log with its lines as given, each in the segment it was in, or in the last one."""

    def go(files):
        folder = tmp_path_factory.mktemp("laid")
        for name, data in (whole | files).items():
            if data is not None:
                (folder / name).write_bytes(data)
                (folder / name).chmod(0o600)
        return folder

    return go


def lines_of(whole):
    """(segment, line) of every entry."""
    return [(name, line) for name in sorted(whole) if name.endswith("l") for line in whole[name].splitlines(True)]


def put_back(entries):
    """Segments from (segment, line)."""
    files = {name: b"" for name, _ in entries}
    for name, line in entries:
        files[name] += line
    return files


def damaged(data, whole):
    """Segments after one edit, deletion, swap, insertion or cut, drawn at random."""
    entries = lines_of(whole)
    place, other = (data.draw(st.integers(0, COUNT - 1)) for _ in range(2))
    name, line = entries[place]
    kind = data.draw(st.sampled_from(["edit", "delete", "swap", "insert", "repeat", "rehash", "cut"]))
    if kind == "edit":
        at, letter = data.draw(st.integers(0, len(line) - 1)), data.draw(st.integers(0, 255))
        entries[place] = name, line[:at] + bytes([letter]) + line[at + 1 :]
    elif kind == "delete":
        del entries[place]
    elif kind == "swap":
        entries[place], entries[other] = (name, entries[other][1]), (entries[other][0], line)
    elif kind == "insert":
        entries.insert(other, (entries[other][0], data.draw(st.binary(max_size=50)) + b"\n"))
    elif kind == "repeat":
        entries.insert(other, (entries[other][0], line))
    elif kind == "rehash":  # a forger who knows how hashes are made
        before = read_entry(entries[place - 1][1][:-1])[1] if place else START
        entries[place] = name, link_entry({"event.action": "template.kill"}, before)[0]
    else:
        del entries[place:]
    return {name: None for name in whole if name.endswith("l")} | put_back(entries)


@given(data=st.data())
def test_every_edit_deletion_swap_insertion_and_cut_is_found(whole, lay, data):
    files = damaged(data, whole)
    changed = any(whole[name] != lines for name, lines in files.items())
    assert bool(verify_log(lay(files)).faults) is changed


def test_each_single_deletion_is_found_also_at_the_end(whole, lay):
    for place in range(COUNT):
        entries = lines_of(whole)
        del entries[place]
        assert verify_log(lay({name: b"" for name in whole if name.endswith("l")} | put_back(entries))).faults


def test_a_forger_who_makes_every_hash_anew_is_found_by_the_signed_end(whole, lay):
    last, entries = START, []
    for name, line in lines_of(whole):
        entry = {key: value for key, value in read_entry(line[:-1])[0].items() if key != "event.hash"}
        forged, last = link_entry({**entry, "render.pages": 99}, last)
        entries.append((name, forged))
    found = verify_log(lay(put_back(entries)))
    assert found.faults == (ChainFault("head.json", 0, f"record {COUNT} is not the one that was signed."),)


def test_a_change_is_named_by_file_and_line(whole, lay):
    name, line = lines_of(whole)[4]
    files = {name: whole[name].replace(line, line.replace(b'"render.pages":4', b'"render.pages":5'))}
    number = whole[name].splitlines(True).index(line) + 1
    assert [str(fault) for fault in verify_log(lay(files)).faults] == [
        f"{name}, line {number}: the record has been changed.",
        f"{name}, line {number + 1}: record 6 does not follow record 4.",
    ]


def test_an_end_that_is_missing(whole, lay):
    entries = lines_of(whole)[:-2]
    found = verify_log(lay({name: b"" for name in whole if name.endswith("l")} | put_back(entries)))
    assert [str(fault) for fault in found.faults][-1] == (
        f"head.json: the log ended with record {COUNT}; it ends with record {COUNT - 2} now."
    )


def test_a_missing_segment(whole, lay):
    second = sorted(whole)[1]
    first, *_ = verify_log(lay({second: None})).faults
    assert str(first) == f"{sorted(whole)[2]}: a segment that begins with record 5 should stand here."


@pytest.mark.parametrize("missing", ["head.json", "key"])
def test_a_missing_head_or_key(lay, missing):
    found = verify_log(lay({missing: None}))
    assert [str(fault) for fault in found.faults] == [f"{missing}: the file cannot be read: No such file or directory."]
    assert found.records == COUNT


def test_a_head_that_was_not_signed(lay):
    assert [str(fault) for fault in verify_log(lay({"head.json": b"{}"})).faults] == [
        "head.json: the signature is wrong."
    ]


def test_a_log_that_was_replaced_as_a_whole_lacks_a_noted_record(whole, lay):
    noted = read_entry(lines_of(whole)[6][1][:-1])[1]
    assert verify_log(lay({}), noted).faults == ()
    other = lay({}).parent / "another" / "audit"
    log = AuditLog(other)
    for _ in range(COUNT):
        log.append(Record("template.check"))
    assert verify_log(other).faults == ()
    assert [str(fault) for fault in verify_log(other, noted).faults] == [
        "the log: record 7 with the noted hash is not in it."
    ]
    assert verify_log(other, Link(7, "0" * 64)).faults != ()


def test_a_record_that_was_added_at_the_end(whole, lay):
    """Whole and chained, but nobody with the key has signed it."""
    last = read_entry(lines_of(whole)[-1][1][:-1])[1]
    added = link_entry({"event.action": "template.check"}, last)[0]
    assert [str(fault) for fault in verify_log(lay({f"{COUNT + 1:012}.jsonl": added})).faults] == [
        f"head.json: from record {COUNT + 1} on nothing is signed: a command was interrupted, or they were added."
    ]


def test_the_faults_that_are_told_are_bounded(whole, lay):
    found = verify_log(lay({sorted(whole)[2]: b"x\n" * 1_000}))
    assert len(found.faults) == FAULTS_KEPT


def test_a_line_without_end_needs_no_memory(whole, lay):
    name = sorted(whole)[2]
    found = verify_log(lay({name: b"x" * 1_000_000}))
    assert {fault.what for fault in found.faults[1:-1]} <= {"the line is torn.", "the line is no record."}


def test_the_last_entries(whole, lay):
    folder = lay({})
    for count in (1, 5, COUNT, 100):
        found = [entry["render.pages"] for entry in last_entries(folder, count)]
        assert found == list(range(COUNT))[-count:]


def test_the_last_entries_of_a_damaged_log_are_those_that_are_whole(whole, lay):
    name, line = lines_of(whole)[-1]
    folder = lay({name: whole[name].replace(line, line[:-20])})
    assert [entry["render.pages"] for entry in last_entries(folder, 2)] == [COUNT - 3, COUNT - 2]


@pytest.mark.parametrize("ask", [verify_log, lambda folder: last_entries(folder, 1)])
def test_a_log_that_is_not_there(tmp_path, ask):
    with pytest.raises(AuditLogError) as refused:
        ask(tmp_path / "audit")
    assert str(refused.value) == (
        f"{tmp_path / 'audit'}: there is no audit log yet. A build or shopwright theme check begins it."
    )
    assert not (tmp_path / "audit").exists()


def test_reading_waits_for_a_record_that_is_being_written(lay):
    folder = lay({})
    assert not segment_file(folder, COUNT + 1).exists()
    AuditLog(folder).append(Record("template.check"))
    assert verify_log(folder).records == COUNT + 1
