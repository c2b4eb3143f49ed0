"""What holds for all metrics, those of ``access_metrics``, ``database_metrics`` and ``line_metrics`` too."""

import re

import pytest

from shopwright import errors
from shopwright.performance.access_metrics import SIGN_INS
from shopwright.performance.database_metrics import FAILED, FAILURES, OPERATION
from shopwright.performance.every_metric import EVERY_METRIC
from shopwright.performance.line_metrics import STAGE
from shopwright.performance.metrics import MOST_SERIES

METRICS = list(EVERY_METRIC.metrics.values())


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_a_metric_is_named_as_prometheus_asks(metric):
    """prometheus.io/docs/practices/naming: a prefix, the unit in full at the end, ``_total`` for what is counted."""
    assert re.fullmatch(r"shopwright(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") is (metric.kind == "counter")
    assert (metric.kind == "histogram") <= metric.name.endswith(("_seconds", "_bytes"))
    assert metric.help
    assert not metric.help.endswith(".")


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_its_series_are_bounded(metric):
    most = 1
    for label in metric.labels:
        assert re.fullmatch(r"[a-z][a-z_]*", label.name)
        assert label.name not in ("le", "job", "instance", "tenant", "store", "user")
        most *= (len(label.values) or label.most) + 1
    assert most <= MOST_SERIES or any(not label.values for label in metric.labels)


def test_each_is_counted_by_who_does_the_work():
    made = {SIGN_INS, OPERATION, FAILED, STAGE}
    assert made <= set(METRICS)


def test_failures_of_the_database_are_named_as_errors_are():
    assert all(issubclass(getattr(errors, name), errors.DatabaseError) for name in FAILURES)
