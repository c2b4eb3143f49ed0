"""Dangerous templates are refused, good ones accepted; what is accepted keeps its structure whatever data says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from tests.security.structure import code_addresses, structure

from shopwright.template_engine import functions
from shopwright.template_engine.contexts.lint import lint_contexts
from shopwright.template_engine.contexts.rules import RULES
from shopwright.template_engine.engine import make_environment

DANGEROUS = [
    # attributes without quotes, names made of values
    ("unquoted", "<img alt={{ x }}>"),
    ("unquoted", '<p class={% if x %}"a"{% endif %}>'),
    ("unquoted", "<p class=a{{ x }}>"),
    ("tag", "<p {{ x }}>"),
    ("tag", "<p data-{{ x }}>"),
    ("tag", '<p data-{{ x }}="a">'),
    ("tag", '<p class="a"{{ x }}>'),
    ("tag", "<h{{ x }}>"),
    ("tag", "<{{ x }}>"),
    ("tag", "</{{ x }}>"),
    ("tag", '<p class="a{{ x }}>text</p>'),
    ("tag", '<p data-x{% if x %}y{% endif %}="a">'),
    ("tag", '<p @click="{{ x }}">'),
    ("tag", "<?php {{ x }} ?>"),
    ("tag", "<!ELEMENT {{ x }}>"),
    ("tag", "<![CDATA[{{ x }}]]>"),
    # what runs
    ("event-handler", '<p onclick="f({{ x }})">'),
    ("event-handler", '<p ONCLICK="f()">'),
    ("event-handler", '<body onload="f()">'),
    ("script", "<script>var a = {{ x }};</script>"),
    ("script", "<script>f()</script>"),
    ("script", '<script type="application/json">{{ x }}</script>'),
    ("script", '<script src="/a.js">{% if x %}{% endif %}</script>'),
    ("script", '<script src="/a.js"></ſcript>{{ x }}'),
    ("file", '<script src="{{ x }}"></script>'),
    ("file", '<script src="{{ e.url }}"></script>'),
    ("file", '<script src="https://evil.example/a.js"></script>'),
    ("file", '<script src="//evil.example/a.js"></script>'),
    ("file", '<script src="/{% if x %}/evil.example{% endif %}/a.js"></script>'),
    ("file", '<link rel="stylesheet" href="{{ e.url }}">'),
    ("file", '<svg><use href="{{ x }}"/></svg>'),
    ("style", "<style>p { color: {{ x }} }</style>"),
    ("style", "<style>p { color: red }</style>"),
    ("style", '<p style="color: {{ x }}">'),
    ("style", '<p style="color: red">'),
    ("frame", '<iframe srcdoc="{{ x }}"></iframe>'),
    ("frame", '<iframe src="{{ e.url }}"></iframe>'),
    ("frame", '<p srcdoc="{{ x }}">'),
    ("embed", '<object data="{{ e.url }}"></object>'),
    ("embed", '<embed src="/a.swf">'),
    ("base", '<base href="{{ e.url }}">'),
    ("meta", '<meta http-equiv="refresh" content="0;url={{ x }}">'),
    ("element", "<svg><script>f()</script></svg>"),
    ("element", "<svg><foreignObject><p>{{ x }}</p></foreignObject></svg>"),
    ("element", '<svg><animate attributeName="href" to="{{ x }}"/></svg>'),
    ("element", '<svg><a href="{{ e.url }}">a</a></svg>'),
    ("element", "<math><mi>{{ x }}</mi></math>"),
    ("element", "<marquee>{{ x }}</marquee>"),
    ("element", "<svg><p>{{ x }}</p></svg>"),
    ("element", "</svg>{{ x }}"),
    ("element", "<xmp>{{ x }}</xmp>"),
    ("element", "<plaintext>{{ x }}"),
    ("element", "<noembed>{{ x }}</noembed>"),
    # addresses
    ("address", '<a href="{{ x }}">'),
    ("address", '<a href="{{ e.title }}">'),
    ("address", '<form action="{{ x }}">'),
    ("address", '<button formaction="{{ x }}">'),
    ("address", '<img src="{{ x }}">'),
    ("address", '<video poster="{{ x }}">'),
    ("address", '<a href="{{ x|urlencode }}">'),
    ("address", '<a href="{{ e.url if x else x }}">'),
    ("address", '<a href="{{ e.url or x }}">'),
    ("address", '<a href="{{ x|default(e.url) }}">'),
    ("address", '<a href="{{ e.url ~ x }}">'),
    ("address", '<a href="{{ e.url|replace("a", x) }}">'),
    ("address", '<a href="{{ "javascript:f()" }}">'),
    ("address-part", '<a href="{{ e.url }}{{ x }}">'),
    ("address-part", '<a href="java{{ x }}">'),
    ("address-part", '<a href="/{{ x }}">'),
    ("address-part", '<a href="https://{{ x }}/">'),
    ("address-part", '<a href="https://shop.example{{ x }}">'),
    ("address-part", '<a href="{% if x %}/{% else %}a{% endif %}{{ x }}">'),
    ("scheme", '<a href="javascript:f()">'),
    ("scheme", '<a href="java&#115;cript:f()">'),
    ("scheme", '<a href="{% if x %}java{% endif %}script:f()">'),
    ("scheme", "<a href=javascript:f()>"),
    ("scheme", '<a href=" javascript:f()">'),
    ("scheme", '<img src="data:image/svg+xml,{{ x }}">'),
    ("scheme", '<a href="//evil.example/">'),
    ("scheme", '<a href="/&Tab;/evil.example">'),
    ("scheme", '<a href="{{ e.url }}/{{ x }}">'),
    ("srcset", '<img srcset="{{ x }}">'),
    ("srcset", '<link imagesrcset="{{ x }}">'),
    ("fixed", '<a target="{{ x }}">'),
    ("fixed", '<input type="{{ x }}">'),
    ("fixed", '<meta name="{{ x }}">'),
    ("fixed", '<p hx-get="{{ e.url }}">'),
    ("fixed", '<p x-html="{{ x }}">'),
    ("prefix", '<p id="{{ x }}">'),
    ("prefix", '<p id="a{{ x }}">'),
    ("prefix", '<input name="{{ x }}">'),
    ("prefix", '<input form="{{ x }}">'),
    ("prefix", '<p id="{% if x %}a-{% endif %}{{ x }}">'),
    # text of other kinds
    ("comment", "<!-- {{ x }} -->"),
    ("comment", "<!-- {% if x %} -->{% endif %}"),
    ("comment", "<!-- a --!>{{ x }}<p -->"),
    ("comment", "<!--> {{ x }} -->"),
    ("raw-text", "<title><b>{{ x }}</b></title>"),
    ("raw-text", '<textarea><p title="{{ x }}"></textarea>'),
    ("raw-text", '<svg><title><p title="{{ x }}"></title></svg>'),
    ("tag", '<noscript><p title="</noscript>{{ x }}">'),
    # branches, loops, parts
    ("branches", '<p {% if x %}title="{% endif %}{{ x }}">'),
    ("branches", "{% if x %}<title>{% endif %}{{ x }}</title>"),
    ("branches", "{% if x %}<svg>{% endif %}{{ x }}"),
    ("returns", '{% for i in x %}<p title="{% endfor %}{{ x }}">'),
    ("returns", '<p title="{% for i in x %}" {% endfor %}{{ x }}">'),
    ("returns", '{% for i in x %}<p title="{% if i %}{% break %}{% endif %}">{% endfor %}'),
    ("returns", '{% block a %}<p title="{% endblock %}{{ x }}">'),
    ("returns", '{% macro m() %}<p title="{% endmacro %}{{ m() }}{{ x }}">'),
    ("returns", '{% set s %}<p title="{% endset %}{{ s }}'),
    ("returns", '<p title="{{ x }}'),
    ("returns", '{% call m() %}<p title="{% endcall %}'),
    ("returns", '<a href="{% for i in x %}/p{% endfor %}">'),
    # markup where it is none, texts that were cut
    ("markup", '<p title="{{ stars(5) }}">'),
    ("markup", "<title>{{ picture(p) }}</title>"),
    ("markup", '{% set s %}<i title="{{ x }}">{% endset %}<p title="{{ s }}">'),
    ("markup", '{% macro m() %}<i title="{{ x }}">{% endmacro %}<p title="{{ m() }}">'),
    ("markup", '{% set m = stars(5) %}<p title="{{ m }}">'),
    ("markup", "{% set m = stars(5) %}{% set n = m %}{{ n }}"),
    ("markup", "{{ [stars(5)] }}"),
    ("markup", "{{ stars(5)[:9] }}"),
    ("markup", "{{ stars(5)|upper }}"),
    ("markup", "{{ stars(5) ~ x }}"),
    ("markup", '{{ picture(p, "1rem", alt=stars(5)) }}'),
    ("markup", '{% from "m" import m %}<p title="{{ m(x) }}">'),
    ("markup", '{% import "m" as f %}<p title="{{ f.m }}">'),
    ("markup", "<svg>{{ stars(5) }}</svg>"),
    ("markup", '{% set t2 = self %}<p title="{{ t2 }}">'),
    ("mixed", '{{ (r ~ "")[:1] }}'),
    ("mixed", '{{ (r ~ "")|truncate(1) }}'),
    ("mixed", '{{ [r, ""]|join|replace("p", x) }}'),
    ("mixed", '{% set y = r ~ "" %}{{ y[0] }}'),
    ("mixed", '{{ [r ~ ""]|first }}'),
    ("filter", "{{ x|safe }}"),
    ("filter", "{{ (x|safe)|upper }}"),
    ("filter", "{% set y = x|safe %}{{ y }}"),
    ("filter", "<p title='{{ x|tojson }}'>"),
    ("filter", "<p {{ x|xmlattr }}>"),
    ("filter", "{{ x|urlize }}"),
    ("filter", "{{ [x]|map('safe')|first }}"),
    ("filter", "{{ [x]|map(y)|first }}"),
    ("filter", "{% set s | upper %}<b>{{ x }}</b>{% endset %}"),
    # names that mean something
    ("reserved", "{% macro t(x) %}<b>{% endmacro %}"),
    ("reserved", "{% set site = x %}"),
    ("reserved", "{% for url in x %}{% endfor %}"),
    ("reserved", "{% set ns.url = x %}"),
    ("address-name", "{% set item_url = x %}"),
    ("address-name", "{% for item_url in x %}{% endfor %}"),
    ("address-name", "{% macro m(item_url) %}{% endmacro %}"),
    ("address-name", '{% set e = {"url": x} %}'),
    ("address-name", "{{ card({x: x}) }}"),
    ("address-name", "{% with item_url = x %}{% endwith %}"),
    ("address-name", "{% set item_url, b = x %}"),
    # statements
    ("statement", "{% autoescape false %}{{ x }}{% endautoescape %}"),
    ("statement", "{% filter upper %}<b>{{ x }}</b>{% endfilter %}"),
    ("statement", "{% for i in x recursive %}{{ loop(x) }}{% endfor %}"),
    ("name", "{% include x %}"),
    ("name", "{% import x as y %}"),
    ("extends", "{{ x }}{% extends 'layout' %}"),
    ("extends", "{% extends 'layout' %}<p {{ x }}>"),
    ("extends", "{% extends x %}"),
    ("statement", "{% if x %}{% extends 'layout' %}{% endif %}"),
    ("syntax", "{% if x %}"),
]

GOOD = [
    '<!doctype html><html lang="{{ x }}"><head><title>{{ x }}</title></head><body>{{ x }}</body></html>',
    '<p class="a {{ x }}" title=\'{{ x }}\' data-x="{{ x }}" aria-label="{{ x }}">{{ x }}</p>',
    '<textarea name="q" rows=3>{{ x }}</textarea>',
    '<a href="{{ e.url }}">{{ x }}</a>',
    '<a href="{{ e["url"] }}">{{ x }}</a>',
    '<a href="{{ url(x) }}">{{ x }}</a>',
    '<a href="{{ url(x) }}?q={{ x }}#{{ x }}">{{ x }}</a>',
    '<a href="/search/?q={{ x }}&amp;r={{ x }}">{{ x }}</a>',
    '<a href="#part-{{ x }}">{{ x }}</a>',
    '<a href="mailto:{{ x }}">{{ x }}</a><a href="tel:{{ x }}">{{ x }}</a>',
    '<a href="https://shop.example/{{ x }}">{{ x }}</a>',
    '<a href="{% if c %}{{ e.url }}{% else %}/cart/{% endif %}">{{ x }}</a>',
    '<a href="{{ e.url if c else "/cart/" }}">{{ x }}</a>',
    '<a href="{{ e.url|default("/") }}"{% if c %} aria-current="page"{% endif %}>{{ x }}</a>',
    '<h1{% if c %} class="long"{% endif %}>{{ x }}</h1>',
    '<section class="hero{% if c %} hero-plain{% endif %}">{{ x }}</section>',
    '<input type=radio name="option-{{ x }}" value="{{ x }}"{% if c %} checked{% endif %}>',
    '<ul>{% for i in l %}<li id="item-{{ i }}">{{ i }}{% else %}<li>{{ x }}{% endfor %}</ul>',
    "{% for i in l %}{% if c %}{% continue %}{% endif %}<p>{{ i }}</p>{% if i %}{% break %}{% endif %}{% endfor %}",
    '<svg viewBox="0 0 9 9"><title>{{ x }}</title><path d="{{ x }}"/><text x="1">{{ x }}</text></svg>{{ stars(5) }}',
    '<svg><use href="#icon-{{ x }}"/></svg><p>{{ x }}</p>',
    '{% macro m(v) %}<i title="{{ v }}">{{ v }}</i>{% endmacro %}{{ m(x) }}',
    "{% macro n(v) %}<i>{{ caller() }}</i>{% endmacro %}{% call n(x) %}<b>{{ x }}</b>{% endcall %}",
    "{% set s %}<b>{{ x }}</b>{% endset %}<div>{{ s }}</div>{% if s %}{{ s }}{% endif %}",
    "{% set drawing = stars(5) %}{% if drawing %}<p>{{ drawing }}</p>{% endif %}",
    '{% set label = x ~ ", " ~ x %}<p title="{{ label }}">{{ label }}</p>',
    '{% set item_url = e.url %}<a href="{{ item_url }}">{{ x }}</a>',
    '{% with v = x %}<p title="{{ v }}">{{ l|join(", ") }}</p>{% endwith %}',
    "{% block a %}<p>{{ x }}</p>{% endblock %}",
    '<noscript><p title="{{ x }}">{{ x }}</p></noscript><template><p title="{{ x }}">{{ x }}</p></template>',
    '<!-- static --><script src="/a.js" defer></script><p>{{ x }}</p>',
    '<table><tr><td title="{{ x }}">{{ x }}</td></tr></table><select><option value="{{ x }}">{{ x }}</option></select>',
    '<meta name="description" content="{{ x }}">{{ swatch({"name": x, "hex": x}) }}',
    '{% if c %}<div class="a">{% else %}<div>{% endif %}{{ x }}</div><br/><img alt="{{ x }}" src="{{ url(x) }}">',
    '<x-rating value="{{ x }}"></x-rating>{{ data("d", x) }}',
]  # fmt: skip

CONTEXTS = {"c": False, "l": ["a", "b"], "e": {"url": "https://shop.example/?a=1&b=2"}}
API = {
    "stars": functions.stars,
    "swatch": lambda color: Markup('<i title="{}"></i>').format(color["hex"]),
    "url": functions.url,
    "data": functions.data,
}
HOSTILE = [
    *('"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", "</title><b>", "</textarea></noscript><b>", "<"),
    *('" onload="alert(1)', "' onload='alert(1)", "javascript:alert(1)", "/evil.example", "-->", "]]>", "`", "=x y=z"),
    *("&quot;<i>", "&#34;>", "/noscript ", "script", "\\", ":alert(1)", "avascript:alert(1)", "colon;"),
]


def rules(template):
    return {refusal.rule for refusal in lint_contexts({"main": template}, ["main"])}


def render(templates, text, c=False):
    context = {**API, **CONTEXTS, "x": text, "l": [text, text], "c": c}
    return make_environment(templates).get_template("main").render(context)


def assert_unchanged(templates, texts):
    for c in (False, True):
        harmless = structure(render(templates, "harmless", c))
        for text in texts:
            page = render(templates, text, c)
            assert (structure(page), code_addresses(page)) == (harmless, []), (templates, text)


@pytest.mark.parametrize(("rule", "template"), DANGEROUS, ids=[template for _, template in DANGEROUS])
def test_a_dangerous_template_is_refused(rule, template):
    assert rule in rules(template)


@pytest.mark.parametrize("template", GOOD)
def test_a_good_template_is_accepted_and_keeps_its_structure(template):
    assert rules(template) == set()
    assert_unchanged({"main": template}, HOSTILE)


def test_every_rule_refuses_something():
    assert {rule for rule, _ in DANGEROUS} | {"places", "nesting"} == set(RULES)


PIECES = st.sampled_from(
    [
        *(
            '<p class="',
            "</p>",
            '<a href="',
            "<a href=",
            '"',
            "'",
            ">",
            " ",
            "/>",
            "<title>",
            "</title>",
            "<svg>",
            "</svg>",
        ),
        *(
            ' id="p-',
            " title='",
            ' data-x="',
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<!-- a -->",
            "<table>",
            "<noscript>",
        ),
        *(
            "/x/",
            "?q=",
            "javascript:",
            "https://h.example/",
            "&",
            "=",
            "<",
            "ſ",
            "a-",
            "\n",
            "<textarea>",
            "</textarea>",
            "<td>",
        ),
        *(
            "{{ x }}",
            "{{ e.url }}",
            "{{ stars(5) }}",
            "{{ url(x) }}",
            "{{ x ~ x }}",
            "{{ x[:3] }}",
            "{{ s }}",
            "{{ m(x) }}",
        ),
        *("{% if c %}", "{% else %}", "{% endif %}", "{% for i in l %}", "{% endfor %}", "{% set s %}", "{% endset %}"),
        *("{% macro m(i) %}", "{% endmacro %}", '{% include "p" %}', "{% break %}", "{% block b %}", "{% endblock %}"),
    ]
)
MADE = st.lists(PIECES | st.sampled_from(GOOD), min_size=1, max_size=7).map("".join)


@st.composite
def mutated(draw):
    """A good template with pieces put in, and parts taken out."""
    text = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES) + text[at + draw(st.integers(0, 5)) :]
    return text


@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(MADE | mutated(), st.sampled_from(["<b>{{ x }}</b>", "{{ x }}", "a"]), st.text(max_size=8))
def test_what_is_accepted_keeps_its_structure(template, part, text):
    templates = {"main": template, "p": part}
    if "{{" not in template or lint_contexts(templates, templates):
        return
    try:
        render(templates, "harmless"), render(templates, "harmless", c=True)
    except Exception:  # noqa: BLE001 - a template may still be wrong in itself: an unknown name, a block twice
        return
    assert_unchanged(templates, [*HOSTILE, f"x{text}"])


def test_a_template_in_many_places_is_not_read_without_end():
    """A megabyte of attributes takes three seconds to read; nested svg elements made the check read it 16 times."""
    deep = "<svg>{% include 'a.html' %}" * 15 + "</svg>" * 15
    templates = {"m.html": deep, "a.html": "<path d='" + "a" * 1_000_000 + "'/>"}
    found = {(refusal.rule, refusal.what) for refusal in lint_contexts(templates, templates)}
    assert ("places", "the theme has more than 6,291,456 characters, place by place.") in found
