"""What a build did."""

from dataclasses import dataclass, field
from typing import Any

from shopwright.catalog.faults import Fault


@dataclass(slots=True)
class Built:
    """Counts of one build: ``files`` are all of the site, each written or reused; ``removed`` are of the old one."""

    pages: int
    files: int
    written: int
    reused: int
    removed: int
    bytes: int
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object ``shopwright build --json`` prints, without the memory, which is measured from outside."""
        names = ("pages", "files", "written", "reused", "removed", "bytes")
        counts = {name: getattr(self, name) for name in names}
        return {**counts, "seconds": round(self.seconds, 3), "faults": [fault.as_json() for fault in self.faults]}
