"""Templates made by a grammar: most of them allowed, some not. Each comes with what it is rendered with."""

from hypothesis import strategies as st

CONTEXT = {
    "page": {"title": "A & <B>", "url": "/a/b", "count": 3},
    "items": [
        {"title": "Zeta", "price": 1290, "tags": ["a", "b"], "on": True},
        {"title": "alpha <i>", "price": 300, "tags": [], "on": False},
        {"title": "Mid", "price": 1290, "tags": ["c"], "on": True},
    ],
    "words": ["x", "Y & z", "x", ""],
    "number": 7,
    "ratio": 2.5,
    "yes": True,
    "no": None,
}

NAMES = st.sampled_from(["page", "items", "words", "number", "ratio", "yes", "no", "item", "v", "w", "absent"])
KEYS = st.sampled_from(["title", "price", "tags", "on", "url", "count", "absent"])
LITERALS = st.sampled_from(
    ["1", "0", "-3", "2.5", "'a'", "'x & y'", "''", "true", "none", "99999999999999", "'ab' * 3"]
)
TEXT_FILTERS = ("upper", "lower", "capitalize", "title", "trim", "string", "length", "urlencode", "wordcount")
LIST_FILTERS = (
    *("first", "last", "length", "list", "reverse", "unique", "sort", "min", "max", "sum"),
    *("map(attribute='title')", "map('upper')", "select('string')", "selectattr('on')", "rejectattr('on')"),
    *("join(', ')", "join(', ', attribute='title')", "sort(attribute='price')", "groupby('price')", "batch(2)"),
    *("selectattr('price', 'gt', 500)", "slice(2)", "sum(attribute='price')", "unique(attribute='price')"),
)
OTHER_FILTERS = (
    *("default('d')", "d(1)", "replace('a', 'bb')", "truncate(5)", "int", "float", "round(1)", "abs"),
    *("safe", "attr('x')", "tojson", "pprint", "center(99999)", "map(attribute='__class__')", "xmlattr"),
)
FILTERS = st.sampled_from((*TEXT_FILTERS, *LIST_FILTERS, *OTHER_FILTERS))
TESTS = st.sampled_from(["defined", "none", "string", "odd", "mapping", "sequence", "in words", "gt 3", "callable"])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", ">=", "in", "and", "or", "**"])


def _wider(inner):
    return st.one_of(
        st.tuples(inner, KEYS).map(lambda t: f"{t[0]}.{t[1]}"),
        st.tuples(inner, inner).map(lambda t: f"{t[0]}[{t[1]}]"),
        st.tuples(inner, FILTERS).map("|".join),
        st.tuples(inner, TESTS).map(" is ".join).map("({})".format),
        st.tuples(inner, OPERATORS, inner).map(" ".join).map("({})".format),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.tuples(inner, inner).map(lambda t: f"{{'k': {t[0]}, 'title': {t[1]}}}"),
        st.tuples(inner, LITERALS, LITERALS).map(lambda t: f"{t[0]}[{t[1]}:{t[2]}]"),
        inner.map("not {}".format).map("({})".format),
        inner.map("range({})".format),
        inner.map("m({})".format),
        inner.map("t({})".format),
        inner.map("{}.upper()".format),
    )


WILD = st.recursive(st.one_of(NAMES, NAMES, LITERALS), _wider, max_leaves=5)

TEXT = st.sampled_from(["page.title", "page.url", "'a'", "'x & y'", "words[1]", "items[0].title", "t('k')"])
NUMBER = st.sampled_from(["number", "ratio", "page.count", "1", "0", "-3", "items[1].price", "words|length"])
LIST = st.sampled_from(["items", "words", "range(4)|list", "items|map(attribute='title')|list", "[1, 2]", "words[1:]"])


def _calm(inner):
    """Expressions whose kinds fit, from those of a text."""
    number = st.one_of(NUMBER, inner.map("{}|length".format), st.tuples(NUMBER, NUMBER).map(" * ".join))
    return st.one_of(
        st.tuples(inner, st.sampled_from(TEXT_FILTERS)).map("|".join),
        st.tuples(inner, inner).map(" ~ ".join).map("({})".format),
        st.tuples(inner, number).map(" ~ ".join).map("({})".format),
        st.tuples(inner, inner).map(lambda t: f"{t[0]}|replace('a', {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} == {t[2]} else {t[1]})"),
        st.tuples(inner, LIST).map(lambda t: f"({t[0]} in {t[1]})"),
        st.tuples(LIST, inner)
        .map(lambda t: f"{t[0]}|join({t[1]})")
        .filter(lambda said: not said.startswith("items|j")),
        st.tuples(LIST, st.sampled_from(["length", "first|string|length", "list|length", "reverse|list|length"])).map(
            "|".join
        ),
        st.tuples(inner, number).map(lambda t: f"{t[0]}[:{t[1]}]").filter(lambda said: "ratio" not in said),
        st.tuples(number, st.sampled_from(["+", "-", "*", "<", "=="]), number).map(" ".join).map("({})".format),
        inner.map("t({})".format),
        inner.map("{}|default('d')".format),
    )


