"""What a build did."""

from dataclasses import dataclass, field, replace
from typing import Any

from shopwright.catalog.faults import Fault
from shopwright.performance.line_metrics import FAULTS, FILES, PICTURES
from shopwright.template_engine.confinement.lockdown import confinement_level
from shopwright.template_engine.theme import Theme


@dataclass(slots=True)
class Built:
    """Counts of one build: ``files`` are all of the site, each written or reused; ``removed`` are of the old one.

    ``pictures`` is what ``asset_pipeline/tally.py`` counted, ``theme`` a ``theme_report``, ``audit`` a ``Verdict``'s
    counts.
    """

    pages: int
    files: int
    written: int
    reused: int
    removed: int
    bytes: int
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    pictures: dict[str, Any] = field(default_factory=dict)
    theme: dict[str, Any] = field(default_factory=dict)
    audit: dict[str, int] = field(default_factory=dict)

    def followed_by(self, second: "Built") -> "Built":
        """Both runs of a build whose pictures were completed: what the second left, and what either wrote or removed.

        A page that both wrote is counted once by each.
        """
        made = {name: self.pictures[name] for name in ("made", "reused", "failed")}
        return replace(
            second,
            written=self.written + second.written,
            reused=min(self.reused, second.reused),
            removed=self.removed + second.removed,
            pictures={**second.pictures, **made},
        )

    def count(self) -> None:
        """Add it to what this process has built (``performance.line_metrics``)."""
        for how in ("written", "reused", "removed"):
            FILES.add(how, amount=getattr(self, how))
        for how in ("made", "reused", "failed"):
            PICTURES.add(how, amount=self.pictures.get(how, 0))
        for fault in self.faults:
            FAULTS.add(fault.severity)

    def as_json(self) -> dict[str, Any]:
        """The object ``shopwright build --json`` prints, without the memory, which is measured from outside."""
        names = ("pages", "files", "written", "reused", "removed", "bytes")
        counts: dict[str, Any] = {name: getattr(self, name) for name in names}
        counts |= {"seconds": round(self.seconds, 3), "theme": self.theme}
        counts |= {"pictures": self.pictures, "audit": self.audit}
        return {**counts, "faults": [fault.as_json() for fault in self.faults]}


def theme_report(theme: Theme) -> dict[str, Any]:
    """Which theme a build used, and how far this system kept it from everything else: ``None`` for one of our own."""
    level = None if theme.builtin else confinement_level()
    confined = {"memory": level.memory, "system_calls": level.system_calls} if level else None
    return {"name": theme.name, "digest": theme.digest, "confined": confined}
