from tests.unit.browser_audit.answers import page

from shopwright.browser_audit.findings import Finding


def test_a_row_of_the_report_names_tool_rule_and_place():
    finding = Finding("axe", "list", "error", page("cart", "ar", "/ar/cart/"), "filled", "x")
    assert finding.as_json() == {
        "tool": "axe",
        "rule": "list",
        "severity": "error",
        "kind": "cart",
        "locale": "ar",
        "address": "/ar/cart/",
        "state": "filled",
        "found": "x",
    }
