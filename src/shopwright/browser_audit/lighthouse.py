"""Lighthouse: how often it runs, what counts of several runs, and which score is too low.

Performance varies with the machine, so the median of three runs counts, of five where it is under 97; the other
categories are the same in every run, so the worst counts (a missing icon shows in a browser's first run only).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from shopwright.browser_audit.driver import Driver
from shopwright.browser_audit.findings import Finding, Findings, place
from shopwright.browser_audit.site_pages import NOT_FOUND, SitePage
from shopwright.errors import BrowserAuditError

Form = Literal["mobile", "desktop"]
Json = dict[str, Any]

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ABOVE = 95
"""A score of so much or less is an error."""

ENOUGH = 97
FURTHER_RUNS = 2
RUN_SECONDS = 120.0

LEAST_BENCHMARK = 1200.0
"""Lighthouse's own index of the machine: below it, figures of performance say more of the machine than of the page."""

BAD_RECORDINGS = ("NO_NAVSTART", "NO_TRACING_STARTED", "NO_SCREENSHOTS", "NO_SPEEDLINE_FRAMES", "INVALID_SPEEDLINE")
"""Failures of Lighthouse to record a page (its ``lh-error.js``: "Please run Lighthouse again")."""

RECORDINGS = 4
"""A page is recorded so often before a failure to record it counts, each time by a new browser."""

_OF_NO_INDEX = ("is-crawlable",)
_OF_NOT_FOUND = ("http-status-code", "errors-in-console")
"""A page that is not there answers 404, which the browser writes to its console; ``vitals`` looks at the rest of it."""


@dataclass(frozen=True, slots=True)
class Score:
    """What all runs on one page and screen give together; scores from 0 to 100."""

    page: SitePage
    form: Form
    runs: tuple[Json, ...]

    def performance(self) -> tuple[int, int]:
        """Median and worst."""
        values = self._values("performance")
        return round(median(values)), min(values)

    def worst(self, category: str) -> int:
        """The lowest of all runs."""
        return min(self._values(category))

    def benchmark(self) -> float:
        """The machine at its slowest."""
        return min(float(run["benchmark"]) for run in self.runs)

    def _values(self, category: str) -> list[int]:
        return [round(100 * (run["scores"][category] or 0)) for run in self.runs]

    def as_json(self) -> Json:
        """A row of the report; metrics are medians, in milliseconds but for the shift."""
        middle, lowest = self.performance()
        names: Sequence[str] = list(self.runs[0]["metrics"])
        return {
            **place(self.page),
            "form": self.form,
            "runs": len(self.runs),
            "performance": {"median": middle, "worst": lowest},
            **{name.replace("-", "_"): self.worst(name) for name in CATEGORIES[1:]},
            "metrics": {name: round(median(run["metrics"][name] for run in self.runs), 4) for name in names},
        }


def measure(driver: Driver, url: str, page: SitePage, form: Form, runs: int) -> Score:
    """Run so often, and twice more where the median of several is under 97. Raises ``BrowserAuditError``."""
    question = {"url": url, "form": form, "skip": _skipped(page)}

    done = [_recorded(driver, question) for _ in range(runs)]
    if runs > 1 and Score(page, form, tuple(done)).performance()[0] < ENOUGH:
        done += [_recorded(driver, question) for _ in range(FURTHER_RUNS)]
    return Score(page, form, tuple(done))


def _recorded(driver: Driver, question: Mapping[str, Any]) -> Json:
    for _ in range(RECORDINGS - 1):
        try:
            return _asked(driver, question)
        except BrowserAuditError as error:
            if not any(code in str(error) for code in BAD_RECORDINGS):
                raise
            driver.close()
    return _asked(driver, question)


def _asked(driver: Driver, question: Mapping[str, Any]) -> Json:
    answer: Json = driver.ask("lighthouse", RUN_SECONDS, **question)
    return answer


def _skipped(page: SitePage) -> list[str]:
    return [*(() if page.indexed else _OF_NO_INDEX), *(_OF_NOT_FOUND if page.kind == NOT_FOUND else ())]


def judge(score: Score) -> Findings:
    """Categories that are too low, and audits that take points of the others. A busy machine's word is a warning."""
    for category in CATEGORIES:
        value = score.performance()[0] if category == "performance" else score.worst(category)
        lowest = min(score.runs, key=lambda run, name=category: run["scores"][name] or 0)  # type: ignore[misc]
        wrong = "; ".join(map(_said, lowest["failing"][category]))
        busy = category == "performance" and score.benchmark() < LEAST_BENCHMARK
        if value <= ABOVE:
            found = f"{value} of 100: {wrong or 'no single audit'}{' (the machine was busy)' if busy else ''}"
            yield Finding("lighthouse", category, "warning" if busy else "error", score.page, score.form, found)
        elif value < 100 and category != "performance":
            yield Finding("lighthouse", category, "warning", score.page, score.form, f"{value} of 100: {wrong}")


def _said(audit: Mapping[str, Any]) -> str:
    return f"{audit['audit']} ({audit['title']}){''.join(f' {found}' for found in audit['found'][:1])}"
