import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.unit.browser_audit.answers import page, run, visit
from tests.unit.browser_audit.test_report import report

from shopwright.browser_audit.findings import Finding
from shopwright.browser_audit.gauges import SHOWN, gauge, section, whole_page
from shopwright.browser_audit.lighthouse import Score
from shopwright.browser_audit.vitals import row


def texts(html, selector):
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


@pytest.mark.parametrize(
    ("value", "level", "arc"), [(100, "good", "100.0 100.0"), (89, "fair", "89.0 100.0"), (49, "poor", "49.0 100.0")]
)
def test_a_gauge_says_its_score_and_draws_it(value, level, arc):
    drawn = LexborHTMLParser(gauge(value, 'A "score"')).css_first("svg")
    assert drawn.attributes["aria-label"] == f'A "score": {value} of 100'
    assert drawn.attributes["class"] == f"gauge {level}"
    assert drawn.css_first(".arc").attributes["stroke-dasharray"] == arc


def test_the_section_shows_scores_vitals_and_findings():
    html = section(report(vitals=(row(page(), visit()),), looked={"axe": 1200, "lighthouse": 2}).as_json())
    assert texts(html, ".browser-audit > p")[0] == (
        "3 errors, 1 warnings on 2 pages: 1,200 states checked with axe, 2 runs of Lighthouse."
    )
    assert len(texts(html, "svg.gauge")) == 4
    assert texts(html, "tbody td")[4:] == ["1.00 s", "300 ms", "0", "16 ms", "yes", "Ready"]
    assert texts(html, "summary") == ["error axe: list (2)", "error markup: nu (1)", "warning axe: region (1)"]


def test_what_a_page_says_is_text():
    finding = Finding("axe", "<b>", "error", page(address="/<i>/"), "", "<script>alert(1)</script>")
    html = section(report(findings=(finding,), scores=()).as_json())
    assert LexborHTMLParser(html).css("script, b, i") == []
    assert texts(html, "li code") == ["/<i>/", "<script>alert(1)</script>"]
    assert "Lighthouse</h3>" not in html


def test_of_many_places_only_some_are_named():
    findings = tuple(Finding("axe", "list", "error", page(), str(number), "x") for number in range(SHOWN + 3))
    assert texts(section(report(findings=findings).as_json()), "li")[-1] == "and 3 more"


def test_a_busy_machine_is_said_and_the_page_is_whole():
    slow = Score(page(), "mobile", (run(benchmark=800.0),))
    html = whole_page(report(scores=(slow,)).as_json())
    assert html.startswith("<!doctype html>")
    assert texts(html, "p.poor") == ["The machine was busy: measure performance again."]
    assert LexborHTMLParser(html).css("[src], [href]") == []
