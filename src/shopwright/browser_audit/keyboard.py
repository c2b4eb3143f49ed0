"""The keyboard walk: what of its answer breaks which criterion of WCAG."""

from typing import Any

from shopwright.browser_audit.findings import Finding, Findings
from shopwright.browser_audit.site_pages import SitePage

SECONDS = 180.0
WIDTHS = (390, 1280)

RULES = {
    "missed": ("not-reached", "Tab does not reach"),
    "disordered": ("focus-order", "the focus jumps back to"),
    "unseen": ("focus-visible", "nothing shows the focus on"),
    "covered": ("focus-covered", "something covers the focused"),
    "popovers": ("popover", ""),
}


def judge(page: SitePage, width: int, answer: dict[str, Any]) -> Findings:
    """What a shopper without a mouse would stumble over."""
    state = f"{width} px"
    if not answer["left"]:
        yield Finding("keyboard", "trap", "error", page, state, "Tab does not leave the page again")
    if not answer["skip"]:
        yield Finding("keyboard", "skip-link", "error", page, state, "the first stop does not lead to the content")
    for name, (rule, text) in RULES.items():
        for found in answer[name]:
            yield Finding("keyboard", rule, "error", page, state, f"{text} {found}".strip())
