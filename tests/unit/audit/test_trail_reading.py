import datetime as dt

import pytest

from shopwright.audit.chain import START, Link, link_entry
from shopwright.audit.event import AuditEvent
from shopwright.audit.published_heads import FoundHead
from shopwright.audit.signed_head import Lost, SignedHead
from shopwright.audit.trail_reading import TrailReading, row_of_line
from shopwright.audit.verification import FAULTS_KEPT

AT = dt.datetime(2026, 11, 23, 9, 30, 0, 123_000, dt.UTC)


def chain(count, tenant="acme", start=START, actor="u7"):
    """Rows of a trail, and the link of each."""
    rows, links = [], [start]
    for _ in range(count):
        event = AuditEvent("catalog.edit", actor=actor, target="store/luna", at=AT)
        line, link = link_entry(event.as_json(tenant), links[-1])
        rows.append(row_of_line(line.rstrip(b"\n")))
        links.append(link)
    return rows, links[1:]


def head(link, minutes=0, lost=None):
    return FoundHead("", SignedHead("acme", link, AT + dt.timedelta(minutes=minutes), lost))


def read(rows, heads=(), noted=None):
    reading = TrailReading("acme", heads, noted)
    for row in rows:
        reading.read(row)
    return reading.end()


def faults(*arguments, **more):
    return [str(fault) for fault in read(*arguments, **more).faults]


def test_a_whole_trail():
    rows, links = chain(5)
    found = read(rows, [head(START), head(links[1]), head(links[3], 1)], links[0])
    assert (found.events, found.last, found.faults, found.unpublished, found.lost) == (5, links[4], (), 1, ())
    assert found.head.last == links[3]


def test_an_empty_one():
    found = read([])
    assert (found.events, found.last, found.faults, found.head, found.unpublished) == (0, START, (), None, 0)


def test_what_was_changed_removed_swapped_or_put_in():
    rows, links = chain(5)
    changed = rows[2]._replace(line=rows[2].line.replace("u7", "u8"), actor="u8")
    assert faults([*rows[:2], changed, *rows[3:]]) == [
        "event 3: the record has been changed.",
        "event 4: event 4 does not follow event 2.",
    ]
    assert faults(rows[:2] + rows[3:]) == ["event 4: event 4 does not follow event 2."]
    swapped = [rows[0], rows[2]._replace(id=2), rows[1]._replace(id=3), *rows[3:]]
    assert faults(swapped)[:2] == [
        "event 2: event 3 does not follow event 1.",
        "event 2: it is found by something else than it says.",
    ]
    assert faults([*rows, rows[2]._replace(id=6)]) == [
        "event 6: event 3 does not follow event 5.",
        "event 6: it is found by something else than it says.",
    ]
    assert faults([*rows[:3], *chain(1, start=links[1], actor="u8")[0], *rows[3:]]) == [
        "event 3: event 3 does not follow event 3.",
        "event 4: event 4 does not follow event 3.",
    ]


@pytest.mark.parametrize(
    "change",
    [
        *({"id": 4}, {"id": 3.5}, {"id": "3"}, {"at": AT + dt.timedelta(1)}, {"at": None}),
        *({"action": "x"}, {"outcome": 1}, {"actor": ""}, {"target": "store/mars"}),
    ],
)
def test_what_is_hidden_from_a_search(change):
    rows, _ = chain(5)
    assert faults([*rows[:2], rows[2]._replace(**change), *rows[3:]])[0].endswith(
        "it is found by something else than it says."
    )


@pytest.mark.parametrize("line", [None, 7, "", "{}", "[]", "nonsense\x1b[2J", '{"a": 1}'])
def test_what_is_no_event(line):
    rows, _ = chain(3)
    assert faults([rows[0], rows[1]._replace(line=line), rows[2]])[0] == "event 2: the line is no record."


def test_an_id_of_any_kind_is_shown_harmlessly():
    rows, _ = chain(1)
    assert faults([rows[0]._replace(id="\x1b[2J" + "x" * 99, line=None)])[0].startswith("event '\\x1b[2Jxxx")


def test_the_end_is_missing_only_for_the_heads():
    rows, links = chain(5)
    assert faults(rows[:3]) == []
    assert faults(rows[:3], [head(links[4])]) == [
        "head of 2026-11-23T09:30:00.123Z: the trail had 5 events; it ends with event 3 now."
    ]


def test_a_trail_written_anew():
    _, links = chain(5)
    rows, _ = chain(5, actor="u8")
    assert faults(rows) == []
    assert faults(rows, [head(links[3])]) == [
        "head of 2026-11-23T09:30:00.123Z: event 4 is not the one that was signed."
    ]
    assert faults(rows, noted=links[1]) == ["the trail: event 2 with the noted hash is not in it."]


def restored(was, start):
    event = AuditEvent("backup.restore", target=f"tenant/{was}", at=AT)
    line, link = link_entry(event.as_json("acme"), start)
    return row_of_line(line.rstrip(b"\n")), link


def test_another_tenants_trail():
    rows, links = chain(2, tenant="evil")
    assert faults(rows) == ["the trail: it belongs to another tenant."]
    assert faults([*rows, *chain(1, start=links[1])[0]]) == [
        "event 3: the events before it belong to another tenant.",
    ]
    own, links = chain(2)
    assert faults([*own, *chain(1, tenant="evil", start=links[1])[0]]) == ["event 3: it belongs to another tenant."]


def test_a_copy_says_whose_it_is():
    rows, links = chain(2, tenant="luna")
    mark, link = restored("luna", links[1])
    assert faults([*rows, mark, *chain(1, start=link)[0]]) == []
    mark, link = restored("mars", links[1])
    assert faults([*rows, mark]) == ["event 3: the events before it belong to another tenant."]
    third, more = chain(1, tenant="third", start=links[1])
    mark, _ = restored("luna", more[0])
    assert faults([*rows, *third, mark]) == ["event 3: it belongs to another tenant."]


def test_a_head_that_cannot_be_trusted():
    assert faults([], [FoundHead("acme/x.json", None, "it is no head.")]) == ["head acme/x.json: it is no head."]


def test_what_was_given_up_is_no_fault_and_is_told():
    rows, links = chain(3)
    _, other = chain(5)
    gone = head(Link(5, other[4].hash))
    new, more = chain(2, start=links[2], actor="u9")
    lost = head(more[0], 1, Lost(4, 5))
    found = read([*rows, *new], [gone, lost, head(more[1], 2)])
    assert (found.faults, found.lost) == ((), (gone.head,))
    assert len(read([*rows, *new], [lost, head(Link(5, other[4].hash), 2)]).faults) == 1  # what comes later counts


def test_the_first_hundred_faults():
    assert len(read([row_of_line(b"")] * 200).faults) == FAULTS_KEPT
