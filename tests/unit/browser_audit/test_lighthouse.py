import pytest
from tests.unit.browser_audit.answers import Answers, page, run, told

from shopwright.browser_audit.lighthouse import BAD_RECORDINGS, RECORDINGS, Score, judge, measure
from shopwright.errors import BrowserAuditError

PROBLEM = {"audit": "document-title", "title": "Has no title", "found": ['{"a":1}', "x"]}


def test_the_median_of_performance_and_the_worst_of_the_rest_count():
    score = Score(page(), "mobile", (run(0.99, seo=1.0), run(1.0, seo=0.92), run(0.9, accessibility=0.97)))
    assert score.performance() == (99, 90)
    assert [score.worst(name) for name in ("accessibility", "best-practices", "seo")] == [97, 100, 92]


def test_a_row_of_the_report():
    score = Score(page("product", "de", "/de/p/"), "desktop", (run(paint=900), run(paint=1100), run(paint=1000)))
    assert score.as_json() == {
        "kind": "product",
        "locale": "de",
        "address": "/de/p/",
        "form": "desktop",
        "runs": 3,
        "performance": {"median": 100, "worst": 100},
        "accessibility": 100,
        "best_practices": 100,
        "seo": 100,
        "metrics": {"largest_contentful_paint": 1000, "total_blocking_time": 9, "cumulative_layout_shift": 0.0013},
    }


@pytest.mark.parametrize(
    ("answers", "runs", "done"),
    [([1.0] * 3, 3, 3), ([0.96] * 5, 3, 5), ([0.9, 1.0, 1.0], 3, 3), ([0.5], 1, 1)],
)
def test_two_further_runs_only_where_the_median_of_several_is_low(answers, runs, done):
    driver = Answers(*map(run, answers))
    assert len(measure(driver, "http://a/", page(), "mobile", runs).runs) == done


class Failing(Answers):
    """Fails so often before it answers; ``closed`` counts the browsers that were given up."""

    def __init__(self, *errors):
        super().__init__(run())
        self.errors = list(errors)
        self.closed = 0

    def ask(self, subject, seconds, **question):
        if self.errors:
            raise BrowserAuditError(f"lighthouse: {self.errors.pop(0)}: Something went wrong", where="http://a/")
        return super().ask(subject, seconds, **question)

    def close(self):
        self.closed += 1


@pytest.mark.parametrize("code", BAD_RECORDINGS)
@pytest.mark.parametrize("failures", range(1, RECORDINGS))
def test_a_recording_that_went_wrong_is_made_again_by_a_new_browser(code, failures):
    driver = Failing(*[code] * failures)
    assert len(measure(driver, "http://a/", page(), "mobile", 1).runs) == 1
    assert driver.closed == failures


def test_a_page_that_cannot_be_recorded_four_times_is_told():
    assert RECORDINGS == 4
    driver = Failing(*["NO_NAVSTART"] * 4, "NO_FCP")
    with pytest.raises(BrowserAuditError, match="NO_NAVSTART"):
        measure(driver, "http://a/", page(), "mobile", 1)
    assert (driver.closed, driver.errors, driver.asked) == (3, ["NO_FCP"], [])


def test_a_page_that_is_wrong_is_not_asked_again():
    driver = Failing("PAGE_HUNG", "NO_NAVSTART")
    with pytest.raises(BrowserAuditError, match="PAGE_HUNG"):
        measure(driver, "http://a/", page(), "mobile", 1)
    assert (driver.closed, driver.errors) == (0, ["NO_NAVSTART"])


@pytest.mark.parametrize(
    ("looked_at", "skipped"),
    [
        (page(), []),
        (page("cart", indexed=False), ["is-crawlable"]),
        (page("not_found", indexed=False), ["is-crawlable", "http-status-code", "errors-in-console"]),
    ],
)
def test_what_a_page_is_on_purpose_is_not_held_against_it(looked_at, skipped):
    driver = Answers(run())
    measure(driver, "http://a/", looked_at, "desktop", 1)
    assert driver.asked == [("lighthouse", {"url": "http://a/", "form": "desktop", "skip": skipped})]


def test_a_category_of_95_or_less_is_an_error_one_of_less_than_100_a_warning():
    low = run(0.95, accessibility=0.96, seo=0.9, failing={"seo": [PROBLEM]})
    assert told(judge(Score(page(), "mobile", (low,)))) == [
        ("performance", "error", "mobile", "95 of 100: no single audit"),
        ("accessibility", "warning", "mobile", "96 of 100: "),
        ("seo", "error", "mobile", '90 of 100: document-title (Has no title) {"a":1}'),
    ]
    assert told(judge(Score(page(), "mobile", (run(0.96),)))) == []


def test_the_word_of_a_busy_machine_is_a_warning():
    score = Score(page(), "mobile", (run(0.5, benchmark=900.0, seo=0.5),))
    assert [(rule, severity) for rule, severity, *_ in told(judge(score))] == [
        ("performance", "warning"),
        ("seo", "error"),
    ]
    assert score.benchmark() == 900.0
