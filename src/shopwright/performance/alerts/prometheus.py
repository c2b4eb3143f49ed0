"""The rules in Prometheus' own form, for who watches all processes together."""

import re

import orjson

from shopwright.performance.alerts.rule import Rule, Selection
from shopwright.performance.metrics import REGISTRY, Registry

_OF_ALL = {"sum": "sum", "most": "max", "least": "min"}


def prometheus_rules(rules: tuple[Rule, ...], registry: Registry = REGISTRY) -> bytes:
    """A file of rules for Prometheus: JSON, which is YAML too (yaml.org/spec/1.2, 1.3)."""
    group = {"name": "shopwright", "rules": [_as_json(rule, registry) for rule in rules]}
    return orjson.dumps({"groups": [group]}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _as_json(rule: Rule, registry: Registry) -> dict[str, object]:
    return {
        "alert": rule.name,
        "expr": expression(rule, registry),
        "for": f"{rule.hold}s",
        "keep_firing_for": f"{rule.keep}s",
        "labels": {"severity": rule.severity},
        "annotations": {"summary": rule.says, "description": rule.remedy},
    }


def expression(rule: Rule, registry: Registry = REGISTRY) -> str:
    """A rule in PromQL, for each process by itself."""
    bound = f"> {rule.bound:g}" if rule.above is not None else f"< {rule.bound:g}"
    if rule.measure == "quantile":
        rates = f"rate({rule.of.metric}_bucket{_braced(rule.of)}[{rule.over}s])"
        return f"histogram_quantile({rule.quantile:g}, sum by (instance, le) ({rates})) {bound}"
    measured = _measured(rule, rule.of, registry)
    if rule.per is None:
        return f"{measured} {bound}"
    per = _measured(rule, rule.per, registry)
    enough = f"({per} >= {rule.at_least:g})" if rule.at_least else per
    return f"{measured} / {enough} {bound}"


def _measured(rule: Rule, of: Selection, registry: Registry) -> str:
    is_histogram = registry.metrics[of.metric].kind == "histogram"
    series = f"{of.metric}{'_count' if is_histogram else ''}{_braced(of)}"
    if rule.measure == "rate":
        return f"sum by (instance) (rate({series}[{rule.over}s]))"
    return f"{_OF_ALL[rule.measure]} by (instance) ({series})"


def _braced(of: Selection) -> str:
    conditions = ",".join(_condition(*each) for each in of.where.items())
    return f"{{{conditions}}}" if conditions else ""


def _condition(name: str, values: tuple[str, ...]) -> str:
    written = "|".join(map(re.escape, values)).replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}=~"{written}"'
