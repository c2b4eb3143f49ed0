"""The table of rules. (shopwright.seo.gate.rules.access, .markup, .rule, .search, .site)

shopwright.seo.gate.rules.access shopwright.seo.gate.rules.markup shopwright.seo.gate.rules.rule
shopwright.seo.gate.rules.search shopwright.seo.gate.rules.site
"""

import re
from pathlib import Path

from shopwright.seo.gate.rules.every import GROUPS, RULES

DOCUMENT = (Path(__file__).parents[5] / "docs/reference/audit-rules.md").read_text("utf-8")


def test_every_rule_stands_once_and_says_all_it_must():
    assert len(RULES) == sum(map(len, GROUPS.values())) == 100
    for rule in RULES.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id)
        assert rule.severity in ("error", "warning", "advice")
        assert rule.what
        assert rule.remedy
        assert rule.stands_for


def test_the_reference_is_the_table():
    for name, rules in GROUPS.items():
        assert f"## {name}\n" in DOCUMENT
        for rule in rules:
            lock = " 🔒" if rule.security else ""
            row = f"| `{rule.id}`{lock} | {rule.severity} | {rule.what} | {rule.remedy} | {rule.stands_for} |"
            assert row in DOCUMENT
    assert len(re.findall(r"^\| `", DOCUMENT, re.MULTILINE)) == len(RULES)
