"""What the policy as a whole promises: ``check.py``, with what it is made of.

That is ``shopwright.template_engine.policy.allowed``, ``shopwright.template_engine.policy.filters``,
``shopwright.template_engine.policy.graph``, ``shopwright.template_engine.policy.limits``,
``shopwright.template_engine.policy.names``, ``shopwright.template_engine.policy.remedies`` and
``shopwright.template_engine.policy.tree``.
"""

import pytest

from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.policy import limits
from shopwright.template_engine.policy.check import check_policy
from shopwright.template_engine.theme import builtin_themes, load_theme

OTHERS = {"b.html": "b", "m.html": "{% macro tile(a) %}{{ a }}{% endmacro %}", "deep/x-1_y.html": "x"}


def check(source, **others):
    templates = {"a.html": source, **OTHERS, **{f"{name}.html": text for name, text in others.items()}}
    return check_policy(templates, ["a.html"], {"t", "card", "collect"})


ALLOWED = [
    "{{ a.b.c }}{{ a[0] }}{{ a['key'] }}{{ a[b] }}{{ a[1:2] }}",
    "{% for a in b if a.c %}{{ loop.index }}{{ loop.previtem.x }}{% else %}x{% endfor %}",
    "{% for a in b %}{% if a %}{% continue %}{% endif %}{% break %}{% endfor %}",
    "{% for key, value in a|items %}{{ key }}{% endfor %}",
    "{% set a = 1 %}{% set b, c = d %}{% set e %}x{% endset %}{% set f | upper %}x{% endset %}",
    "{% with a = 1 %}{{ a }}{% endwith %}{% filter upper %}x{% endfilter %}",
    "{% macro m(a, b=1) %}{{ a }}{{ caller() }}{% endmacro %}{{ m(1) }}{% call(x) m(2) %}{{ x }}{% endcall %}",
    "{% macro m() %}{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}",
    "{% import 'm.html' as m %}{{ m.tile(1) }}{% from 'm.html' import tile as t2 %}{{ t2(1) }}",
    "{% extends 'b.html' %}{% block main %}{{ super() }}{% endblock %}",
    "{% include 'deep/x-1_y.html' %}{% include 'b.html' ignore missing %}",
    "{{ t('x', count=3) }}{{ card(a, eager=true) }}{% do collect('x', 1) %}",
    "{{ card.title }}{{ card['title'] }}",
    "{% for i in range(3) %}{{ i }}{% endfor %}",
    "{{ a if b else c }}{{ a and b or not c }}{{ -a + +b * c / d // e % f }}{{ a ~ b }}",
    "{{ a == b }}{{ a in b }}{{ a not in b }}{{ a is defined }}{{ a is divisibleby(3) }}{{ a is not none }}",
    "{{ {'a': 1, 'b': [1, (2, 3)]}.a }}",
    "{{ a|map(attribute='b.c')|join(', ') }}{{ a|map('upper')|list }}{{ a|selectattr('b', 'gt', 3)|first }}",
    "{{ a|sort(attribute='b,c', reverse=true)|groupby('b')|list|length }}{{ a|join(',', attribute='b') }}",
    "{{ a|select|list|length }}{{ a|sum(attribute='b') }}{{ a|map('replace', 'a', 'b')|first }}",
    "{% raw %}{{ a.__class__ }}{% endraw %}{# {{ a.__class__ }} #}",
    "{{ 9223372036854775807 }}{{ 1e300 }}",
]


@pytest.mark.parametrize("source", ALLOWED)
def test_what_themes_need_is_allowed(source):
    assert [str(refusal) for refusal in check(source)] == []


