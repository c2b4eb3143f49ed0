from tests.unit.browser_audit.answers import page, told

from shopwright.browser_audit.policy import judge


def said(severity, value=""):
    return {"severity": severity, "directive": "script-src", "value": value, "description": "So."}


def test_what_is_rated_high_is_an_error_and_what_is_true_of_every_policy_nothing():
    findings = [said("HIGH", "'unsafe-inline'"), said("MEDIUM"), said("MEDIUM_MAYBE"), said("INFO")]
    policies = [
        {"from": "header", "text": "x", "findings": findings},
        {"from": "meta", "text": "", "findings": [said("HIGH")]},
    ]
    assert told(judge(page(), policies)) == [
        ("high", "error", "header", "script-src 'unsafe-inline': So."),
        ("medium", "warning", "header", "script-src : So."),
    ]


def test_a_page_without_any_policy():
    nothing = [{"from": "header", "text": "", "findings": []}, {"from": "meta", "text": "", "findings": []}]
    assert told(judge(page(), nothing)) == [
        ("no-policy", "error", "", "neither a header nor a meta element has a policy")
    ]
