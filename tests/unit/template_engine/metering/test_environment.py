"""What metering as a whole promises: ``environment.py``, with what it is made of.

That is ``shopwright.template_engine.metering.code`` and ``shopwright.template_engine.metering.tree``.
"""

import pytest
from jinja2 import TemplateSyntaxError

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.engine import get_template, make_environment, render
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.metering.meter import DEEPEST_CALL, DEFAULT_FUEL

CONTEXT = {
    "title": "A & <B>",
    "items": [
        {"name": "Zeta", "price": 12, "brand": "x", "tags": ["a"]},
        {"name": "beta <i>", "price": 3, "brand": "y", "tags": []},
        {"name": "Mid", "price": 12, "brand": "x", "tags": ["b", "c"]},
    ],
    "number": 7,
    "none": None,
    "words": ["b", "A", "b"],
    "key": "name",
}
PARTS = {
    "layout.html": "<html>{% block main %}base{% endblock %}{% include 'part.html' %}</html>",
    "part.html": "[{{ title }}{% for i in items %}{{ i.price }}{% endfor %}]",
    "macros.html": "{% set fixed = 'f' %}{% macro tile(i, big=false) %}<b>{{ i.name }}{{ fixed }}</b>"
    "{% if caller is defined %}{{ caller(3) }}{% endif %}{% endmacro %}",
}


def t(key, count=0):
    return f"<{key}:{count}>"


def metered(source, fuel=DEFAULT_FUEL, **context):
    """What a page shows, and the fuel it took."""
    environment = make_metered_environment({"page.html": source, **PARTS}, fuel)
    environment.allow_directly([t])
    shown = render(get_template(environment, "page.html"), {**CONTEXT, "t": t, **context})
    return shown, environment.meter.spent


def trusted(source):
    environment = make_environment({"page.html": source, **PARTS})
    return render(get_template(environment, "page.html"), {**CONTEXT, "t": t})


PAGES = [
    "plain text",
    "{{ title }}{{ number }}{{ none }}{{ 2.5 }}{{ true }}{{ '<' }}{{ number if none }}",
    "{% extends 'layout.html' %}{% block main %}{{ super() }}{{ title }}{% endblock %}",
    "{% for i in items %}{{ loop.index }}/{{ loop.length }}{{ loop.last }}{{ i.name }}{% else %}no{% endfor %}",
    "{% for i in items if i.price > 5 %}{{ i.name }}{{ loop.previtem.name if not loop.first }}{% endfor %}",
    (
        "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}"
        "{{ i }}{% endfor %}"
    ),
    "{% for i in none or [] %}x{% else %}empty{% endfor %}{% for c in 'a<b' %}{{ c }}.{% endfor %}",
    "{% import 'macros.html' as m %}{{ m.tile(items[0]) }}{% from 'macros.html' import tile %}{{ tile(items[1]) }}",
    "{% from 'macros.html' import tile %}{% call(n) tile(items[0]) %}{{ n }}{{ title }}{% endcall %}",
    "{% set a %}<p>{{ title }}</p>{% endset %}{{ a }}{{ a ~ title }}{% filter upper %}plain{% endfilter %}",
    "{{ 1 + 2 * 3 - 4 / 2 // 1 % 5 }}{{ -number }}{{ 'a' + 'b' }}{{ ['a'] + ['b'] == ['a', 'b'] }}{{ 'ab' * 3 }}",
    "{{ title ~ number ~ none ~ 1.5 }}{{ [1, 2, 3][1:]|join('-') }}{{ title[0:3] }}{{ title[::-1] }}{{ (1, 2)[0] }}",
    "{{ 'A' in title }}{{ 'name' in items[0] }}{{ number in [7, 8] }}{{ number not in (1, 2) }}{{ items[0] in items }}",
    "{{ title == 'A & <B>' }}{{ number >= 7 }}{{ items[0] != items[1] }}{{ none == none }}{{ 'a' < words[0] }}",
    "{{ items[0].name }}{{ items[0]['name'] }}{{ items[0][key] }}{{ {'a': title}.a }}{{ items[9] is defined }}",
    "{{ items[0].absent is defined }}{{ absent is defined }}{{ absent|default('d') }}{{ items[0].absent|d('e') }}",
    (
        "{% for brand, group in items|groupby('brand') %}{{ brand }}"
        "={{ group|map(attribute='name')|join(', ') }};{% endfor %}"
    ),
    "{% for g in items|groupby('brand') %}{{ g.grouper }}{{ g.list|length }}{% endfor %}",
    (
        "{{ items|sort(attribute='price,name')|map(attribute='name')|list|last }}{{ words|unique|join }}"
        "{{ words|sort|first }}"
    ),
    "{{ items|selectattr('price', 'gt', 5)|list|length }}{{ items|rejectattr('tags')|map(attribute='name')|first }}",
    "{{ 'yes' if items|selectattr('absent', 'defined') else 'no' }}{{ words|map('upper')|join('<') }}",
    "{{ items|sum(attribute='price') }}{{ items|max(attribute='price')|items|list|length }}{{ [3, 1]|min }}",
    (
        "{% for row in items|batch(2, 'x') %}{{ row|length }}{% endfor %}{% for c in items|slice(2) %}"
        "{{ c|length }}{% endfor %}"
    ),
    (
        "{{ title|upper }}{{ title|lower|title }}{{ title|replace('&', '<') }}{{ title|truncate(5, true) }}"
        "{{ title|wordcount }}"
    ),
    (
        "{{ ' x '|trim }}{{ title|urlencode }}{{ title|e }}{{ number|string }}{{ '5'|int + 1 }}"
        "{{ '1.5'|float }}{{ 2.55|round(1) }}"
    ),
    (
        "{{ -3|abs }}{{ title|capitalize }}{{ title|first }}{{ title|reverse }}{{ items|list|length }}"
        "{{ {'b': 1, 'a': 2}|dictsort|length }}"
    ),
    "{{ number is odd }}{{ number is divisibleby(7) }}{{ title is string }}{{ 'a' is lower }}{{ number is in([7]) }}",
    "{{ t('k') }}{{ t('k', count=3)|upper }}{% do t('x') %}{% with a = 1, b = title %}{{ a }}{{ b }}{% endwith %}",
    "{% set a, b = 1, [2, 3] %}{{ a }}{{ b|last }}{% if a > 0 and b or none %}x{% elif a %}y{% else %}z{% endif %}",
    (
        "{% raw %}{{ x }}{% endraw %}{# comment #}{% include 'part.html' ignore missing %}"
        "{% include 'gone.html' ignore missing %}"
    ),
]


