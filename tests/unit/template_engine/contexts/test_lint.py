from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.template_engine.contexts.lint import MOST_SPOTS, lint_contexts
from shopwright.template_engine.contexts.rules import RULES
from shopwright.template_engine.refusal import Refusal
from shopwright.template_engine.theme import builtin_themes, load_theme


def rules(templates, names=None):
    return [(refusal.template, refusal.line, refusal.rule) for refusal in lint_contexts(templates, names or templates)]


@pytest.mark.parametrize("theme", [*builtin_themes(), "tests/themes/bare"])
def test_every_template_of_ours_is_accepted(theme, checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    templates = load_theme(theme).templates
    assert lint_contexts(templates, templates) == ()


def test_a_refusal_tells_where_what_and_what_instead():
    assert lint_contexts({"a.html": "<p>\n<p {{ x }}>"}, ["a.html"]) == (
        Refusal(
            "a.html", 2, "tag", "an expression stands in the tag 'p', not in a quoted value.", instead=RULES["tag"]
        ),
    )


def test_refusals_are_sorted_and_told_once():
    templates = {"b": "{{ x|safe }}{{ x|safe }}", "a": "{% include 'b' %}\n<p {{ x }}>"}
    assert rules(templates) == [("a", 2, "tag"), ("b", 1, "filter")]


def test_an_included_template_is_read_where_it_stands():
    part = "{{ stars(5) }}"
    assert rules({"a": "<p>{% include 'p' %}</p>", "p": part}) == []
    assert rules({"a": "<p title='{% include 'p' %}'>", "p": part}) == [("p", 1, "markup")]
    assert rules({"a": "<p{% include 'p' %}>", "p": " title='{{ x }}'"}) == []
    assert rules({"a": "<p title='{% include 'p' %}'>", "p": "a' "}) == [("p", 1, "returns")]
    assert rules({"a": "{% include 'a' %}{% include 'missing' %}"}) == []


def test_a_block_is_read_where_the_parent_has_it():
    parent = "<p title='{% block b %}{% endblock %}'>{% block c %}{% block d %}{% endblock %}{% endblock %}"
    child = "{% extends 'parent' %}{% block b %}{{ stars(5) }}{% endblock %}{% block d %}{{ stars(5) }}{% endblock %}"
    assert rules({"parent": parent, "child": child}) == [("child", 1, "markup")]
    grandchild = "{% extends 'child' %}{% block b %}{{ super() }}{% endblock %}"
    assert rules({"parent": parent, "child": "{% extends 'parent' %}", "c": grandchild.replace("child", "child")}) == [
        ("c", 1, "markup")
    ]


def test_a_block_of_no_parent_is_read_as_text():
    child = "{% extends 'missing' %}{% block b %}<p {{ x }}>{% endblock %}"
    assert rules({"child": child}) == [("child", 1, "tag")]


def test_templates_that_extend_each_other_end():
    block = "{% block b %}<p {{ x }}>{% endblock %}"
    assert rules({"a": "{% extends 'b' %}" + block, "b": "{% extends 'a' %}" + block}) == [
        ("a", 1, "tag"),
        ("b", 1, "tag"),
    ]


def test_names_of_markup_hold_for_all_templates():
    templates = {"a": "{% set s = stars(5) %}{% include 'b' %}", "b": "<p title='{{ s }}'>"}
    assert rules(templates) == [("b", 1, "markup")]
    either = {"a": "{% set s = x ~ y %}", "b": "{% set s = stars(5) %}", "c": "<p title='{{ s }}'>"}
    assert rules(either) == [("c", 1, "markup")]


def test_only_what_is_asked_for_is_refused_and_what_comes_of_it():
    templates = {"ours": "{% include 'theirs' %}{{ x|safe }}", "theirs": "{{ x|safe }}"}
    assert rules(templates, ["theirs"]) == [("theirs", 1, "filter")]
    moved = {
        "own": "<p title='{% block b %}{% endblock %}'>",
        "page": "{% extends 'own' %}{% block b %}<b>{% endblock %}",
    }
    assert rules(moved, ["own"]) == [("page", 1, "tag")]
    assert rules(templates, ["missing"]) == []


def test_what_cannot_be_parsed_is_refused():
    assert rules({"a": "a\n{% if %}"}) == [("a", 2, "syntax")]
    assert rules({"a": "{{ " + "(" * 5_000 + "x" + ")" * 5_000 + " }}"}) == [("a", 1, "syntax")]


def test_places_are_bounded():
    tags = [f"<{one}{two}-x title='{{% include 'p' %}}'>" for one in ascii_lowercase[:5] for two in ascii_lowercase[:5]]
    assert len(tags) > MOST_SPOTS
    assert rules({"a": "".join(tags), "p": "b"}) == [("p", 1, "places")]


@pytest.mark.parametrize(
    "source",
    [
        "<p title='{{ x }}'>{{ x }}</p>" * 5_000,
        "<blink " * 20_000,
        "{{ x" + "|d" * 50_000 + " }}",
        "{% if c %}a{% endif %}" * 5_000,
        "<a href='" + "{% if c %}a{% endif %}" * 5_000 + "'>",
        "<!--" * 50_000,
        '<p title="' + "a" * 500_000,
    ],
)
def test_large_templates_are_read_in_one_pass(source):
    """Each took less than a second of CPU; quadratic work would take minutes, and pytest's time limit."""
    lint_contexts({"a": source}, ["a"])


@given(st.dictionaries(st.sampled_from("abc"), st.text(st.sampled_from("<>\"'= /a{}%!-x\n"), max_size=40)))
def test_any_text_is_accepted_or_refused(templates):
    for refusal in lint_contexts(templates, templates):
        assert refusal.rule in RULES
        assert refusal.line >= 1
