"""The file of alert rules: those that come with Shopwright, and what an operator changes of them."""

from typing import Annotated

from pydantic import Field, ValidationError

from shopwright.errors import SettingsError
from shopwright.performance.alerts.contact import Mail, Webhook
from shopwright.performance.alerts.rule import Rule, Selection, Strict
from shopwright.performance.metrics import OTHER, Registry

MOST_RULES = 200
MOST_CONTACTS = 10

_HOW = "See docs/reference/alerts.md."

_NOW = ("gauge", "counter")
_KINDS = {
    "sum": _NOW,
    "most": _NOW,
    "least": _NOW,
    "rate": ("counter", "histogram"),
    "quantile": ("histogram",),
}

Contact = Annotated[Webhook | Mail, Field(discriminator="kind")]


class AlertFile(Strict):
    """Rules, rules that come with Shopwright and are not wanted (``without``), and who is told.

    A rule with the name of one that comes with Shopwright takes its place.
    """

    without: Annotated[tuple[str, ...], Field(strict=False, max_length=MOST_RULES)] = ()
    rules: Annotated[tuple[Rule, ...], Field(strict=False, max_length=MOST_RULES)] = ()
    contacts: Annotated[tuple[Contact, ...], Field(strict=False, max_length=MOST_CONTACTS)] = ()


def read_alert_file(value: object, where: str) -> AlertFile:
    """A file's value (JSON's types) as rules. Raises ``SettingsError`` naming every fault and its place."""
    try:
        return AlertFile.model_validate(value)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()[:20])
        raise SettingsError(f"It holds no alert rules: {faults}.", where=where, remedy=_HOW) from None


def joined(shipped: AlertFile, own: AlertFile, where: str) -> tuple[Rule, ...]:
    """The rules that hold, by name. Raises ``SettingsError`` for a name that is not there, or is there twice."""
    named = {rule.name: rule for rule in shipped.rules}
    mine = {rule.name: rule for rule in own.rules}
    if unknown := sorted(set(own.without) - named.keys()):
        raise SettingsError(f"No rule is called {unknown[0][:60]!r}.", where=where, remedy=_HOW)
    if len(mine) < len(own.rules):
        raise SettingsError("Two of its rules have the same name.", where=where, remedy=_HOW)
    kept = {name: rule for name, rule in named.items() if name not in own.without}
    return tuple(rule for _, rule in sorted((kept | mine).items()))


def refuse_unknown(rules: tuple[Rule, ...], metrics: Registry, where: str) -> None:
    """Raise ``SettingsError`` for a rule that could never hold: of what is not measured, or is not measured so."""
    for rule in rules:
        for of in filter(None, (rule.of, rule.per)):
            if fault := _fault(rule.measure, of, metrics):
                raise SettingsError(f"The rule {rule.name}: {fault}.", where=where, remedy=_HOW)


def _fault(measure: str, of: Selection, metrics: Registry) -> str:
    metric = metrics.metrics.get(of.metric)
    if metric is None:
        return f"there is no metric {of.metric}"
    if metric.kind not in _KINDS[measure]:
        return f"{of.metric} is a {metric.kind}, which has no {measure}"
    labels = {label.name: label for label in metric.labels}
    for name, values in of.where.items():
        if name not in labels:
            return f"{of.metric} has no label {name}"
        if labels[name].values and not set(values) <= {*labels[name].values, OTHER}:
            return f"the label {name} of {of.metric} is one of {', '.join(labels[name].values)}"
    return ""
