"""axe: rules of WCAG 2.2 A and AA, whose violations are errors, and best practices, which are warnings."""

from typing import Any

from shopwright.browser_audit.findings import Finding, Findings
from shopwright.browser_audit.site_pages import SitePage

SECONDS = 180.0
WIDTHS = (320, 390, 1280)
SCHEMES = ("light", "dark")


def judge(page: SitePage, width: int, scheme: str, states: list[dict[str, Any]]) -> Findings:
    """The violations of every state that a page was brought into."""
    for state in states:
        where = f"{width} px, {scheme}, {state['state']}"
        for violation in state["violations"]:
            places = "; ".join(violation["where"])
            found = f"{violation['help']} ({violation['nodes']} times): {places}"
            severity = "error" if violation["required"] else "warning"
            yield Finding("axe", violation["rule"], severity, page, where, found)  # type: ignore[arg-type]