REFUSED = [
    ("{{ a ** b }}", "node"),
    ("{% set a.b = 1 %}", "node"),
    ("{{ a.upper() }}", "call"),
    ("{{ a.b.c() }}", "call"),
    ("{{ a() }}", "call"),
    ("{{ a()() }}", "call"),
    ("{{ t('x')() }}", "call"),
    ("{{ namespace() }}", "call"),
    ("{{ t }}", "call"),
    ("{{ [t] }}", "call"),
    ("{{ t|string }}", "call"),
    ("{% set a = range %}", "call"),
    ("{% set a = card %}", "call"),
    ("{{ t(*a) }}", "call"),
    ("{{ t(**a) }}", "call"),
    ("{{ t(a=1, a=2) }}", "call"),
    ("{{ t(_a=1) }}", "name"),
    ("{{ t(caller=1) }}", "name"),
    ("{% macro m(a, a) %}{% endmacro %}", "call"),
    ("{% macro m(loop) %}{% endmacro %}", "name"),
    ("{% macro m() %}{{ m }}{% endmacro %}", "call"),
    ("{% macro m() %}{{ caller }}{% endmacro %}", "call"),
    ("{% macro m() %}{{ varargs }}{% endmacro %}", "name"),
    ("{% macro m() %}{{ kwargs }}{% endmacro %}", "name"),
    ("{% if a %}{% macro m() %}{% endmacro %}{% endif %}", "macro"),
    ("{% macro t() %}{% endmacro %}", "name"),
    ("{% macro _m() %}{% endmacro %}", "name"),
    ("{% macro m() %}{% endmacro %}{% set m = 1 %}", "name"),
    ("{% set t = 1 %}{{ t('x') }}", "name"),
    ("{% for t in a %}{{ t('x') }}{% endfor %}", "name"),
    ("{% macro m(t) %}{{ t('x') }}{% endmacro %}", "name"),
    ("{% with t = a %}{{ t('x') }}{% endwith %}", "name"),
    ("{% import 'm.html' as t %}", "name"),
    ("{% from 'm.html' import tile as card %}", "name"),
    ("{% import 'm.html' as m %}{{ m }}", "call"),
    ("{% import 'm.html' as m %}{{ m.a.b() }}", "call"),
    ("{% set range = 1 %}", "name"),
    ("{% set loop = 1 %}", "name"),
    ("{{ self.b() }}", "name"),
    ("{{ self }}", "name"),
    ("{{ super }}", "call"),
    ("{% for a in b %}{{ loop }}{% endfor %}", "loop"),
    ("{% for a in b %}{{ loop.cycle('a', 'b') }}{% endfor %}", "loop"),
    ("{% for a in b %}{% set l = loop %}{% endfor %}", "loop"),
    ("{% for a in b recursive %}{{ loop(a) }}{% endfor %}", "loop"),
    ("{% for a in b %}" * 5 + "{% endfor %}" * 5, "loops"),
    ("{% break %}", "loop"),
    ("{% for a in b %}{% else %}{% continue %}{% endfor %}", "loop"),
    ("{% macro m() %}{% endmacro %}{% for a in b %}{% call m() %}{% break %}{% endcall %}{% endfor %}", "loop"),
    ("{% for a in b %}{% block c %}{% break %}{% endblock %}{% endfor %}", "loop"),
    ("{{ a._b }}", "name"),
    ("{{ _a }}", "name"),
    ("{{ a['_b'] }}", "name"),
    ("{{ a['__class__'] }}", "name"),
    ("{{ a.gi_frame }}", "name"),
    ("{{ a['mro'] }}", "name"),
    ("{{ ａ }}", "name"),
    ("{{ a.ｂ }}", "name"),
    ("{{ " + "a" * 61 + " }}", "name"),
    ("{% block ｂ %}{% endblock %}", "name"),
    ("{% import 'm.html' as ｍ %}", "name"),
    ("{{ a|safe }}", "filter"),
    ("{{ a|attr('b') }}", "filter"),
    ("{{ a|xmlattr }}", "filter"),
    ("{{ a|tojson }}", "filter"),
    ("{{ a|nothing }}", "filter"),
    ("{{ a|upper(1) }}", "filter"),
    ("{{ a|join(*b) }}", "filter"),
    ("{{ a|int(0, 16) }}", "filter"),
    ("{{ a|sum(start=[]) }}", "filter"),
    ("{{ a|map(attribute=b)|list }}", "attribute"),
    ("{{ a|map(attribute='_b')|list }}", "attribute"),
    ("{{ a|map(attribute='b.__class__')|list }}", "attribute"),
    ("{{ a|map('attr', 'b')|list }}", "filter"),
    ("{{ a|map(b)|list }}", "filter"),
    ("{{ a|map('selectattr', 'b')|list }}", "filter"),
    ("{{ a|map('max', false, '_b')|list }}", "filter"),
    ("{{ a|groupby(b) }}", "attribute"),
    ("{{ a|groupby('_b') }}", "attribute"),
    ("{{ a|selectattr(b)|list }}", "attribute"),
    ("{{ a|selectattr('b', 'callable')|list }}", "test"),
    ("{{ a|select('callable')|list }}", "test"),
    ("{{ a|select(b)|list }}", "test"),
    ("{% filter safe %}{% endfilter %}", "filter"),
    ("{% set a | safe %}{% endset %}", "filter"),
    ("{{ a is callable }}", "test"),
    ("{{ a is sameas(b) }}", "test"),
    ("{{ a is divisibleby(num=3) }}", "test"),
    ("{{ a < b < c }}", "compare"),
    ("{% do a %}", "do"),
    ("{% do a.b() %}", "do"),
    ("{% do range(3) %}", "do"),
    ("{{ 9223372036854775808 }}", "number"),
    ("{{ 1e999 }}", "number"),
    ("{{ " + "not " * 45 + "a }}", "depth"),
    ("{% include a %}", "template"),
    ("{% include ['b.html', 'm.html'] %}", "template"),
    ("{% include 'missing.html' %}", "template"),
    ("{% include '../b.html' %}", "template"),
    ("{% include 'B.HTML' %}", "template"),
    ("{% include 'b.html' without context %}", "template"),
    ("{% extends a %}", "template"),
    ("{% import 'nothing' as m %}", "template"),
    ("{% include 'a.html' %}", "circle"),
    ("{% if %}", "syntax"),
    ("{% endif %}", "syntax"),
    ("{% block a %}{% endblock %}{{ a.b( }}", "syntax"),
]


