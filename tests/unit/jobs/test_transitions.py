from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.jobs.made import NOW, made

from shopwright.errors import AuditFailed, JobError
from shopwright.jobs.documents import MOST_EVENTS, JobDocument, Order, State
from shopwright.jobs.transitions import (
    OVER,
    PERMITTED,
    WORKED_ON,
    folded,
    moved,
    noted,
    pause_after,
    progressed,
    reason_of,
)

STATES = get_args(State)


def test_every_state_has_its_row_and_what_is_over_begins_anew_or_not_at_all():
    assert set(PERMITTED) == set(STATES)
    assert {state: PERMITTED[state] for state in OVER} == {
        "published": frozenset(),
        "failed": frozenset({"queued"}),
        "cancelled": frozenset({"queued"}),
    }
    assert {state for state in STATES if "published" in PERMITTED[state]} == {"audited"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
def test_a_job_moves_as_the_table_says_and_not_otherwise(state, to):
    job = made(state=state)
    if to not in PERMITTED[state]:
        with pytest.raises(JobError, match=f"0: A job that is {state} cannot become {to}"):
            moved(job, to, NOW)
        return
    changes = moved(job, to, NOW, "why")
    slot = job.id if to in OVER else "queued" if to == "queued" else "running"
    assert (changes["state"], changes["slot"], changes["open"]) == (to, slot, to not in OVER)
    assert changes["ended"] == (NOW if to in OVER else None)
    event = changes["events"][-1]
    assert (event.number, event.state, event.note, changes["last"]) == (2, to, "why", 2)


@given(steps=st.lists(st.booleans(), max_size=150))
def test_of_many_events_the_newest_stay_and_of_those_what_became_of_the_job(steps):
    job = made(state="running")
    for is_progress in steps:
        changes = progressed(job, NOW, "pages", 3) if is_progress else noted(job, NOW, "said")
        job = job.model_copy(update=changes)
    numbers = [event.number for event in job.events]
    assert numbers == sorted(set(numbers))
    assert (numbers[-1], job.last) == (len(steps) + 1, len(steps) + 1)
    assert len(numbers) == min(MOST_EVENTS, len(steps) + 1)
    said = [number for number, is_progress in enumerate(steps, 2) if not is_progress]
    if len(said) < MOST_EVENTS:
        assert set(said) <= set(numbers)


@given(wanted=st.lists(st.sampled_from([*STATES, "progress", "note"]), max_size=100))
def test_whatever_is_tried_a_job_is_in_one_state_and_says_so_everywhere(wanted):
    job = made()
    for each in wanted:
        before = job
        if each == "progress":
            changes = progressed(job, NOW, "pages", 1)
        elif each == "note":
            changes = noted(job, NOW, "said")
        elif each in PERMITTED[job.state]:
            changes = moved(job, each, NOW)
        else:
            with pytest.raises(JobError):
                moved(job, each, NOW)
            continue
        job = JobDocument.model_validate(job.model_copy(update=changes).model_dump())
        assert job.last == job.events[-1].number == before.last + 1
        assert job.events[-1].state == job.state
        assert before.state != "published" or each in {"progress", "note"}
    assert job.open == (job.ended is None) == (job.state not in OVER)
    assert job.slot == (job.id if job.state in OVER else "running" if job.state in WORKED_ON else "queued")


def test_two_orders_of_a_store_become_the_later_one_without_going_back():
    def order(revision, url=""):
        return Order(store="luna", revision=revision, site_url=url)

    assert folded(order(3), order(None, "https://b.example")) == order(None, "https://b.example")
    assert folded(order(None), order(3, "https://b.example")) == order(None, "https://b.example")
    assert folded(order(5), order(4, "https://b.example")) == order(5, "https://b.example")


def test_pauses_grow_and_end():
    assert [pause_after(attempts) for attempts in (1, 2, 3, 4, 60)] == [1, 2, 4, 8, 600]


def test_an_error_is_kept_with_what_it_says():
    kept = reason_of(AuditFailed("x" * 3_000, where="page", remedy="Mend it."))
    assert (kept.error, len(kept.what), kept.where, kept.remedy) == ("AuditFailed", 2_000, "page", "Mend it.")
