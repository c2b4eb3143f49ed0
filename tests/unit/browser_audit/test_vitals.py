import pytest
from tests.unit.browser_audit.answers import page, told, visit

from shopwright.browser_audit.vitals import judge, row


def test_a_quick_page():
    assert told(judge(page(), visit())) == []
    assert told(judge(page("search"), visit(asked=400, lazy=True, urgent=False))) == []
    assert told(judge(page("not_found"), visit(restored=False))) == []
    assert told(judge(page("cart"), visit(prefetch="no rules", picture=False, asked=None))) == []


@pytest.mark.parametrize(
    ("answer", "rule", "severity", "found"),
    [
        ({"problems": ["console: x"]}, "console", "error", "console: x"),
        ({"delay": 208}, "interaction", "error", "an interaction took 208 ms"),
        ({"shift": 0.02, "shifted": ["<p>", "<b>"]}, "layout-shift", "warning", "0.020: <p>; <b>"),
        ({"shift": 0.11}, "layout-shift", "error", "0.110: "),
        ({"restored": False}, "back-forward-cache", "error", "going back loads the page anew"),
        ({"prefetch": "Failure"}, "prefetch", "warning", "resting on a link: Failure"),
        ({"paint": None}, "largest-paint", "error", "nothing was painted"),
        ({"at": 2501}, "largest-paint", "error", "after 2501 ms: <img>"),
        ({"lazy": True}, "largest-paint", "error", "the largest picture waits to be seen: <img>"),
        ({"urgent": False}, "largest-paint", "warning", "the largest picture is not urgent: <img>"),
        ({"asked": 130}, "largest-paint", "warning", "asked for after the page was read: <img>"),
    ],
)
def test_each_bound_has_a_rule(answer, rule, severity, found):
    assert told(judge(page(), visit(**answer))) == [(rule, severity, "390 px", found)]


def test_a_row_of_the_report():
    assert row(page("home", "de", "/de/"), visit(shift=0.00006)) == {
        "kind": "home",
        "locale": "de",
        "address": "/de/",
        "largest_paint": 300,
        "largest_element": "<img>",
        "layout_shift": 0.0001,
        "interaction": 16,
        "restored": True,
        "prefetch": "Ready",
    }
    assert row(page(), visit(paint=None))["largest_paint"] is None
