import pytest

from shopwright.errors import ThemeError
from shopwright.template_engine.anatomy import dissect, whole_anatomy

TEMPLATES = {
    "layout.html": '<title>{{ page.title }}</title>{{ fragment("_footer.html") }}{% block main %}{% endblock %}',
    "list.html": (
        '{% extends "layout.html" %}{% block main %}'
        "{% for c in cards %}{{ card(c, loop.first) }}{% endfor %}{% endblock %}"
    ),
    "_card.html": '{{ card.title }}{% set price = card.price %}{% include "_price.html" %}',
    "_price.html": '{% if price %}{{ price.text }}{{ price.was }}{% endif %}{{ t("price.none") }}',
    "_footer.html": "{{ site.contact.email }}{{ site.name|upper }}",
    "_macro.html": (
        '{% import "_price.html" as prices %}{% from "_card.html" import one %}{% macro m(x) %}{{ x.y }}{% endmacro %}'
    ),
}
KNOWN = dissect(TEMPLATES)


def test_what_a_template_extends_and_includes():
    assert KNOWN["list.html"].extends == "layout.html"
    assert KNOWN["list.html"].includes == ("_card.html",)
    assert KNOWN["layout.html"].includes == ("_footer.html",)
    assert KNOWN["_card.html"].includes == ("_price.html",)
    assert KNOWN["_macro.html"].includes == ("_card.html", "_price.html")


def test_which_values_it_takes_and_what_of_them():
    assert KNOWN["_price.html"].values == ("price.text", "price.was")
    assert KNOWN["_footer.html"].values == ("site.contact.email", "site.name")
    assert KNOWN["list.html"].values == ("cards",)
    assert KNOWN["_macro.html"].values == ()


def test_which_functions_it_calls():
    assert KNOWN["list.html"].calls == ("card",)
    assert KNOWN["_price.html"].calls == ("t",)


def test_values_of_all_that_it_shows_count_but_those_it_gives_itself():
    assert whole_anatomy("_card.html", KNOWN) == ("card.price", "card.title")
    assert whole_anatomy("list.html", KNOWN) == ("cards", "page.title", "site.contact.email", "site.name")


def test_templates_that_include_each_other_end():
    known = dissect({"_a.html": '{% include "_b.html" %}{{ a }}', "_b.html": '{% include "_a.html" %}{{ b }}'})
    assert whole_anatomy("_a.html", known) == ("a", "b")


def test_names_that_are_no_template_are_passed_over():
    known = dissect({"_a.html": "{% include name %}{% include ['x', 'y'] %}{{ fragment(name) }}{{ fragment() }}"})
    assert known["_a.html"].includes == ()
    assert whole_anatomy("_missing.html", known) == ()


def test_a_template_that_cannot_be_read_is_named_with_its_line():
    with pytest.raises(ThemeError) as caught:
        dissect({"_bad.html": "fine\n{% if %}"})
    assert caught.value.where == "_bad.html, line 2"
