"""Rules and metrics for tests of alerts."""

from pathlib import Path

from shopwright.catalog.yaml_text import load_yaml
from shopwright.performance import alerts
from shopwright.performance.alerts.alert_file import read_alert_file
from shopwright.performance.alerts.rule import Rule
from shopwright.performance.metrics import Registry

SHIPPED_FILE = Path(alerts.__file__).with_name("rules.yaml")


def shipped():
    return read_alert_file(load_yaml(SHIPPED_FILE.read_bytes(), "rules.yaml"), "rules.yaml").rules


def rule(**changed):
    usual = {
        "name": "too-many",
        "says": "There are too many",
        "remedy": "Take some away.",
        "severity": "ticket",
        "measure": "sum",
        "of": {"metric": "things"},
        "above": 10,
    }
    return Rule.model_validate({name: value for name, value in {**usual, **changed}.items() if value is not None})


def like(registry):
    """Fresh metrics of the same declarations: what a test counts is seen by no other."""
    made = Registry()
    for metric in registry.metrics.values():
        bounds = {"bounds": metric.bounds} if metric.kind == "histogram" else {}
        getattr(made, metric.kind)(metric.name, metric.help, metric.labels, **bounds)
    return made
