import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.openmetrics import parser as open_metrics
from prometheus_client.parser import text_string_to_metric_families

from shopwright.performance.exposition import OPEN_METRICS, TEXT, exposition
from shopwright.performance.metrics import OTHER, Label, Registry

PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=60)


def metrics():
    made = Registry()
    pictures = made.counter("pictures_total", 'Pictures, "made" or\nreused\\', [Label("how", ("made", 'a"b\\c'))])
    pictures.add("made", amount=3)
    pictures.add('a"b\\c')
    made.gauge("waiting", "Waiting").set(2.5)
    seconds = made.histogram("h_seconds", "Seconds", bounds=(0.5, 1))
    seconds.observe(0.2)
    seconds.observe(4)
    return made


def test_the_text_format():
    kind, body = exposition("text/plain", metrics())
    assert kind == TEXT
    assert body.decode() == (
        "# HELP h_seconds Seconds\n"
        "# TYPE h_seconds histogram\n"
        'h_seconds_bucket{le="0.5"} 1\n'
        'h_seconds_bucket{le="1.0"} 1\n'
        'h_seconds_bucket{le="+Inf"} 2\n'
        "h_seconds_sum 4.2\n"
        "h_seconds_count 2\n"
        '# HELP pictures_total Pictures, "made" or\\nreused\\\\\n'
        "# TYPE pictures_total counter\n"
        'pictures_total{how="made"} 3\n'
        'pictures_total{how="a\\"b\\\\c"} 1\n'
        "# HELP waiting Waiting\n"
        "# TYPE waiting gauge\n"
        "waiting 2.5\n"
    )


def test_open_metrics_for_who_asks():
    kind, body = exposition("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.1", metrics())
    assert kind == OPEN_METRICS
    assert "# TYPE pictures counter" in body.decode()
    assert body.endswith(b"\n# EOF\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [(math.inf, "+Inf"), (-math.inf, "-Inf"), (math.nan, "NaN"), (2.0**60, "1.152921504606847e+18")],
)
def test_numbers_that_are_no_small_ones(value, written):
    made = Registry()
    made.gauge("g", "G").set(value)
    assert f"\ng {written}\n" in exposition("", made)[1].decode()


@given(
    help_=st.text(max_size=60),
    counted=st.dictionaries(PRINTABLE, st.floats(0, 1e300), max_size=8),
    observed=st.lists(st.floats(0, 100), max_size=20),
    is_open=st.booleans(),
)
@settings(max_examples=80)
def test_what_is_written_is_what_prometheus_reads(help_, counted, observed, is_open):
    made = Registry()
    counter = made.counter("things_total", help_.replace("\r", " "), [Label("name", most=20)])
    for name, number in counted.items():
        counter.add(name, amount=number)
    histogram = made.histogram("size_bytes", "Sizes", bounds=(1, 10))
    for number in observed:
        histogram.observe(number)
    parse = open_metrics.text_string_to_metric_families if is_open else text_string_to_metric_families
    _, body = exposition("application/openmetrics-text" if is_open else "", made)
    sizes, things = parse(body.decode())
    assert {sample.labels["name"]: sample.value for sample in things.samples} == {
        values[0]: number for values, number in counter.collect().series.items()
    }
    assert OTHER not in counted or things.samples
    buckets = {sample.labels["le"]: sample.value for sample in sizes.samples if sample.name == "size_bytes_bucket"}
    assert buckets == {
        "1.0": sum(number <= 1 for number in observed),
        "10.0": sum(number <= 10 for number in observed),
        "+Inf": len(observed),
    }
