"""Checks of the built example store in Chromium."""

from shopwright.browser_audit.lighthouse import ABOVE, CATEGORIES
from shopwright.browser_audit.report import BrowserReport
from shopwright.browser_audit.site_pages import MEASURED
from shopwright.browser_audit.vitals import MOST_DELAY_MS, MOST_PAINT_MS, MOST_SHIFT
from shopwright.validation.browser import look_at_example
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check
from shopwright.validation.suite import run_suite

SUITE = ("tests/browser/test_quality.py", "tests/browser/test_layout.py", "tests/browser/test_keyboard.py")


@check("S4")
def web_vitals(checkout: Checkout) -> Result:
    """Every kind of page keeps Google's bounds: as a visit shows, and as Lighthouse finds it on a slow phone.

    Lighthouse has no interaction to time, so blocked time stands for it there (web.dev/articles/tbt).
    """
    report = look_at_example(checkout)
    metrics = [score.as_json()["metrics"] for score in report.scores]
    paints = [row["largest_paint"] or MOST_PAINT_MS + 1 for row in report.vitals]
    paint = max([*paints, *(found["largest_contentful_paint"] for found in metrics)], default=0)
    shifts = [*(row["layout_shift"] for row in report.vitals), *(found["cumulative_layout_shift"] for found in metrics)]
    delays = [*(row["interaction"] for row in report.vitals), *(found["total_blocking_time"] for found in metrics)]
    shift, delay = max(shifts, default=0), max(delays, default=0)
    kinds = {row["kind"] for row in report.vitals} & set(MEASURED)
    figure = (
        f"largest paint {paint / 1000:.2f} s, shift {shift:.3f}, delay {delay:.0f} ms at worst, "
        f"{len(kinds)} of {len(MEASURED)} kinds of pages{_busy(report)}"
    )
    good = paint <= MOST_PAINT_MS and shift <= MOST_SHIFT and delay <= MOST_DELAY_MS
    return Result(figure, passed=good and kinds == set(MEASURED))


@check("S7")
def lighthouse_scores(checkout: Checkout) -> Result:
    """Every score of every kind of page is above 95, on a phone and on a desktop."""
    report = look_at_example(checkout)
    lowest = {
        name: min(
            (score.performance()[0] if name == "performance" else score.worst(name) for score in report.scores),
            default=0,
        )
        for name in CATEGORIES
    }
    figure = ", ".join(f"{name} {value}" for name, value in lowest.items())
    pages = f"at the lowest of {len(report.scores)} pages and screens{_busy(report)}"
    return Result(f"{figure} {pages}", passed=all(value > ABOVE for value in lowest.values()))


@check("Q4")
def quality_in_browser(checkout: Checkout) -> Result:
    """The tests of Lighthouse, WCAG, small screens and the keyboard pass, and the audit has no error."""
    report = look_at_example(checkout)
    suite = run_suite(checkout.root, checkout.work, *SUITE)
    return Result(f"{suite} in Chromium, {report.errors} errors of the audit", passed=suite.whole and not report.errors)


def _busy(report: BrowserReport) -> str:
    return " (the machine was busy)" if report.busy else ""
