import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.theme import builtin_themes, load_theme
from shopwright.template_engine.usage import Asked, Misuse, read_usage


def test_the_templates_it_opens():
    source = """{% extends "layout.html" %}
{% from "_macros.html" import line %}
{% import "_more.html" as more %}
{% include "_card.html" %}
{{ fragment("_footer.html") }}
{% include chosen %}"""
    assert read_usage(source).templates == (
        Asked("layout.html", 1),
        Asked("_macros.html", 2),
        Asked("_more.html", 3),
        Asked("_card.html", 4),
        Asked("_footer.html", 5),
    )


def test_the_texts_it_shows():
    source = (
        '{{ t("cart.add") }}\n{{ t("badge." ~ badge) }}{{ t(chosen) }}{{ t(chosen ~ ".x") }}{{ t() }}{{ x.t("no") }}'
    )
    assert read_usage(source).texts == (Asked("cart.add", 1), Asked("badge.", 2, part=True))


@pytest.mark.parametrize(("source", "shows"), [("{{ card(c) }}", True), ("{{ card }}", False), ("card(c)", False)])
def test_whether_it_shows_cards(source, shows):
    assert read_usage(source).shows_cards is shows


@pytest.mark.parametrize(
    ("call", "what"),
    [
        ("picture(p)", "missing a required argument: 'sizes'"),
        ('picture(p, "1", false, "", "", 7)', "too many positional arguments"),
        ('picture(p, "1", lazy=true)', "got an unexpected keyword argument 'lazy'"),
        ('picture(p, "1", sizes="2")', "multiple values for argument 'sizes'"),
        ("head(1)", "too many positional arguments"),
        ("t()", "missing a required argument: 'key'"),
    ],
)
def test_calls_that_cannot_work(call, what):
    assert read_usage(f"\n{{{{ {call} }}}}").misuses == (Misuse(call.partition("(")[0], 2, what),)


@pytest.mark.parametrize(
    "call",
    [
        'picture(p, "1")',
        'picture(p, sizes="1", alt="", eager=true)',
        't("a", count=3, name="x")',
        "card(c, true)",
        "head()",
        "range(1, 2, 3, 4)",
        "mine(1, 2, 3)",
        "picture(*all)",
        "x.picture()",
        "picture(**all)",
    ],
)
def test_calls_that_may_work(call):
    assert read_usage(f"{{{{ {call} }}}}").misuses == ()


def test_every_function_can_be_called_as_it_is_described():
    for described in THEME_FUNCTIONS.values():
        call = described.replace("**values", "a=1").replace("=false", "=true")
        assert read_usage(f"{{{{ {call} }}}}").misuses == ()


@pytest.mark.parametrize("source", ["{% if %}", "{{ ", "{% nosuch %}", "{{ " + "(" * 5_000, "{# "])
def test_what_is_no_jinja(source):
    assert read_usage(source) is None


@given(source=st.text(st.sampled_from("{}%#()[]'\"~|.,:=*ab t1\n"), max_size=60))
def test_any_text_is_read_or_is_no_jinja(source):
    usage = read_usage(source)
    assert usage is None or usage.templates + usage.texts + usage.misuses is not None


@pytest.mark.parametrize("name", builtin_themes())
def test_built_in_themes_call_everything_rightly(name):
    templates = load_theme(name).templates
    assert [read_usage(source).misuses for source in templates.values() if read_usage(source).misuses] == []
