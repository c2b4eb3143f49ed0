"""An alert rule: which number of the metrics, over which bound, for how long."""

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

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
Line = Annotated[str, Field(pattern=r"\A[^\x00-\x1f\x7f]{1,300}\z")]


class Strict(BaseModel):
    """What a file says, in JSON's types, and nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Selection(Strict):
    """Series of a metric: those whose labels have one of the values named, or all."""

    metric: MetricName
    where: dict[LabelName, Annotated[tuple[Value, ...], Field(min_length=1, strict=False)]] = {}


class Rule(Strict):
    """When somebody is to be told.

    ``measure`` says which number is looked at: ``sum``, ``most`` or ``least`` of the series as they stand, ``rate``
    of a counter (a second, over ``over``), or ``quantile`` of what a histogram observed in ``over``. With ``per`` it is
    divided by the same of other series, of which there must be ``at_least`` that much. It must be ``above`` or
    ``below`` the bound ``for`` a time, and is over when it has not been for ``keep``.
    """

    name: Annotated[str, Field(pattern=r"\A[a-z][a-z0-9-]{2,59}\z")]
    says: Line
    remedy: Line
    severity: Literal["page", "ticket"]
    measure: Literal["sum", "most", "least", "rate", "quantile"]
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
