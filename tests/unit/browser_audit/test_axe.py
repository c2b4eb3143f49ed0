from tests.unit.browser_audit.answers import page, told

from shopwright.browser_audit.axe import judge


def violation(rule, required):
    return {
        "rule": rule,
        "impact": "minor",
        "help": "Do",
        "required": required,
        "nodes": 4,
        "where": ["#a <a>", "#b <b>"],
    }


def test_violations_of_wcag_are_errors_and_those_of_best_practice_warnings():
    states = [
        {"state": "as it arrives", "rules": 40, "violations": []},
        {"state": "opened: Menu", "rules": 41, "violations": [violation("list", True), violation("region", False)]},
    ]
    text = "Do (4 times): #a <a>; #b <b>"
    assert told(judge(page(), 320, "dark", states)) == [
        ("list", "error", "320 px, dark, opened: Menu", text),
        ("region", "warning", "320 px, dark, opened: Menu", text),
    ]
