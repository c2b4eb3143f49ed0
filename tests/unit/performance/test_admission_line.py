from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.performance.admission_line import MOST_OVERTAKEN, AdmissionLine, Budget, Work

BUDGET = Budget(memory_bytes=100, cpus=4, per_tenant=2, most_waiting=8, most_waiting_per_tenant=3)


def test_work_begins_while_there_is_room():
    line = AdmissionLine(BUDGET)
    assert line.come(Work(60, 1)) == "begins"
    assert line.come(Work(50, 1)) == "waits"
    assert (line.at_work, line.length, line.memory_bytes, line.cpus) == (1, 1, 60, 1)


def test_who_waits_begins_when_another_has_ended():
    line = AdmissionLine(BUDGET)
    first, second = Work(60, 1), Work(50, 1)
    line.come(first)
    line.come(second)
    assert line.leave(first) == [second]
    assert line.leave(second) == []
    assert (line.at_work, line.length, line.memory_bytes, line.cpus) == (0, 0, 0, 0)


def test_what_is_larger_than_all_there_is_never_begins():
    assert AdmissionLine(BUDGET).come(Work(101, 1)) == "never fits"


def test_work_that_could_use_more_processors_than_there_are_gets_what_there_is():
    line = AdmissionLine(BUDGET)
    assert line.come(Work(1, 64)) == "begins"
    assert line.cpus == 4
    assert line.come(Work(1, 0.1)) == "waits"


def test_one_tenant_has_its_share_and_no_more():
    line = AdmissionLine(BUDGET)
    works = [Work(1, 0.1, "luna") for _ in range(6)]
    assert [line.come(work) for work in works] == ["begins", "begins", "waits", "waits", "waits", "line is full"]
    assert line.come(Work(1, 0.1, "sol")) == "waits"
    assert [work.tenant for work in line.begin()] == ["sol"]


def test_the_platform_itself_has_no_share_of_its_own():
    line = AdmissionLine(BUDGET)
    assert [line.come(Work(1, 0.1)) for _ in range(10)] == ["begins"] * 10


def test_the_line_has_an_end():
    line = AdmissionLine(BUDGET)
    line.come(Work(100, 1))
    assert [line.come(Work(1, 1, f"t{number}")) for number in range(9)] == ["waits"] * 8 + ["line is full"]


def test_tenants_take_turns():
    line = AdmissionLine(Budget(memory_bytes=1, cpus=1, most_waiting=100))
    at_work = Work(1, 1)
    line.come(at_work)
    for tenant in ("luna", "luna", "luna", "sol", "sol", "mars"):
        line.come(Work(1, 1, tenant))
    order = []
    while begun := line.leave(at_work):
        (at_work,) = begun
        order.append(at_work.tenant)
    assert order == ["luna", "sol", "mars", "luna", "sol", "luna"]


def test_large_work_is_overtaken_only_so_often():
    line = AdmissionLine(Budget(memory_bytes=100, cpus=100, per_tenant=100, most_waiting=100))
    holds = Work(50, 1)
    line.come(holds)
    large = Work(100, 1, "luna")
    line.come(large)
    overtook = 0
    while True:
        small = Work(1, 1, "sol")
        assert line.come(small) == "waits"
        if line.begin() == []:
            break
        overtook += 1
        line.leave(small)
    assert overtook == MOST_OVERTAKEN
    assert line.leave(holds) == [large]


def test_who_gives_up_keeps_no_room():
    line = AdmissionLine(Budget(memory_bytes=100, cpus=100, most_waiting=100))
    line.come(Work(50, 1))
    large = Work(100, 1, "luna", overtaken=MOST_OVERTAKEN)
    small = Work(10, 1, "sol")
    line.come(large)
    line.come(small)
    assert line.begin() == []
    assert line.give_up(large) == [small]


def test_with_memory_short_only_one_works():
    line = AdmissionLine(BUDGET, held_back=True)
    first, second = Work(1, 1), Work(1, 1)
    assert line.come(first) == "begins"
    assert line.come(second) == "waits"
    assert line.leave(first) == [second]


WORKS = st.builds(
    Work, st.integers(1, 110), st.sampled_from([0.25, 0.3, 1, 3, 9]), st.sampled_from(["", "a", "b", "c"])
)
STEPS = st.lists(st.one_of(WORKS, st.tuples(st.sampled_from(["leave", "give up"]), st.integers(0, 50))), max_size=60)


@given(STEPS)
@settings(max_examples=100)
def test_whatever_comes_and_goes_the_budget_holds_and_nothing_is_lost(steps):
    line, at_work, waiting = AdmissionLine(BUDGET), [], []

    def began(works):
        for work in works:
            waiting.remove(work)
            at_work.append(work)

    for step in steps:
        if isinstance(step, Work):
            work = Work(step.memory_bytes, step.cpus, step.tenant)
            answer = line.come(work)
            {"begins": at_work, "waits": waiting}.get(answer, []).append(work)
            began(line.begin())
        elif step[0] == "leave" and at_work:
            began(line.leave(at_work.pop(step[1] % len(at_work))))
        elif waiting:
            began(line.give_up(waiting.pop(step[1] % len(waiting))))
        _holds(line, at_work, waiting)
    while at_work:
        began(line.leave(at_work.pop()))
    assert waiting == []
    assert (line.at_work, line.length, line.memory_bytes, line.cpus) == (0, 0, 0, 0)


def _holds(line, at_work, waiting):
    tenants = Counter(work.tenant for work in at_work if work.tenant)
    assert sum(work.memory_bytes for work in at_work) == line.memory_bytes <= BUDGET.memory_bytes
    assert sum(min(work.cpus, 4) for work in at_work) == pytest.approx(line.cpus)
    assert line.cpus <= BUDGET.cpus + 1e-6
    assert all(number <= BUDGET.per_tenant for number in tenants.values())
    assert len(waiting) == line.length <= BUDGET.most_waiting
    assert all(work.overtaken <= MOST_OVERTAKEN for work in waiting)
    assert at_work or not waiting


@given(st.lists(st.integers(3, 12), min_size=2, max_size=5))
@settings(max_examples=50)
def test_nobody_waits_for_anothers_backlog(backlogs):
    """While all have work that waits, none is served two times more often than another."""
    line = AdmissionLine(Budget(1, 1, most_waiting=1_000))
    at_work = Work(1, 1)
    line.come(at_work)
    for tenant, number in enumerate(backlogs):
        for _ in range(number):
            line.come(Work(1, 1, str(tenant)))
    served = Counter()
    for _ in range(min(backlogs) * len(backlogs)):
        (at_work,) = line.leave(at_work)
        served[at_work.tenant] += 1
    assert set(served.values()) == {min(backlogs)}
