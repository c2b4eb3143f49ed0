from dataclasses import replace

import pytest

from shopwright.template_engine.contexts.spot import TEXT, Place, Spot
from shopwright.template_engine.contexts.walk import MOST_NESTED, MOST_NOTED, Walk
from shopwright.template_engine.engine import make_environment

PARSE = make_environment({}).parse
VALUE = Spot(Place.VALUE, "p", "title", '"')


def walk(source, spot=TEXT):
    notes = []
    walked = Walk({}, lambda rule, line, what: notes.append((rule, line)))
    walked.template(PARSE(source), spot)
    return walked, notes


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{% if c %}<p>{% else %}<b>{% endif %}",
        "<p{% if c %} class='a'{% elif d %} hidden{% endif %}>{{ x }}",
        "{% for a in x %}<p title='{{ a }}'>{% else %}b{% endfor %}",
        "{% for a in x %}{% if a %}{% break %}{% else %}{% continue %}{% endif %}{% endfor %}",
        "{% for a in x %}{% macro m() %}<b>{% endmacro %}<p title='{% if a %}b{% endif %}'>{% endfor %}",
        "{% with a = x %}<p title='{{ a }}'>{% endwith %}{% set b = 1 %}{% do collect('a', x) %}",
        "{% set s %}<p>{{ x }}</p>{% endset %}<b title='a'>{{ m(x) }}</b>",
        "{% call m() %}<p>{{ x }}</p>{% endcall %}",
        "{% import 'a' as f %}{% from 'a' import b %}{% include ['a', 'b'] ignore missing %}",
        " {# a #} {% extends 'a' %}{% import 'b' as c %}{% macro m() %}<p>{% endmacro %}",
        "{% extends 'a' %} {% block b %}<p>{% endblock %} ",
        "{% extends 'a' %}{% set s %}b{% endset %}{% do collect('a', x) %}",
    ],
)
def test_statements_that_are_accepted(source):
    assert walk(source)[1] == []


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("\n<p {{ x }}>", ("tag", 2)),
        ("<p\ntitle=\n{{ x }}>", ("unquoted", 3)),
        ("a\n{% if c %}<p{% endif %}", ("branches", 2)),
        ("{% if c %}<p>{% elif d %}<p{% endif %}", ("branches", 1)),
        ("{% for a in x %}<p{% endfor %}", ("returns", 1)),
        ("{% for a in x %}{% else %}<p{% endfor %}", ("returns", 1)),
        ("{% for a in x %}<p title='{% break %}'>{% endfor %}", ("returns", 1)),
        ("{% for a in x recursive %}{% endfor %}", ("statement", 1)),
        ("{% block b %}<p{% endblock %}", ("returns", 1)),
        ("{% macro m() %}<p{% endmacro %}", ("returns", 1)),
        ("{% call m() %}<p{% endcall %}", ("returns", 1)),
        ("<p title='{% call m() %}{% endcall %}'>", ("markup", 1)),
        ("{% set s %}<p{% endset %}", ("returns", 1)),
        ("{% set s | upper %}{% endset %}", ("filter", 1)),
        ("{% include x %}", ("name", 1)),
        ("{% include ['a', x] %}", ("name", 1)),
        ("{% from x import y %}", ("name", 1)),
        ("{% filter upper %}{% endfilter %}", ("statement", 1)),
        ("{% if c %}{% extends 'a' %}{% endif %}", ("statement", 1)),
        ("<p title='", ("returns", 1)),
        ("a{% extends 'a' %}", ("extends", 1)),
        ("{% extends x %}", ("extends", 1)),
        ("{% extends 'a' %}{% extends 'b' %}", ("extends", 1)),
        ("{% set a = 1 %}{% extends 'a' %}", ("extends", 1)),
        ("{% extends 'a' %}\n\n{{ x }}", ("extends", 3)),
        ("{% extends 'a' %}{% if x %}{% endif %}", ("extends", 1)),
        ("{% extends 'a' %}{% macro m() %}<p{% endmacro %}", ("returns", 1)),
        ("{% extends 'a' %}{% from x import y %}", ("name", 1)),
    ],
)
def test_statements_that_are_refused(source, note):
    assert note in walk(source)[1]


def test_break_outside_a_loop_is_refused_by_the_walk_itself():
    tree = PARSE("{% for a in x %}{% break %}{% endfor %}")
    tree.body = tree.body[0].body
    notes = []
    Walk({}, lambda rule, line, what: notes.append(rule)).template(tree, TEXT)
    assert notes == ["returns"]


def test_nothing_is_noted_where_it_is_unclear_already():
    assert walk("<p title={{ x }}>{% for a in x %}<p {{ a }}>{% endfor %}{% include 'a' %}")[1] == [("unquoted", 1)]
    assert walk("<style>{{ x }}{% if c %}a{% endif %}{% for a in x %}{% else %}{% endfor %}")[1] == [("style", 1)]


def test_what_is_included_and_which_blocks_stand_where():
    walked, notes = walk(
        '<p title="{% include "a" %}">{% include ["b", "c"] %}{% block d %}{% block e %}{% endblock %}{% endblock %}'
    )
    assert notes == []
    assert walked.included == [("a", VALUE, 1), ("b", TEXT, 1), ("c", TEXT, 1)]
    assert sorted(walked.blocks) == [("d", TEXT), ("e", TEXT)]


def test_a_block_stands_where_its_parent_has_it():
    notes = []
    walked = Walk({}, lambda rule, line, what: notes.append(rule))
    walked.block(PARSE("{% block a %}b{{ stars(5) }}{% endblock %}").body[0], VALUE)
    assert notes == ["markup"]


def test_a_template_may_stand_in_a_tag():
    assert walk(" title='{{ x }}'", Spot(Place.TAG, "p"))[1] == [("returns", 1)]
    assert walk(" title='{{ x }}'", Spot(Place.GLUED, "p"))[1] == []
    assert walk("{{ stars(5) }}", replace(TEXT, svg=1))[1] == [("markup", 1)]


def test_nesting_and_findings_are_bounded():
    deep = "{% if c %}" * (MOST_NESTED + 1) + "{% endif %}" * (MOST_NESTED + 1)
    assert walk(deep)[1] == [("nesting", 1)]
    assert len(walk("<blink>" * (MOST_NOTED + 50))[1]) == MOST_NOTED
