import hashlib
import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.chain import START, Link, follows, link_entry, read_entry
from shopwright.audit.record import Record
from shopwright.errors import AuditLogError

ENTRY = {"event.action": "template.check", "user.id": "søren", "render.cpu_ms": 1.235}
LINE, LINK = link_entry(ENTRY, START)


def test_an_entry_is_numbered_and_hashed_with_the_one_before():
    assert LINK.sequence == 1
    assert json.loads(LINE) == {
        **ENTRY, "event.sequence": 1, "chain.previous": "0" * 64, "event.hash": LINK.hash,
    }  # fmt: skip
    second, link = link_entry(ENTRY, LINK)
    assert link.sequence == 2
    assert json.loads(second)["chain.previous"] == LINK.hash
    assert link.hash != LINK.hash


@given(cpu=st.floats(0, 1e9), fuel=st.integers(-(2**53) + 1, 2**53 - 1))
def test_anyone_can_check_a_hash_with_the_standard_library(cpu, fuel):
    record = Record("template.render", user="søren", fields={"render.cpu_ms": cpu, "render.fuel": fuel})
    line, link = link_entry(record.as_json(), START)
    entry = json.loads(line)
    assert entry.pop("event.hash") == link.hash
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == link.hash


def test_an_entry_is_read_back():
    entry, link = read_entry(LINE[:-1])
    assert link == LINK
    assert ENTRY.items() <= entry.items()


@given(place=st.integers(0, len(LINE) - 2), letter=st.integers(0, 255))
def test_every_changed_byte_is_found(place, letter):
    changed = LINE[:place] + bytes([letter]) + LINE[place + 1 : -1]
    if changed == LINE[:-1]:
        assert read_entry(changed)[1] == LINK
    else:
        with pytest.raises(AuditLogError):
            read_entry(changed)


@given(line=st.binary(max_size=200))
def test_what_is_no_record_is_refused(line):
    with pytest.raises(AuditLogError):
        read_entry(line)


@pytest.mark.parametrize("line", [b"[]", b"1", b"null", b'"a"', b"{}", b"[" * 5_000, b'{"event.sequence":1}'])
def test_json_that_is_no_record_is_refused(line):
    with pytest.raises(AuditLogError, match="the line is no record"):
        read_entry(line)


def test_the_same_record_written_otherwise_is_refused():
    """Two readers could take different values from it: blanks, another order, a key given twice."""
    entry = json.loads(LINE)
    twice = LINE[:-2].replace(b"{", b'{"event.action":"template.kill",', 1) + b"}"
    for line in (json.dumps(entry).encode(), orjson.dumps(dict(reversed(entry.items()))), twice):
        assert orjson.loads(line) == entry
        with pytest.raises(AuditLogError, match="has been changed"):
            read_entry(line)


def test_what_follows():
    entry, link = read_entry(link_entry(ENTRY, LINK)[0][:-1])
    assert follows(entry, link, LINK)
    assert not follows(entry, link, START)
    assert not follows(entry, link, Link(1, "f" * 64))
    assert not follows(entry, link, Link(2, LINK.hash))
