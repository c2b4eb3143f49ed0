import pytest

from shopwright.template_engine.contexts.expressions import check_expressions
from shopwright.template_engine.contexts.values import made_names
from shopwright.template_engine.engine import make_environment

PARSE = make_environment({}).parse


def notes(source):
    tree, found = PARSE(source), []
    check_expressions(tree, dict(made_names(tree)), lambda rule, line, what: found.append((rule, line)))
    return found


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}{{ x|upper }}{{ x[:3] }}{{ [x]|first }}{{ {'a': x} }}",
        "{{ stars(5) }}{{ stars(5) if c else x }}{% set s = stars(5) %}{% if s %}{{ s }}{% endif %}{{ s or x }}",
        "{% if stars(5) == x %}{% endif %}{% if not stars(5) %}{% endif %}{{ stars(5)|default(x) }}",
        "{{ x ~ y ~ (x ~ y) }}{{ (x ~ y)|length }}{{ t('a' ~ x) }}{{ (x ~ y) == z }}",
        "{{ picture(p, '1rem', alt=x ~ y) }}",
        "{% set s = x ~ y %}{{ s }}{{ [x, y]|join }}{% if s is string %}{% endif %}{{ (x ~ y)|striptags }}",
        "{% macro m(a, b=1) %}{{ a }}{% endmacro %}{{ m(x) }}",
        "{% call m(x) %}{% endcall %}{% call(i) m(x) %}{% endcall %}",
        "{% import 'a' as f %}{{ f.m(x) }}{% from 'a' import g %}{{ g(x) }}",
        "{% set item_url = x.url %}{% set item_url = url(x) %}{{ {'url': '/'} }}{% with a_url = x.url %}{% endwith %}",
        "{% for a, b in x|items %}{{ a }}{% endfor %}{% for a in x if a %}{% endfor %}{% do collect('a', x) %}",
        "{% set s %}<b>{% endset %}{{ s }}{{ x|map('upper')|first }}{{ x|map(attribute='a')|list }}",
    ],
)
def test_expressions_that_are_accepted(source):
    assert notes(source) == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        *(("markup", source) for source in ("{{ stars(5)[:3] }}", "{{ stars(5)|upper }}", "{{ [stars(5)] }}")),
        *(("markup", source) for source in ("{{ x[stars(5)] }}", "{{ stars(5) ~ x }}", "{{ stars(5) + x }}")),
        *(("markup", source) for source in ("{{ m(stars(5)) }}", "{{ picture(stars(5)) }}", "{{ stars(5).a }}")),
        *(("markup", source) for source in ("{% for a in stars(5) %}{% endfor %}", "{{ {'a': stars(5)} }}")),
        *(("markup", source) for source in ("{% set a %}{% endset %}{% set b = a %}", "{{ [m()] }}")),
        ("markup", "{% for a in x if stars(a).b %}{% endfor %}"),
        ("markup", "{% macro m(a=stars(5)) %}{% endmacro %}"),
        ("markup", "{% call(a=stars(5)) m() %}{% endcall %}"),
        ("markup", "{% import 'a' as f %}{{ f.a }}"),
        *(("mixed", source) for source in ("{{ (x ~ y)[:3] }}", "{{ (x ~ y)|truncate(3) }}", "{{ [x ~ y] }}")),
        *(("mixed", source) for source in ("{{ m(x ~ y) }}", "{{ (x ~ y) + z }}", "{{ x|join|first }}")),
        *(("mixed", source) for source in ("{% for a in x ~ y %}{% endfor %}", "{% do collect('a', x ~ y) %}")),
        ("mixed", "{% set s = x ~ y %}{{ s|upper }}"),
        ("mixed", "{{ ((x ~ y)|default('a'))[:3] }}"),
        *(
            ("filter", "{{ x|" + name + " }}")
            for name in ("safe", "tojson", "xmlattr", "urlize", "forceescape", "attr('a')")
        ),
        ("filter", "{% if x|safe %}{% endif %}"),
        ("filter", "{{ x|map('safe') }}"),
        ("filter", "{{ x|map(y) }}"),
        *(("reserved", source) for source in ("{% set t = x %}", "{% for number in x %}{% endfor %}")),
        *(
            ("reserved", source)
            for source in ("{% macro asset() %}{% endmacro %}", "{% macro m(date) %}{% endmacro %}")
        ),
        *(("reserved", source) for source in ("{% import 'a' as t %}", "{% from 'a' import b as t %}")),
        *(
            ("reserved", source)
            for source in ("{% set a.b = x %}", "{% set a, t = x %}", "{% with t = x %}{% endwith %}")
        ),
        *(("reserved", source) for source in ("{% set site %}{% endset %}", "{% call(t) m() %}{% endcall %}")),
        *(("address-name", source) for source in ("{% set a_url = x %}", "{% set a_url %}/{% endset %}")),
        *(("address-name", source) for source in ("{{ {'url': x} }}", "{{ {x: y} }}", "{{ {1: y} }}")),
        ("address-name", "{% for a_url in x %}{% endfor %}"),
    ],
)
def test_expressions_that_are_refused(rule, source):
    assert rule in {noted for noted, _ in notes(source)}


def test_a_note_tells_the_line():
    assert sorted(notes("\n\n{{ x|safe }}\n{% set t = x %}")) == [("filter", 3), ("reserved", 4)]


def test_a_long_chain_is_checked_in_one_go():
    assert notes("{{ x" + "|d" * 20_000 + " }}") == []
