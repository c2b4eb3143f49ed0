import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.performance.metrics import MOST_SERIES, MOST_VALUE, OTHER, Buckets, Counter, Gauge, Histogram, Label
from shopwright.performance.metrics import Registry as Metrics

HOW = Label("how", ("made", "reused"))


def test_a_counter_grows():
    counter = Counter("pictures_total", "Pictures", [HOW])
    counter.add("made")
    counter.add("made", amount=2)
    counter.add("reused")
    assert counter.collect().series == {("made",): 3, ("reused",): 1}
    assert counter.total == 4


def test_a_metric_without_labels_is_there_before_anything_was_counted():
    assert Counter("c_total", "C").collect().series == {(): 0}
    assert Histogram("h_seconds", "H", bounds=(1, 2)).collect().series == {(): Buckets((0, 0, 0), 0)}


def test_a_gauge_goes_up_and_down():
    gauge = Gauge("waiting", "Waiting")
    gauge.set(5)
    gauge.add(-2)
    assert gauge.collect().series == {(): 3}
    with gauge.held():
        assert gauge.collect().series == {(): 4}
    assert gauge.collect().series == {(): 3}


def test_what_is_held_is_given_back_after_an_error():
    gauge = Gauge("open", "Open", [HOW])
    with pytest.raises(ValueError, match="oh"), gauge.held("made"):
        raise ValueError("oh")
    assert gauge.collect().series == {("made",): 0}


def test_a_histogram_counts_what_is_at_most_its_bound():
    histogram = Histogram("h_seconds", "H", bounds=(0.1, 1.0))
    for value in (0.05, 0.1, 0.5, 7):
        histogram.observe(value)
    (measured,) = histogram.collect().series.values()
    assert measured.counts == (2, 1, 1)
    assert measured.count == 4
    assert measured.sum == pytest.approx(7.65)


def test_time_is_observed_whether_the_block_ends_well_or_not():
    histogram = Histogram("h_seconds", "H", [HOW])
    with histogram.timed("made"):
        pass
    with pytest.raises(ValueError, match="oh"), histogram.timed("made"):
        raise ValueError("oh")
    assert histogram.collect().series[("made",)].count == 2


def test_a_value_that_is_not_declared_is_counted_as_other():
    counter = Counter("c_total", "C", [HOW])
    counter.add("never heard of")
    assert counter.collect().series == {(OTHER,): 1}


def test_an_open_label_has_a_greatest_number_of_values():
    counter = Counter("c_total", "C", [Label("tenant", most=2)])
    for tenant in ("luna", "sol", "mars", "luna", "venus"):
        counter.add(tenant)
    assert counter.collect().series == {("luna",): 2, ("sol",): 1, (OTHER,): 2}


@given(st.lists(st.tuples(st.text(max_size=100), st.text(max_size=100)), max_size=60))
@settings(max_examples=60)
def test_whatever_is_counted_series_are_few_and_their_values_printable(names):
    counter = Counter("c_total", "C", [Label("one", most=5), Label("two", most=3)])
    for pair in names:
        counter.add(*pair)
    series = counter.collect().series
    assert len(series) <= 6 * 4
    assert sum(series.values()) == len(names)
    assert all(value.isprintable() and len(value) <= MOST_VALUE for values in series for value in values)


def test_a_metric_has_a_greatest_number_of_series():
    counter = Counter("c_total", "C", [Label("one", most=100), Label("two", most=100)])
    for number in range(MOST_SERIES + 500):
        counter.add(str(number // 50), str(number % 50))
    series = counter.collect().series
    assert len(series) == MOST_SERIES
    assert series[OTHER, OTHER] == 501


def test_nothing_is_lost_between_threads():
    counter, histogram = Counter("c_total", "C", [HOW]), Histogram("h_seconds", "H")

    def count():
        for _ in range(2_000):
            counter.add("made")
            histogram.observe(0.2)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.total == 8_000
    assert histogram.collect().series[()].count == 8_000


def test_a_registry_shows_its_metrics_by_name_as_they_stand():
    metrics = Metrics()
    later = metrics.gauge("z", "Z")
    metrics.counter("a_total", "A")
    metrics.histogram("m_seconds", "M", bounds=(1,))
    metrics.before.append(lambda: later.set(9))
    assert [family.name for family in metrics.collect()] == ["a_total", "m_seconds", "z"]
    assert metrics.collect()[-1].series == {(): 9}
    assert [family.kind for family in metrics.collect()] == ["counter", "histogram", "gauge"]


def test_a_metric_is_made_once():
    metrics = Metrics()
    metrics.gauge("z", "Z")
    with pytest.raises(AssertionError, match="z is made twice"):
        metrics.counter("z", "Z")