CALM = st.recursive(TEXT, _calm, max_leaves=6)
EXPRESSIONS = st.integers(0, 9).flatmap(lambda chance: CALM if chance else WILD)
LOOPED = st.integers(0, 9).flatmap(lambda chance: LIST if chance else WILD)


def _nested(inner):
    body = st.lists(inner, max_size=3).map("".join)
    return st.one_of(
        st.tuples(EXPRESSIONS, body).map(lambda t: f"{{% if {t[0]} %}}{t[1]}{{% else %}}n{{% endif %}}"),
        st.tuples(EXPRESSIONS, body).map(
            lambda t: f"{{% for item in {t[0]} %}}{t[1]}{{{{ loop.index }}}}{{% endfor %}}"
        ),
        st.tuples(EXPRESSIONS, body).map(
            lambda t: f"{{% for item in {t[0]} if item %}}{t[1]}{{% else %}}e{{% endfor %}}"
        ),
        st.tuples(body, EXPRESSIONS).map(lambda t: f"{{% set v %}}{t[0]}{{% endset %}}{{% set w = {t[1]} %}}"),
        st.tuples(EXPRESSIONS, body).map(lambda t: f"{{% with v = {t[0]} %}}{t[1]}{{% endwith %}}"),
        st.tuples(body, EXPRESSIONS).map(lambda t: f"{{% call m({t[1]}) %}}{t[0]}{{% endcall %}}"),
        body.map("{{% for a in [1, 2, 3] %}}{}{{% if a == 2 %}}{{% break %}}{{% endif %}}{{% endfor %}}".format),
        body.map("{{% for a in [1, 2, 3] %}}{{% if a == 2 %}}{{% continue %}}{{% endif %}}{}{{% endfor %}}".format),
    )


STATEMENTS = st.recursive(
    st.one_of(
        EXPRESSIONS.map("{{{{ {} }}}}".format),
        EXPRESSIONS.map("{{{{ {} }}}}".format),
        EXPRESSIONS.map("{{{{ m({}) }}}}".format),
        EXPRESSIONS.map("{{{{ ({})|e }}}}".format),
        st.tuples(st.sampled_from(["v", "w"]), EXPRESSIONS).map(lambda t: f"{{% set {t[0]} = {t[1]} %}}"),
        st.sampled_from(
            [
                "<p>{{ page.title|upper }}</p>",
                "<p class='a'>",
                "text\n",
                " {# a comment #} ",
                "{% include 'part.html' %}",
                "{{ number }}",
            ]
        ),
    ),
    _nested,
    max_leaves=8,
)
MACRO = "{% macro m(a, b='b') %}<i>{{ a }}{% if caller is defined %}{{ caller() }}{% endif %}</i>{% endmacro %}"
PART = "<b>{{ page.title }}</b>{% for item in items %}{{ item.price }}{% endfor %}"


@st.composite
def templates(draw):
    """A page with what it includes and extends."""
    body = "".join(draw(st.lists(STATEMENTS, min_size=1, max_size=4)))
    page = f"{{% extends 'layout.html' %}}{MACRO}{{% block main %}}{body}{{{{ super() }}}}{{% endblock %}}"
    layout = "<!doctype html>{% block main %}<p>{{ page.title }}</p>{% endblock %}{% include 'part.html' %}"
    if draw(st.booleans()):
        page = f"{MACRO}{body}"
    return {"page.html": page, "part.html": PART, "layout.html": layout}


SYNTAX = st.text(alphabet="{}%#[]()'\"\\|.~+-*/=<>!, \n_abx019éｃ", max_size=200)
PIECES = (  # noqa: SIM905 - forty short words
    r"""{{ }} {% %} {# #} {%- -%} {%raw%} {%endraw%} if for in set endset macro ( ) [ ] { } ' " \\ | . ~ ** * - """
    r"""__class__ a 1 1e9 0x1_f endif endfor else is not and , : = == 'x' 1.5 loop self t("""
).split()
WORDS = st.lists(st.sampled_from(PIECES), max_size=120).map(" ".join)
"""Texts that are hardly templates."""
