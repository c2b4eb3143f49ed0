"""The checks of the browser, and shopwright.validation.browser, on reports and results of tests made here."""

import pytest
from tests.unit.browser_audit.answers import page, run, visit

from shopwright.browser_audit.findings import Finding
from shopwright.browser_audit.lighthouse import Score
from shopwright.browser_audit.report import BrowserReport
from shopwright.browser_audit.site_pages import MEASURED
from shopwright.browser_audit.vitals import row
from shopwright.validation import browser, checks_browser
from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_browser import (
    SUITE,
    lighthouse_scores,
    quality_in_browser,
    web_vitals,
)
from shopwright.validation.suite import Suite


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """``checkout(…)`` is one whose example store has such a report."""

    def make(runs=None, visits=None, findings=(), failed=0):
        scores = tuple(Score(page(kind), "mobile", (run(), *(runs or ()))) for kind in MEASURED)
        vitals = tuple(row(page(kind), visit(**(visits or {}))) for kind in MEASURED)
        report = BrowserReport("2026-06-01", "validation", {}, (page(),), scores, vitals, {}, findings)
        monkeypatch.setattr(checks_browser, "look_at_example", lambda _checkout: report)
        suite = Suite(len(SUITE) - failed, failed, 0)
        monkeypatch.setattr(checks_browser, "run_suite", lambda _root, _work, *paths: suite if paths == SUITE else None)
        return Checkout(tmp_path, tmp_path / "work")

    return make


def test_vitals_within_the_bounds(checkout):
    result = web_vitals(checkout())
    assert result.figure == "largest paint 1.00 s, shift 0.001, delay 16 ms at worst, 7 of 7 kinds of pages"
    assert result.passed


@pytest.mark.parametrize("visits", [{"at": 2501}, {"shift": 0.11}, {"delay": 208}, {"paint": None}])
def test_vitals_out_of_the_bounds(checkout, visits):
    assert not web_vitals(checkout(visits=visits)).passed


def test_what_a_slow_phone_finds_counts_too(checkout):
    assert not web_vitals(checkout(runs=(run(paint=9000), run(paint=9000)))).passed


def test_scores_above_95(checkout):
    result = lighthouse_scores(checkout(runs=(run(0.99),)))
    assert result.figure.startswith(
        "performance 100, accessibility 100, best-practices 100, seo 100 at the lowest of 7 "
    )
    assert result.passed


@pytest.mark.parametrize("low", [{"seo": 0.95}, {"accessibility": 0.9}, {"best": 0.95}])
def test_one_run_of_95_is_too_low(checkout, low):
    assert not lighthouse_scores(checkout(runs=(run(**low),))).passed


def test_a_busy_machine_is_said(checkout):
    result = lighthouse_scores(checkout(runs=(run(0.5, benchmark=900.0), run(0.5))))
    assert result.figure.endswith("7 pages and screens (the machine was busy)")
    assert not result.passed


def test_the_tests_pass_and_the_audit_has_no_error(checkout):
    result = quality_in_browser(checkout())
    assert result.figure == "3 of 3 tests in Chromium, 0 errors of the audit"
    assert result.passed


def test_a_test_that_fails_or_an_error_of_the_audit(checkout):
    wrong = Finding("vitals", "x", "error", page(), "", "x")
    result = quality_in_browser(checkout(failed=3, findings=(wrong,)))
    assert result.figure == "0 of 3 tests in Chromium, 1 errors of the audit"
    assert not result.passed


def test_the_example_is_looked_at_once(monkeypatch, tmp_path):
    made = Checkout(tmp_path, tmp_path / "work")
    vars(made)["example"] = tmp_path / "site"
    asked = []
    monkeypatch.setattr(browser, "prepare_toolbox", lambda _cache, _chromium, say: say("installing") or "box")
    monkeypatch.setattr(
        browser, "audit_in_browser", lambda order, box, say: asked.append((order.site, box)) or "report"
    )
    browser._look.cache_clear()
    assert [browser.look_at_example(made), browser.look_at_example(made)] == ["report", "report"]
    assert asked == [(tmp_path / "site", "box")]
    browser._look.cache_clear()
