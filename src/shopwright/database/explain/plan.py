"""Reading the server's account of how it answers a command."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_EXTRA = 20
MOST_TIMES = 4
"""Documents may be read that are not in the answer, but few: as many as this, and this many times the answer."""

_FAULTS = {"COLLSCAN": "reads the whole collection", "SORT": "sorts in memory", "$sort": "sorts in memory"}
_CHANGED = ("nMatched", "nWouldModify", "nWouldDelete")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a command is answered."""

    stages: tuple[str, ...]
    examined: int
    """Documents read."""

    returned: int
    """Documents in the answer, or changed."""

    def faults(self, extra: int = MOST_EXTRA) -> list[str]:
        """Why the plan is not fit for a large collection; ``extra`` documents may be read that are not returned."""
        found = [_FAULTS[stage] for stage in dict.fromkeys(self.stages) if stage in _FAULTS]
        if self.examined > extra + MOST_TIMES * self.returned:
            found.append(f"reads {self.examined} documents for {self.returned}")
        return found


def read_plan(explanation: Mapping[str, Any]) -> Plan:
    """The plan that won, out of the answer to ``explain`` (``executionStats``)."""
    runs = list(_parts(explanation, "executionStats"))
    changes = [node.get(count, 0) for run in runs for node in _nodes(run) for count in _CHANGED]
    plans = [node for part in _parts(explanation, "winningPlan") for node in _nodes(part)]
    stages = [str(node["stage"]) for node in plans if "stage" in node]
    stages += [word for node in _nodes(explanation.get("stages", [])) for word in node if word == "$sort"]
    return Plan(
        tuple(stages),
        max((run.get("totalDocsExamined", 0) for run in runs), default=0),
        max([run.get("nReturned", 0) for run in runs] + changes, default=0),
    )


def _parts(explanation: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Every value of a key, at whatever depth: aggregations and shards have one each."""
    for node in _nodes(explanation):
        if name in node:
            yield node[name]


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - documents of every form
    if isinstance(value, Mapping):
        yield value
        for key, inner in value.items():
            if key not in ("rejectedPlans", "allPlansExecution", "command"):
                yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)