@pytest.mark.parametrize(("source", "rule"), REFUSED)
def test_what_is_not_listed_is_refused(source, rule):
    refusals = check(source)
    assert rule in {refusal.rule for refusal in refusals}
    assert {refusal.template for refusal in refusals} == {"a.html"}
    assert all(refusal.what and refusal.instead and refusal.line >= 1 for refusal in refusals)


def test_a_refusal_tells_template_line_what_and_instead():
    (refusal,) = check("\n\n{{ name.upper() }}")
    assert str(refusal) == ("a.html, line 3: Calling .upper() is not allowed. Write {{ value|upper }}. [call]")


def test_all_refusals_are_told_sorted_and_once():
    refusals = check("{{ b|safe }}\n{{ a ** 2 }}{{ a ** 2 }}")
    assert [(refusal.line, refusal.rule) for refusal in refusals] == [(1, "filter"), (2, "node")]


@pytest.mark.parametrize("name", ["{7*7}.html", "A.html", "a b.html", "a.htm", "ä.html", "a'.html"])
def test_the_name_of_a_template_is_no_code(name):
    (refusal,) = check_policy({name: "x"}, [name], ())
    assert refusal.rule == "template"


def test_a_circle_through_a_parent_is_found():
    templates = {"layout.html": "{% include '_header.html' %}", "_header.html": "\n{% include '_menu.html' %}"}
    circle = {**templates, "_menu.html": "{% include 'layout.html' %}"}
    assert check_policy({**templates, "_menu.html": "x"}, ["_menu.html"], ()) == ()
    (refusal,) = check_policy(circle, ["_menu.html"], ())
    assert (refusal.template, refusal.line, refusal.rule) == ("_menu.html", 1, "circle")


def test_a_chain_is_bounded():
    chain = {f"t{n}.html": f"{{% include 't{n + 1}.html' %}}" for n in range(limits.TEMPLATE_DEPTH)}
    templates = {**chain, f"t{limits.TEMPLATE_DEPTH}.html": "x"}
    (refusal,) = check_policy(templates, templates.keys(), ())
    assert (refusal.template, refusal.rule) == ("t0.html", "chain")


def test_templates_are_counted_as_often_as_they_are_opened():
    templates = {f"t{n}.html": f"{{% include 't{n + 1}.html' %}}" * 4 for n in range(5)} | {"t5.html": "x"}
    (refusal,) = check_policy(templates, templates.keys(), ())
    assert (refusal.template, refusal.rule) == ("t0.html", "chain")


def test_an_imported_template_holds_only_macros():
    templates = {
        "a.html": "{% import 'm.html' as m %}",
        "m.html": "{% set a = 'fixed' %}\n{% macro m() %}{% endmacro %}\n{{ a }}{% for b in a %}{% endfor %}",
    }
    refusals = check_policy(templates, templates.keys(), ())
    assert {(refusal.template, refusal.rule) for refusal in refusals} == {("m.html", "import")}


def test_a_theme_is_bounded_as_a_whole():
    templates = {f"t{n}.html": "{{ a }}" * 1_999 for n in range(4)}
    assert {refusal.rule for refusal in check_policy(templates, templates.keys(), ())} == {"theme-size"}


def test_only_the_named_templates_are_checked():
    assert check_policy({"a.html": "{{ a|safe }}", "b.html": "x"}, ["b.html", "absent.html"], ()) == ()


@pytest.mark.parametrize("name", builtin_themes())
def test_the_built_in_themes_pass(name):
    theme = load_theme(name)
    refusals = check_policy(theme.templates, theme.templates.keys(), THEME_FUNCTIONS)
    assert [str(refusal) for refusal in refusals] == []
