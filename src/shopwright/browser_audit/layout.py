"""Layout under a reader's own wishes: what of the answer breaks which criterion of WCAG."""

from shopwright.browser_audit.findings import Finding, Findings
from shopwright.browser_audit.site_pages import SitePage

SECONDS = 90.0

STATES = {
    "reflow": "320 px",
    "zoomed": "zoomed to 200 %",
    "spaced": "text spaced",
    "large": "text at 200 %",
    "moving": "reduced motion",
    "forced": "forced colours",
}


def judge(page: SitePage, answer: dict[str, list[str]]) -> Findings:
    """What does not fit, is cut off, moves, or is not seen."""
    for rule, state in STATES.items():
        for found in answer[rule]:
            yield Finding("layout", rule, "error", page, state, found)
