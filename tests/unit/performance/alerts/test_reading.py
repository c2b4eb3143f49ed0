import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.performance.alerts.ruled import rule

from shopwright.performance.alerts.reading import MOST_SAMPLES, History, quantile
from shopwright.performance.metrics import Label, Registry


@pytest.fixture
def metrics():
    made = Registry()
    made.gauge("things", "Things", [Label("kind", ("a", "b"))])
    made.counter("asked_total", "Asked", [Label("status", ("2xx", "5xx"))])
    made.histogram("took_seconds", "Took", bounds=(1, 2, 4))
    return made


def look(history, metrics, at):
    history.add(at, metrics.collect())


def of_all(metrics):
    return History(frozenset(metrics.metrics))


def test_nothing_is_known_before_anybody_looked(metrics):
    assert of_all(metrics).value(rule()) is None
    history = of_all(metrics)
    look(history, metrics, 0)
    assert history.value(rule()) is None
    assert history.value(rule(of={"metric": "unheard_of"})) is None


def test_sums_and_extremes(metrics):
    history, things = of_all(metrics), metrics.metrics["things"]
    things.set(3, "a")
    things.set(5, "b")
    look(history, metrics, 0)
    values = [history.value(rule(measure=measure)) for measure in ("sum", "most", "least")]
    assert values == [8, 5, 3]
    assert history.value(rule(of={"metric": "things", "where": {"kind": ["a"]}})) == 3


def test_a_rate_is_that_of_its_window(metrics):
    history, asked = of_all(metrics), metrics.metrics["asked_total"]
    rate = rule(measure="rate", of={"metric": "asked_total"}, over="1m")
    for at in range(0, 130, 10):
        asked.add("2xx", amount=10 if at <= 60 else 50)
        look(history, metrics, at)
    assert history.value(rate) == pytest.approx(5)


def test_one_look_is_no_rate(metrics):
    history = of_all(metrics)
    look(history, metrics, 0)
    assert history.value(rule(measure="rate", of={"metric": "asked_total"})) is None


def test_a_share_is_known_only_of_enough(metrics):
    history, asked = of_all(metrics), metrics.metrics["asked_total"]
    share = rule(
        measure="rate",
        of={"metric": "asked_total", "where": {"status": ["5xx"]}},
        per={"metric": "asked_total"},
        at_least=1,
    )
    look(history, metrics, 0)
    asked.add("5xx", amount=5)
    look(history, metrics, 10)
    assert history.value(share) is None
    asked.add("2xx", amount=15)
    look(history, metrics, 20)
    assert history.value(share) == pytest.approx(0.25)


def test_how_often_something_was_observed_is_a_rate_too(metrics):
    history, took = of_all(metrics), metrics.metrics["took_seconds"]
    look(history, metrics, 0)
    for _ in range(30):
        took.observe(3)
    look(history, metrics, 10)
    assert history.value(rule(measure="rate", of={"metric": "took_seconds"})) == 3


def test_a_quantile_is_that_of_its_window(metrics):
    history, took = of_all(metrics), metrics.metrics["took_seconds"]
    wanted = rule(measure="quantile", of={"metric": "took_seconds"}, quantile=0.5, over="1m")
    took.observe(100)
    look(history, metrics, 0)
    assert history.value(wanted) is None
    for _ in range(10):
        took.observe(1.5)
    look(history, metrics, 30)
    assert history.value(wanted) == pytest.approx(1.5)
    look(history, metrics, 120)
    assert history.value(wanted) is None
    assert history.value(rule(measure="quantile", of={"metric": "things"})) is None


def test_samples_are_few(metrics):
    history = of_all(metrics)
    for at in range(MOST_SAMPLES + 10):
        look(history, metrics, at)
    assert len(history.samples) == MOST_SAMPLES
    look(history, metrics, 10_000)
    assert len(history.samples) == 1


def test_a_quantile_lies_on_a_line_within_its_bucket():
    assert quantile((1, 2, 4), [0, 0, 0, 0], 0.5) is None
    assert quantile((1, 2, 4), [10, 0, 0, 0], 0.5) == pytest.approx(0.5)
    assert quantile((1, 2, 4), [5, 0, 5, 0], 0.75) == pytest.approx(3)
    assert quantile((1, 2, 4), [0, 0, 0, 5], 0.5) == 4


@given(st.lists(st.floats(0, 10), min_size=1, max_size=60), st.floats(0.01, 0.99))
@settings(max_examples=80)
def test_a_quantile_is_in_the_bucket_of_the_one_that_is_meant(values, share):
    bounds = (1.0, 2.0, 5.0)
    edges = (0.0, *bounds)
    counts = [sum(low < value <= high for value in values) for low, high in zip(edges, bounds, strict=False)]
    counts[0] += values.count(0)
    counts.append(len(values) - sum(counts))
    found = quantile(bounds, counts, share)
    rank = sorted(values)[min(len(values) - 1, max(0, -(-share * len(values) // 1).__int__() - 1))]
    high = next((bound for bound in bounds if rank <= bound), bounds[-1])
    low = edges[bounds.index(high)]
    assert low - 1e-9 <= found <= high + 1e-9
