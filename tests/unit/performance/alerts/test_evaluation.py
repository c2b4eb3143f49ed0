import pytest
from tests.unit.performance.alerts.ruled import like, rule, shipped

from shopwright.performance.alerts.evaluation import FIRING, REMIND, Evaluation
from shopwright.performance.every_metric import EVERY_METRIC
from shopwright.performance.metrics import Registry

STEP = 15


@pytest.fixture
def things():
    metrics = Registry()
    return metrics, metrics.gauge("things", "Things")


def states(evaluation, at):
    return [(notice.state, notice.since, notice.at) for notice in evaluation.look(at)]


def test_a_rule_fires_after_its_time_and_clears_after_its_time(things):
    metrics, gauge = things
    watch = Evaluation([rule(**{"for": "30s", "keep": "1m"})], metrics)
    gauge.set(11)
    assert states(watch, 0) == []
    assert watch.standings[0].state == "waiting"
    assert states(watch, 29) == []
    assert states(watch, 30) == [("firing", 0, 30)]
    assert FIRING.collect().series["too-many",] == 1
    gauge.set(5)
    assert states(watch, 45) == []
    assert states(watch, 90) == [("cleared", 0, 90)]
    assert FIRING.collect().series["too-many",] == 0
    assert watch.standings[0].state == "quiet"


def test_what_holds_only_now_and_then_is_told_of_neither_way(things):
    metrics, gauge = things
    watch = Evaluation([rule(**{"for": "30s", "keep": "1m"})], metrics)
    for at, value in ((0, 11), (15, 9), (30, 11), (45, 9)):
        gauge.set(value)
        assert states(watch, at) == []
    gauge.set(11)
    assert states(watch, 60) == []
    assert states(watch, 90) == [("firing", 60, 90)]
    for at, value in ((100, 9), (140, 11), (150, 9), (190, 11)):
        gauge.set(value)
        assert states(watch, at) == []


def test_what_still_holds_is_told_of_again(things):
    metrics, gauge = things
    watch = Evaluation([rule()], metrics)
    gauge.set(11)
    assert states(watch, 0) == [("firing", 0, 0)]
    assert states(watch, REMIND - 1) == []
    assert states(watch, REMIND) == [("firing", 0, REMIND)]


def test_a_notice_tells_the_value(things):
    metrics, gauge = things
    gauge.set(12)
    (notice,) = Evaluation([rule()], metrics).look(0)
    assert notice.value == 12


def drive(metrics, of_rule, *, is_bad):
    """Let metrics do for a step what breaks a rule, or what does not."""
    over = of_rule.above is not None
    metric = metrics.metrics[of_rule.of.metric]
    chosen = [of_rule.of.where.get(label.name, (label.values or ("any",)))[0] for label in metric.labels]
    if of_rule.measure == "quantile":
        for _ in range(20):
            metric.observe(of_rule.bound * 3 if is_bad else 0.0001, *chosen)
    elif of_rule.measure == "rate":
        if of_rule.per:
            per = metrics.metrics[of_rule.per.metric]
            per.add(*[(label.values or ("any",))[0] for label in per.labels], amount=STEP)
        if is_bad:
            metric.add(*chosen, amount=STEP * max(1.0, of_rule.bound * 2))
    else:
        if of_rule.per:
            metrics.metrics[of_rule.per.metric].set(100)
        scale = 100 if of_rule.per else 1
        metric.set(scale * of_rule.bound * (1.05 if is_bad is over else 0.5 if over else 0), *chosen)
        if not over and not is_bad:
            metric.set(of_rule.bound * 2, *chosen)


def steps(watch, metrics, of_rule, at, seconds, *, is_bad):
    told = []
    for step in range(seconds // STEP + 2):
        drive(metrics, of_rule, is_bad=is_bad)
        told += watch.look(at + step * STEP)
    return told, at + (seconds // STEP + 2) * STEP


@pytest.mark.parametrize("of_rule", shipped(), ids=lambda each: each.name)
def test_each_rule_that_is_shipped_fires_and_clears(of_rule):
    metrics = like(EVERY_METRIC)
    watch = Evaluation([of_rule], metrics)
    told, at = steps(watch, metrics, of_rule, 0, of_rule.over, is_bad=False)
    assert told == []
    told, at = steps(watch, metrics, of_rule, at, of_rule.over + of_rule.hold, is_bad=True)
    assert [notice.state for notice in told] == ["firing"]
    told, at = steps(watch, metrics, of_rule, at, of_rule.over + of_rule.keep, is_bad=False)
    assert [notice.state for notice in told] == ["cleared"]


def test_a_process_that_just_began_breaks_no_rule():
    watch = Evaluation(shipped(), like(EVERY_METRIC))
    assert [watch.look(at) for at in range(0, 3_600, STEP)] == [[]] * (3_600 // STEP)
