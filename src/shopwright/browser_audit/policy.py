"""The Content-Security-Policy as csp_evaluator rates it, and whether there is one."""

from typing import Any

from shopwright.browser_audit.findings import Finding, Findings, Severity
from shopwright.browser_audit.site_pages import SitePage

SECONDS = 30.0

_SEVERITIES: dict[str, Severity] = {"HIGH": "error", "SYNTAX": "error", "HIGH_MAYBE": "warning", "MEDIUM": "warning"}
"""What is rated lower ("'self' can be problematic if you host JSONP") is true of every policy with own scripts."""


def judge(page: SitePage, policies: list[dict[str, Any]]) -> Findings:
    """Weaknesses of the policies that apply to a page."""
    if not any(policy["text"] for policy in policies):
        yield Finding("policy", "no-policy", "error", page, "", "neither a header nor a meta element has a policy")
    for policy in policies:
        for weakness in policy["findings"] if policy["text"] else ():
            severity = _SEVERITIES.get(weakness["severity"])
            if severity:
                found = f"{weakness['directive']} {weakness['value']}: {weakness['description']}"
                yield Finding("policy", weakness["severity"].lower(), severity, page, policy["from"], found)