@pytest.mark.parametrize("source", PAGES)
def test_a_page_shows_what_jinjas_own_sandbox_shows(source):
    shown, fuel = metered(source)
    assert shown == trusted(source)
    assert 0 < fuel < 1_000


@pytest.mark.parametrize("source", PAGES)
def test_fuel_is_the_same_every_time(source):
    environment = make_metered_environment({"page.html": source, **PARTS})
    environment.allow_directly([t])
    spent = []
    for _ in range(3):
        environment.meter.start()
        render(get_template(environment, "page.html"), {**CONTEXT, "t": t})
        spent.append(environment.meter.spent)
    assert spent == [metered(source)[1]] * 3


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{% for i in range(99999) %}{{ i }}{{ i }}{% endfor %}", "a loop"),
        ("{% for i in range(999) %}{% for j in range(999) %}{% endfor %}{% endfor %}", "a loop"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{{ s }}" * 9, "a text that is shown"),
        ("{% macro m() %}" + "x" * 9_999 + "{% endmacro %}" + "{{ m() }}" * 999, ""),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = s[1:] %}" * 9, "a slice"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = s ~ '' %}" * 9, "an operator ~"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = 'b' in s %}" * 9, "a comparison"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = s|upper %}" * 9, "a filter"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = s is lower %}" * 9, "a test"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = s + '' %}" * 9, "an operator +"),
        ("{% set s = 'abcdefgh' * 100000 %}" + "{% set u = [s] %}" * 9, "a list or mapping"),
        ("{% set s = 'abcdefgh' * 100000 %}{% macro m(s) %}{{ s }}{% endmacro %}" + "{% set u = m(s) %}" * 9, ""),
    ],
)
def test_a_page_that_needs_too_much_ends_with_where_it_ran_out(source, what):
    with pytest.raises(RenderLimitHit) as caught:
        metered(source)
    assert caught.value.where.startswith("page.html, line 1")
    assert what in caught.value.what
    assert "200,000 units of fuel" in caught.value.what


def test_fuel_is_what_the_environment_was_made_with():
    assert metered("{{ title }}", fuel=10)[1] <= 10
    with pytest.raises(RenderLimitHit, match="more than 10 units"):
        metered("{{ title }}" * 9, fuel=10)


