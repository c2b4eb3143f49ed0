import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.performance.carried import carried, take_in
from shopwright.performance.metrics import Buckets, Label, Registry


def metrics():
    made = Registry()
    made.counter("pages_total", "Pages", [Label("how", ("written", "reused"))])
    made.histogram("stage_seconds", "Stage", [Label("stage")], bounds=(1, 2))
    made.gauge("open", "Open").set(4)
    return made


@given(st.lists(st.tuples(st.sampled_from(["written", "reused", "?"]), st.integers(0, 9), st.floats(0, 4)), max_size=9))
@settings(max_examples=50)
def test_what_two_processes_counted_is_what_one_would_have(things):
    alone, home = metrics(), metrics()
    for how, amount, seconds in things:
        child = metrics()
        for one in (child, alone):
            one.metrics["pages_total"].add(how, amount=amount)
            one.metrics["stage_seconds"].observe(seconds, how)
        take_in(orjson.loads(orjson.dumps(carried(child))), home)
    for counted, expected in zip(home.collect(), alone.collect(), strict=True):
        assert counted.series.keys() == expected.series.keys()
        for values, measured in counted.series.items():
            same = expected.series[values]
            if isinstance(measured, Buckets):
                assert measured.counts == same.counts
                assert abs(measured.sum - same.sum) < 1e-6
            else:
                assert measured == same


def test_what_has_no_place_here_is_passed_over():
    home = metrics()
    take_in([["unheard_of", [], 1], ["stage_seconds", ["x"], [[1, 2], 3]], ["open", [], 9]], home)
    assert [family.series for family in home.collect()] == [{(): 4}, {}, {}]
