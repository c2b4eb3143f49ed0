import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import RenderLimitHit
from shopwright.template_engine.confinement import turns as turns_module
from shopwright.template_engine.confinement.turns import Turns


def filled(places, *jobs):
    turns = Turns(places)
    for job in jobs:
        turns.put(job[0], job)
    return turns


def test_tenants_take_turns():
    turns = filled(9, "a1", "a2", "a3", "b1", "c1", "b2")
    assert [turns.take() for _ in range(7)] == ["a1", "b1", "c1", "a2", "b2", "a3", None]


def test_a_tenant_has_so_many_places():
    turns = filled(1, "a1", "a2", "b1")
    assert [turns.take(), turns.take(), turns.take()] == ["a1", "b1", None]
    turns.done("b")
    assert turns.take() is None
    turns.done("a")
    assert turns.take() == "a2"


def test_a_turn_goes_on_in_its_place():
    turns = filled(1, "a1", "a2", "b1")
    assert turns.take() == "a1"
    assert turns.more("a") == "a2"
    assert turns.more("a") is None
    assert turns.take() == "b1"


def test_the_last_is_known():
    turns = filled(2, "a1", "a2")
    turns.take()
    assert not turns.is_last("a")
    turns.take()
    assert not turns.is_last("a")
    turns.done("a")
    assert turns.is_last("a")


def test_too_many_are_refused(monkeypatch):
    monkeypatch.setattr(turns_module, "MAX_WAITING_TENANT", 2)
    monkeypatch.setattr(turns_module, "MAX_WAITING", 3)
    turns = filled(1, "a1", "a2")
    with pytest.raises(RenderLimitHit, match=r"^2 pages of this tenant and 2 in all wait already"):
        turns.put("a", "a3")
    turns.put("b", "b1")
    with pytest.raises(RenderLimitHit, match=r"^0 pages of this tenant and 3 in all"):
        turns.put("c", "c1")
    turns.take()
    turns.put("c", "c1")


def test_clearing_takes_everything_out():
    turns = filled(1, "a1", "a2", "b1")
    turns.take()
    assert turns.clear() == ["b1", "a2"]
    assert turns.take() is None


@given(st.lists(st.sampled_from("abc")), st.integers(1, 3))
def test_nothing_is_lost_and_nobody_has_more_than_its_places(tenants, places):
    turns = filled(places, *(f"{tenant}{number}" for number, tenant in enumerate(tenants)))
    held, served = [], []
    while True:
        job = turns.take()
        if job is None and not held:
            break
        if job is None:
            turns.done(held.pop(0)[0])
            continue
        held.append(job)
        served.append(job)
        assert max(sum(each[0] == tenant for each in held) for tenant in "abc") <= places
    assert sorted(served) == sorted(f"{tenant}{number}" for number, tenant in enumerate(tenants))
