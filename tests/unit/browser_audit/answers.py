"""Pages and answers of the driver, for tests of what is made of them."""

from pathlib import Path

from shopwright.browser_audit.site_pages import SitePage


def page(kind="home", locale="en", address="/", indexed=True):
    return SitePage(kind, locale, address, Path("index.html"), indexed, address)


def run(performance=1.0, accessibility=1.0, best=1.0, seo=1.0, benchmark=2000.0, paint=1000.0, failing=None):
    scores = {"performance": performance, "accessibility": accessibility, "best-practices": best, "seo": seo}
    return {
        "benchmark": benchmark,
        "scores": scores,
        "metrics": {"largest_contentful_paint": paint, "total_blocking_time": 9, "cumulative_layout_shift": 0.00125},
        "failing": {name: (failing or {}).get(name, []) for name in scores},
    }


def visit(**changes):
    paint = {"at": 300, "element": "<img>", "picture": True, "lazy": False, "urgent": True, "asked": 90, "parsed": 120}
    found = {
        "paint": paint,
        "shift": 0,
        "shifted": [],
        "delay": 16,
        "restored": True,
        "prefetch": "Ready",
        "problems": [],
    }
    paint |= {name: changes.pop(name) for name in list(changes) if name in paint}
    return found | changes


def walked(**changes):
    nothing = {"missed": [], "disordered": [], "unseen": [], "covered": [], "popovers": []}
    return {"expected": 3, "reached": 3, "skip": True, "left": True, **nothing} | changes


class Answers:
    """A driver that gives answers instead of asking a browser; ``asked`` are the questions."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.asked = []

    def ask(self, subject, seconds, **question):
        self.asked.append((subject, question))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def told(findings):
    """Findings as (rule, severity, state, text)."""
    return [(one.rule, one.severity, one.state, one.found) for one in findings]
