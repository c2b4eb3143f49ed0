from tests.unit.browser_audit.answers import page, told

from shopwright.browser_audit.layout import STATES, judge


def test_what_does_not_hold_together_is_an_error_in_its_state():
    assert told(judge(page(), {rule: [] for rule in STATES})) == []
    found = told(judge(page(), {rule: [f"<{rule}>"] for rule in STATES}))
    assert found == [(rule, "error", state, f"<{rule}>") for rule, state in STATES.items()]
