import re

import pytest

from shopwright.template_engine.contexts.lint import lint_contexts
from shopwright.template_engine.contexts.rules import RULES

SECTION = re.compile(r"^### ([\w-]+)\n(.*?)(?=^### |\Z)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"```jinja\n(.*?)\n```", re.DOTALL)
IN_WORDS = {"nesting", "places"}
"""Their examples would be longer than what they explain; ``test_walk.py`` and ``test_lint.py`` have them."""


@pytest.fixture(scope="module")
def sections(checkout):
    return dict(SECTION.findall((checkout / "docs/reference/template-contexts.md").read_text()))


def test_every_rule_says_what_to_do_instead():
    assert [rule for rule, instead in RULES.items() if not instead.endswith(".") or len(instead) < 10] == []


def test_every_rule_is_described(sections):
    assert list(sections) == list(RULES)
    assert [rule for rule, section in sections.items() if f"Instead: {RULES[rule]}\n" not in section] == []


@pytest.mark.parametrize("rule", sorted(RULES.keys() - IN_WORDS))
def test_the_documented_examples_are_refused_and_accepted(sections, rule):
    refused, accepted = EXAMPLE.findall(sections[rule])
    assert {refusal.rule for refusal in lint_contexts({"a": refused}, ["a"])} == {rule}
    assert lint_contexts({"a": accepted}, ["a"]) == ()
