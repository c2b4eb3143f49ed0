"""Core Web Vitals of a visit, against Google's bounds for "good" (web.dev/articles/vitals), and what they rest on."""

from typing import Any

from shopwright.browser_audit.findings import Finding, Findings, Severity, place
from shopwright.browser_audit.site_pages import NOT_FOUND, SitePage

SECONDS = 120.0

MOST_PAINT_MS = 2_500
MOST_SHIFT = 0.1
NO_SHIFT = 0.01
MOST_DELAY_MS = 200

PICTURED = frozenset({"home", "product"})
"""Kinds of pages with one picture above all. In a list the first of many equal ones to arrive counts as largest."""

_FETCHED = frozenset({"Ready", "Success", "no rules", "no links"})


def judge(page: SitePage, answer: dict[str, Any]) -> Findings:
    """Errors: bounds that are not kept. Warnings: what makes them hard to keep elsewhere."""

    def found(rule: str, severity: Severity, text: str) -> Finding:
        return Finding("vitals", rule, severity, page, "390 px", text)

    for problem in answer["problems"]:
        yield found("console", "error", problem)
    if answer["delay"] > MOST_DELAY_MS:
        yield found("interaction", "error", f"an interaction took {answer['delay']} ms")
    if answer["shift"] > NO_SHIFT:
        severity: Severity = "error" if answer["shift"] > MOST_SHIFT else "warning"
        yield found("layout-shift", severity, f"{answer['shift']:.3f}: {'; '.join(answer['shifted'])}")
    if not answer["restored"] and page.kind != NOT_FOUND:  # browsers keep no page whose status is an error
        yield found("back-forward-cache", "error", "going back loads the page anew")
    if answer["prefetch"] not in _FETCHED:
        yield found("prefetch", "warning", f"resting on a link: {answer['prefetch']}")
    yield from (found(*row) for row in _paint(page, answer["paint"] or {}))


def _paint(page: SitePage, paint: dict[str, Any]) -> list[tuple[str, Severity, str]]:
    if not paint:
        return [("largest-paint", "error", "nothing was painted")]
    rows: list[tuple[str, Severity, str]] = []
    if paint["at"] > MOST_PAINT_MS:
        rows.append(("largest-paint", "error", f"after {paint['at']} ms: {paint['element']}"))
    if not paint["picture"] or page.kind not in PICTURED:
        return rows
    if paint["lazy"]:
        rows.append(("largest-paint", "error", f"the largest picture waits to be seen: {paint['element']}"))
    if not paint["urgent"]:
        rows.append(("largest-paint", "warning", f"the largest picture is not urgent: {paint['element']}"))
    if paint["asked"] is not None and paint["asked"] > paint["parsed"]:
        rows.append(("largest-paint", "warning", f"asked for after the page was read: {paint['element']}"))
    return rows


def row(page: SitePage, answer: dict[str, Any]) -> dict[str, Any]:
    """A row of the report; times in milliseconds."""
    paint = answer["paint"] or {}
    return {
        **place(page),
        "largest_paint": paint.get("at"),
        "largest_element": paint.get("element", ""),
        "layout_shift": round(answer["shift"], 4),
        "interaction": answer["delay"],
        "restored": answer["restored"],
        "prefetch": answer["prefetch"],
    }
