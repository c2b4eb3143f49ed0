"""Whether rules are broken, and since when: quiet → waiting → firing → quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shopwright.performance.alerts.reading import History
from shopwright.performance.alerts.rule import Rule
from shopwright.performance.metrics import REGISTRY, Label, Registry, gauge

REMIND = 4 * 3_600
"""Seconds after which somebody is told again of what still holds."""

State = Literal["quiet", "waiting", "firing"]

FIRING = gauge("shopwright_alerts_firing", "Alerts that fire in this process", [Label("alert", most=200)])


@dataclass(slots=True)
class Standing:
    """How it stands with a rule. Times are of the clock that ``look`` is told."""

    rule: Rule
    state: State = "quiet"
    since: float = 0.0
    value: float | None = None
    held: float = 0.0
    """When it was last beyond its bound."""

    told: float = 0.0
    """When somebody was last told."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is to be told: a rule fires, still fires, or is quiet again; ``since`` is when it was broken."""

    rule: Rule
    state: Literal["firing", "cleared"]
    since: float
    at: float
    value: float | None


class Evaluation:
    """The rules, and how it stands with each."""

    def __init__(self, rules: Sequence[Rule], registry: Registry = REGISTRY) -> None:
        named = {each.metric for rule in rules for each in (rule.of, rule.per) if each is not None}
        self.standings = [Standing(rule) for rule in rules]
        self._history = History(frozenset(named))
        self._registry = registry

    def look(self, now: float) -> list[Notice]:
        """Read the metrics at a time in seconds; what is to be told."""
        self._history.add(now, self._registry.collect())
        return [notice for standing in self.standings if (notice := self._looked_at(standing, now))]

    def _looked_at(self, standing: Standing, now: float) -> Notice | None:
        standing.value = self._history.value(standing.rule)
        if standing.rule.holds(standing.value):
            standing.held = now
            return _broken(standing, now)
        return _kept(standing, now)


def _broken(standing: Standing, now: float) -> Notice | None:
    if standing.state == "quiet":
        standing.state, standing.since = "waiting", now
    if standing.state == "waiting" and now - standing.since >= standing.rule.hold:
        standing.state, standing.told = "firing", now
        FIRING.set(1, standing.rule.name)
        return _notice(standing, "firing", now)
    if standing.state == "firing" and now - standing.told >= REMIND:
        standing.told = now
        return _notice(standing, "firing", now)
    return None


def _kept(standing: Standing, now: float) -> Notice | None:
    if standing.state == "waiting":
        standing.state, standing.since = "quiet", now
    if standing.state != "firing" or now - standing.held < standing.rule.keep:
        return None
    notice = _notice(standing, "cleared", now)
    standing.state, standing.since = "quiet", now
    FIRING.set(0, standing.rule.name)
    return notice


def _notice(standing: Standing, state: Literal["firing", "cleared"], now: float) -> Notice:
    return Notice(standing.rule, state, standing.since, now, standing.value)
