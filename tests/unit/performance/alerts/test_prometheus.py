import orjson
import pytest
from tests.unit.performance.alerts.ruled import rule, shipped

from shopwright.performance.alerts.prometheus import expression, prometheus_rules
from shopwright.performance.every_metric import EVERY_METRIC
from shopwright.performance.metrics import Label, Registry

PER = {"per": {"metric": "asked_total"}}


@pytest.fixture
def metrics():
    made = Registry()
    made.gauge("things", "Things", [Label("kind")])
    made.counter("asked_total", "Asked")
    made.histogram("took_seconds", "Took")
    return made


@pytest.mark.parametrize(
    ("changed", "written"),
    [
        ({}, "sum by (instance) (things) > 10"),
        ({"measure": "least", "above": None, "below": 1}, "min by (instance) (things) < 1"),
        (
            {"measure": "most", "of": {"metric": "things", "where": {"kind": ["a"]}}},
            'max by (instance) (things{kind=~"a"}) > 10',
        ),
        (
            {"of": {"metric": "things", "where": {"kind": ['a"b', "c.d"]}}},
            'sum by (instance) (things{kind=~"a\\"b|c\\\\.d"}) > 10',
        ),
        ({"measure": "rate", "of": {"metric": "asked_total"}}, "sum by (instance) (rate(asked_total[300s])) > 10"),
        (
            {**PER, "measure": "rate", "of": {"metric": "took_seconds"}, "over": "1m", "at_least": 1},
            "sum by (instance) (rate(took_seconds_count[60s])) / (sum by (instance) (rate(asked_total[60s])) >= 1) > 10",  # noqa: E501 - one expression
        ),
        (
            PER,
            "sum by (instance) (things) / sum by (instance) (asked_total) > 10",
        ),
        (
            {"measure": "quantile", "of": {"metric": "took_seconds"}, "quantile": 0.9, "above": 1.5},
            "histogram_quantile(0.9, sum by (instance, le) (rate(took_seconds_bucket[300s]))) > 1.5",
        ),
    ],
)
def test_a_rule_in_promql(metrics, changed, written):
    assert expression(rule(**changed), metrics) == written


def test_all_rules_that_are_shipped_as_a_file():
    (group,) = orjson.loads(prometheus_rules(shipped(), EVERY_METRIC))["groups"]
    assert [each["alert"] for each in group["rules"]] == [each.name for each in shipped()]
    first = group["rules"][0]
    assert (first["for"], first["keep_firing_for"], first["labels"]) == ("60s", "120s", {"severity": "page"})
