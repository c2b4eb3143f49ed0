import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from shopwright.template_engine.policy import limits
from shopwright.template_engine.policy.source import scan

ENVIRONMENT = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


def rules(source):
    return [(refusal.line, refusal.rule) for refusal in scan("a.html", source, ENVIRONMENT).refusals]


def test_what_a_template_holds_is_counted():
    found = scan("a.html", "{% if a %}{{ b.c }}{% endif %}{# d #}", ENVIRONMENT)
    assert (found.refusals, found.characters, found.tags, found.tokens) == ([], 37, 3, 6)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x" * (limits.CHARACTERS + 1), (1, "size")),
        ("\n" * (limits.LINES + 1), (1, "lines")),
        ("a\n{{ " + "9" * (limits.RUN + 1) + " }}", (2, "digits")),
        ("\\" * (limits.BACKSLASHES + 1), (1, "backslashes")),
        ("\n{{ a" + "+a" * 200 + " }}", (2, "tokens")),
        ("{{ a" + "+a" * 130 + " }}" + "{{ b }}", None),
        ("{% nothing %}", (1, "tag")),
        ("{% autoescape false %}{% endautoescape %}", (1, "tag")),
        ("{{ " + "(" * 17 + "1" + ")" * 17 + " }}", (1, "brackets")),
        ("{{ " + "(" * 16 + "1" + ")" * 16 + " }}", None),
        ("{{ 12345678901234567890 }}", (1, "digits")),
        ("{{ 1234567890123456789 }}", None),
        ("{% if a %}" * 17 + "{% endif %}" * 17, (1, "nesting")),
        ("{% if a %}" * 16 + "{% endif %}" * 16, None),
        ("{% set a %}" * 17, (1, "nesting")),
        ("{% set a, b = c %}" * 17, None),
        ("{% if a %}" + "\n{% elif b %}" * 61, (62, "elif")),
        ("{{ a }}" * (limits.TAGS + 1), (1, "tags")),
        ("{{ " + "a," * 149 + " }}" * 1, None),
        ("{{ a $ }}", (1, "syntax")),
        ("{{ 'a }}", (1, "syntax")),
        ("{% raw %}{{ a ** b", (1, "syntax")),
        ("{% raw %}" + "{{ a" * 3_000 + "{% endraw %}", None),
    ],
)
def test_a_bound_is_named_with_its_line(source, expected):
    assert expected in rules(source) if expected else rules(source) == []


def test_all_tags_together_hold_a_bounded_number_of_tokens():
    assert "tokens" in {rule for _, rule in rules(("{{ " + "a," * 140 + " }}") * 40)}


def test_a_flood_of_faults_is_cut_short():
    assert 20 < len(rules("{% nothing %}" * 1_500)) < 30


def test_a_refusal_says_what_to_do():
    (refusal,) = scan("a.html", "{% autoescape false %}", ENVIRONMENT).refusals
    assert str(refusal) == ("a.html, line 1: There is no tag 'autoescape'. Leave it out: everything is escaped. [tag]")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="{}%#()[]'\"\\ \n-+abif01_", max_size=300))
def test_any_text_is_answered(source):
    scan("a.html", source, ENVIRONMENT)
