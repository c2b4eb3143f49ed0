"""What a browser audit found, as JSON, and as the input of a store's accessibility statement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopwright.browser_audit.findings import ACCESSIBILITY, Finding, place
from shopwright.browser_audit.lighthouse import LEAST_BENCHMARK, Score
from shopwright.browser_audit.site_pages import SitePage
from shopwright.errors import StorageError

FILE = ".shopwright/browser-audit.json"
STANDARD = "WCAG 2.2 AA"
VERSION = 1


@dataclass(frozen=True, slots=True)
class BrowserReport:
    """One audit. ``looked`` counts by tool: runs, states, stops of the keyboard, pages, files, policies."""

    date: str
    depth: str
    tools: Mapping[str, str]
    pages: tuple[SitePage, ...]
    scores: tuple[Score, ...] = ()
    vitals: tuple[Mapping[str, Any], ...] = ()
    looked: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def busy(self) -> bool:
        """Whether the machine was too busy for figures of performance."""
        return any(score.benchmark() < LEAST_BENCHMARK for score in self.scores)

    def as_json(self) -> dict[str, Any]:
        """The object of ``.shopwright/browser-audit.json`` (docs/reference/browser-audit.md)."""
        return {
            "version": VERSION,
            "date": self.date,
            "depth": self.depth,
            "tools": dict(self.tools),
            "machine": {
                "benchmark": min((score.benchmark() for score in self.scores), default=None),
                "busy": self.busy,
            },
            "looked": dict(self.looked),
            "pages": [place(page) for page in self.pages],
            "scores": [score.as_json() for score in self.scores],
            "vitals": [dict(row) for row in self.vitals],
            "findings": [finding.as_json() for finding in self.findings],
            "errors": self.errors,
            "warnings": len(self.findings) - self.errors,
        }

    def statement(self) -> dict[str, Any]:
        """The object of ``accessibility.json``: what an accessibility statement may say of this audit."""
        wrong = [one for one in self.findings if one.tool in ACCESSIBILITY and one.severity == "error"]
        return {
            "date": self.date,
            "tools": dict(self.tools),
            "pages": len(self.pages),
            "locales": list(dict.fromkeys(page.locale for page in self.pages)),
            "standard": STANDARD,
            "violations": len(wrong),
            "known": list(dict.fromkeys(f"{one.tool} {one.rule}: {one.found}"[:300] for one in wrong)),
        }


def write_report(report: BrowserReport, site: Path) -> Path:
    """Keep a report in the site it is about. Raises ``StorageError``."""
    return write_json(site / FILE, report.as_json())


def write_json(path: Path, value: Mapping[str, Any]) -> Path:
    """Write a value as JSON that people can read. Raises ``StorageError``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"the report cannot be written: {error.strerror}.", where=str(path)) from error
    return path


def read_report(site: Path) -> dict[str, Any] | None:
    """The last browser audit of a site as JSON; None if there is none of this version."""
    try:
        report: object = json.loads((site / FILE).read_bytes())
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) and report.get("version") == VERSION else None
