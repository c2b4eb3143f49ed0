import pytest
from jinja2 import nodes

from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.contexts.values import (
    RESERVED,
    Value,
    all_nodes,
    called,
    imported_names,
    made_names,
    simple_value,
    stronger,
    value_of,
)
from shopwright.template_engine.engine import make_environment

PARSE = make_environment({}).parse


def expression(source):
    return PARSE("{{ " + source + " }}").body[0].nodes[0]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x", Value.PLAIN),
        ("x.title", Value.PLAIN),
        ("1", Value.PLAIN),
        ("x[0]", Value.PLAIN),
        ("x[y]", Value.PLAIN),
        ("x.url", Value.ADDRESS),
        ("x.data_url", Value.ADDRESS),
        ("x['url']", Value.ADDRESS),
        ("x.url.title", Value.PLAIN),
        ("x.url[0]", Value.PLAIN),
        ("item_url", Value.ADDRESS),
        ("site.home", Value.ADDRESS),
        ("x.site.home", Value.PLAIN),
        ("url(x)", Value.ADDRESS),
        ("asset('a')", Value.FILE),
        ("t('a')", Value.PLAIN),
        ("card(x)", Value.MARKUP),
        ("m(x)", Value.MARKUP),
        ("x.m(y)", Value.MARKUP),
        ("caller()", Value.MARKUP),
        ("super()", Value.MARKUP),
        ("self", Value.MARKUP),
        ("'/cart/'", Value.ADDRESS),
        ("'javascript:f()'", Value.PLAIN),
        ("x ~ y", Value.MIXED),
        ("x|join", Value.MIXED),
        ("x|upper", Value.PLAIN),
        ("x.url|upper", Value.PLAIN),
        ("x + y", Value.PLAIN),
        ("x.url if c else asset('a')", Value.ADDRESS),
        ("x.url if c else y", Value.PLAIN),
        ("x.url if c", Value.ADDRESS),
        ("x.url or '/'", Value.ADDRESS),
        ("x.url and y", Value.PLAIN),
        ("x.url|default('/')", Value.ADDRESS),
        ("x|default(y.url)", Value.PLAIN),
        ("card(x) if c else y", Value.MARKUP),
        ("x ~ y if c else z", Value.MIXED),
        ("named", Value.MIXED),
        ("caught", Value.MARKUP),
    ],
)
def test_the_kind_of_a_value_by_its_form(source, value):
    assert value_of(expression(source), {"named": Value.MIXED, "caught": Value.MARKUP}) is value


def test_a_long_chain_needs_no_deep_stack():
    assert value_of(expression("x" + "|d" * 20_000), {}) is Value.PLAIN


def test_a_choice_has_no_kind_of_its_own():
    assert simple_value(expression("card(x) if c else y"), {}) is Value.PLAIN


def test_the_kind_that_counts():
    assert stronger(Value.PLAIN, Value.MARKUP) is stronger(Value.MARKUP, Value.PLAIN) is Value.MARKUP
    assert stronger(Value.FILE, Value.ADDRESS) is Value.ADDRESS


def test_what_is_called():
    assert [called(expression(source)) for source in ("t('a')", "x.t('a')")] == ["t", ""]


def test_names_that_stand_for_markup_or_texts_put_together():
    source = """{% macro m() %}{% endmacro %}{% set a %}b{% endset %}{% set c = x ~ y %}{% set d = x %}
{% set e = stars(1) %}{% with f = x ~ y, g = x %}{% endwith %}{% set h, i = x %}{% import "a" as j %}
{% from "a" import k, l as n with context %}"""
    assert dict(made_names(PARSE(source))) == {
        **dict.fromkeys(("m", "a", "e", "j", "k", "n"), Value.MARKUP),
        **dict.fromkeys(("c", "f"), Value.MIXED),
    }


def test_names_of_imports():
    tree = PARSE('{% import "a" as b %}{% from "a" import c, d as e %}')
    imports = [node for node in all_nodes(tree) if isinstance(node, nodes.Import | nodes.FromImport)]
    assert sorted(map(imported_names, imports)) == [["b"], ["c", "e"]]


def test_names_whose_calls_are_no_markup_are_functions_of_the_theme_api():
    assert RESERVED - THEME_FUNCTIONS.keys() == {
        "range",
        "site",
        "caller",
        "loop",
        "self",
        "super",
        "varargs",
        "kwargs",
    }
