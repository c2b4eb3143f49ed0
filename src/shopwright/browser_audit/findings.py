"""What a tool found on a page, and how much it looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shopwright.browser_audit.site_pages import SitePage

Severity = Literal["error", "warning"]

TOOLS = ("lighthouse", "axe", "keyboard", "layout", "vitals", "markup", "policy")

ACCESSIBILITY = frozenset({"axe", "keyboard", "layout"})
"""Tools whose errors are violations of WCAG."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    tool: str
    rule: str
    severity: Severity
    page: SitePage
    state: str
    """What the page was in: a screen, a colour scheme, something opened."""

    found: str
    """What exactly, in words."""

    def as_json(self) -> dict[str, object]:
        """A row of the report."""
        return {
            "tool": self.tool,
            "rule": self.rule,
            "severity": self.severity,
            **place(self.page),
            "state": self.state,
            "found": self.found,
        }


def place(page: SitePage) -> dict[str, object]:
    """A page as the report names it."""
    return {"kind": page.kind, "locale": page.locale, "address": page.address}


Findings = Iterator[Finding]
