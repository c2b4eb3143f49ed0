"""An alert rule: which number of the metrics, over which bound, for how long."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from shopwright.errors import SettingsError

MOST_RULES = 200
LONGEST_WINDOW = 3_600

_UNITS = {"s": 1, "m": 60, "h": 3_600}
_DURATION = re.compile(r"(0|[1-9][0-9]{0,4})([smh])")


def _seconds(text: object) -> object:
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise ValueError("a length of time such as 30s, 5m or 1h")
    return int(found[1]) * _UNITS[found[2]]


Seconds = Annotated[int, BeforeValidator(_seconds), Field(ge=0, le=LONGEST_WINDOW)]
MetricName = Annotated[str, Field(pattern=r"\A[a-z][a-z0-9_]{2,99}\z")]
LabelName = Annotated[str, Field(pattern=r"\A[a-z][a-z_]{0,29}\z")]
Value = Annotated[str, Field(min_length=1, max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=300)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Selection(_Frozen):
    """Series of a metric: those whose labels have one of the values named, or all."""

    metric: MetricName
    where: dict[LabelName, Annotated[tuple[Value, ...], Field(min_length=1, strict=False)]] = {}


class Rule(_Frozen):
    """When somebody is to be told.

    ``measure`` says which number is looked at: ``sum`` or ``most`` of the series as they stand, ``rate`` of a counter
    (a second, over ``over``), or ``quantile`` of what a histogram observed in ``over``. With ``per`` it is divided by
    the same of other series, of which there must be ``at_least`` that much. It must be ``above`` or ``below`` the
    bound ``for`` a time, and is over when it has not been for ``keep``.
    """

    name: Annotated[str, Field(pattern=r"\A[a-z][a-z0-9-]{2,59}\z")]
    says: Line
    remedy: Line
    severity: Literal["page", "ticket"]
    measure: Literal["sum", "most", "rate", "quantile"]
    of: Selection
    per: Selection | None = None
    at_least: Annotated[float, Field(ge=0, strict=False)] = 0.0
    quantile: Annotated[float, Field(gt=0, lt=1)] = 0.99
    over: Seconds = 300
    above: Annotated[float, Field(strict=False)] | None = None
    below: Annotated[float, Field(strict=False)] | None = None
    hold: Seconds = Field(default=0, alias="for")
    keep: Seconds = 60

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise ValueError("a rule has either above or below")
        if self.measure in ("rate", "quantile") and self.over < 60:
            raise ValueError("over is at least 1m")
        if self.per is not None and self.measure == "quantile":
            raise ValueError("a quantile is not divided")
        return self

    @property
    def bound(self) -> float:
        """The number that is not to be passed."""
        return self.above if self.above is not None else self.below or 0.0

    def holds(self, value: float | None) -> bool:
        """Whether a value, None for "nobody knows", is beyond the bound."""
        if value is None:
            return False
        return value > self.bound if self.above is not None else value < self.bound


class AlertFile(_Frozen):
    """What an operator changes: rules that come with Shopwright and are not wanted, and rules of their own.

    A rule with the name of one that comes with Shopwright takes its place.
    """

    without: Annotated[tuple[str, ...], Field(strict=False, max_length=MOST_RULES)] = ()
    rules: Annotated[tuple[Rule, ...], Field(strict=False, max_length=MOST_RULES)] = ()
    contacts: Annotated[tuple[dict[str, Any], ...], Field(strict=False, max_length=10)] = ()


def read_alert_file(value: object, where: str) -> AlertFile:
    """A file's value (JSON's types) as rules. Raises ``SettingsError`` naming every fault and its place."""
    try:
        return AlertFile.model_validate(value)
    except ValidationError as error:
        faults = "; ".join(f"{_path(fault['loc'])}: {fault['msg']}" for fault in error.errors()[:20])
        raise SettingsError(
            f"The file of alert rules cannot be used: {faults}.", where=where, remedy="See docs/reference/alerts.md."
        ) from None


def joined(shipped: AlertFile, own: AlertFile, where: str) -> tuple[Rule, ...]:
    """The rules that hold, by name. Raises ``SettingsError`` for a name that is not there, or is there twice."""
    named = {rule.name: rule for rule in shipped.rules}
    unknown = sorted(set(own.without) - named.keys())
    mine = {rule.name: rule for rule in own.rules}
    if unknown or len(mine) < len(own.rules):
        said = f"no rule is called {unknown[0][:60]!r}" if unknown else "two rules have the same name"
        raise SettingsError(f"The file of alert rules cannot be used: {said}.", where=where)
    kept = {name: rule for name, rule in named.items() if name not in own.without}
    return tuple(rule for _, rule in sorted((kept | mine).items()))


def _path(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place))