@pytest.mark.parametrize(
    "source",
    [
        "{{ items }}",
        "{{ items[0] }}",
        "{{ (1, 2) }}",
        "{{ range(3) }}",
        "{{ t }}",
        "{{ items|map(attribute='name') }}",
        "{{ items|string }}",
        "{{ items|upper }}",
        "{{ items ~ '' }}",
        "{{ items|join }}",
        "{{ [t]|join }}",
        "{{ t|string }}",
        "{{ title|replace('a', items) }}",
        "{% for i in items %}{{ loop }}{% endfor %}",
        "{% macro m() %}{% endmacro %}{{ m }}",
        "{% import 'macros.html' as m %}{{ m }}",
        "{{ items is lower }}",
        "{{ title is odd }}",
        "{{ '%9d' % number }}",
        "{{ title|round }}",
        "{{ number ** 2 }}",
        "{{ title.upper }}",
        "{{ title.upper() }}",
        "{{ title['upper'] }}",
        "{{ items.append(1) }}",
        "{{ items[0].items() }}",
        "{{ items[0]['__class__'] }}",
        "{{ title() }}",
        "{{ absent() }}",
        "{{ absent }}",
        "{{ absent.a }}",
        "{{ absent['a'] }}",
        "{{ lipsum() }}",
        "{{ title|center(3) }}",
        "{{ title is callable }}",
        "{% for i in number %}{% endfor %}",
        "{{ 1 < 2 < 3 }}",
        "{{ t('k', count=1, count=2) }}",
        "{% break %}",
        "{% import 'macros.html' as m %}{{ m.absent() }}",
        "{{ (1, 2).list }}",
    ],
)
def test_what_does_not_fit_is_an_error_that_shows_no_address(source):
    with pytest.raises(ThemeError) as caught:
        metered(source)
    assert "0x" not in str(caught.value)
    assert caught.value.where.startswith("page.html")


@pytest.mark.parametrize(
    "source",
    [
        "{% set n = 9223372036854775807 %}{{ n + 1 }}",
        "{{ 4611686018427387904 * 2 }}",
        "{{ 'f' * 1000001 }}",
        "{{ 'f' * 999999 ~ 'ff' }}",
        "{% set s = 'f' * 600000 %}{{ s + s }}",
        "{% set l = [1] * 15000 %}{{ (l + l)|length }}",
        "{% set s %}{{ 'f' * 600000 }}{{ 'f' * 600000 }}{% endset %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ t('k' * 999999) }}",
        "{% set l = [1] %}" + "{% set l = [l, l] %}" * 20,
    ],
)
def test_values_stay_small(source):
    with pytest.raises(RenderLimitHit):
        metered(source)


def test_calls_are_bounded_in_depth_and_counted_back():
    macros = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    assert metered(macros + f"{{{{ m({DEEPEST_CALL - 1}) }}}}" * 2)[0] == ""
    with pytest.raises(RenderLimitHit, match=f"calls are more than {DEEPEST_CALL} deep"):
        metered(macros + f"{{{{ m({DEEPEST_CALL}) }}}}")


def test_only_known_functions_are_called():
    with pytest.raises(ThemeError, match="only functions of the theme API, macros and blocks can be called"):
        metered("{{ open('x') }}", open=open)


@pytest.mark.parametrize(
    ("given", "shown"), [([1, 2], "2"), ({"a": 1}, "1"), (range(3), "3"), ("abc", "3"), (iter([1]), "error")]
)
def test_a_function_may_give_plain_values(given, shown):
    def give():
        return given

    environment = make_metered_environment({"page.html": "{{ give()|length }}"})
    environment.allow_directly([give])
    try:
        html = render(get_template(environment, "page.html"), {"give": give})
    except ThemeError:
        html = "error"
    assert html == shown


def test_a_function_may_give_nothing_else():
    def give():
        return object()

    environment = make_metered_environment({"page.html": "{{ give() is none }}"})
    environment.allow_directly([give])
    with pytest.raises(ThemeError, match="a function gave what templates cannot hold"):
        render(get_template(environment, "page.html"), {"give": give})


def test_markup_that_is_cut_or_changed_is_plain_text():
    assert metered("{% set a %}<b>x</b>{% endset %}{{ a[:4] }}{{ a|upper }}{{ a|reverse }}")[0] == (
        "&lt;b&gt;x&lt;B&gt;X&lt;/B&gt;&gt;b/&lt;x&gt;b&lt;"
    )


def test_compiling_runs_nothing():
    environment = make_metered_environment({"page.html": "{{ 'a'|upper }}{{ ('x' * 9)|e }}{{ [1, 2]|sum }}{{ 1 + 1 }}"})
    environment.meter.start()
    environment.get_template("page.html")
    assert environment.meter.spent == 0
    code = environment.compile("{{ 'a'|upper }}", raw=True)
    assert "'A'" not in code


@pytest.mark.parametrize("source", ["{% break %}", "{{ t(a=1, a=2) }}", "{% macro m(a, a) %}{% endmacro %}"])
def test_what_python_cannot_compile_is_the_templates_fault(source):
    environment = make_metered_environment({"page.html": source})
    with pytest.raises(TemplateSyntaxError):
        environment.get_template("page.html")


def test_opening_a_template_pays_for_its_names():
    few = metered("{% include 'part.html' %}")[1]
    assert metered("{% include 'part.html' %}", **{f"n{n}": n for n in range(1_600)})[1] >= few + 200
