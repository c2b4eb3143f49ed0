"""The sandbox and the errors of templates."""

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.engine import get_template, make_environment, render


@pytest.fixture
def rendered():
    def go(text, **context):
        return render(get_template(make_environment({"page.html": text}), "page.html"), context)

    return go


def test_text_is_escaped_once_and_markup_not_at_all(rendered):
    assert rendered("{{ a }}{{ b }}", a="<&>", b=Markup("<br>")) == "&lt;&amp;&gt;<br>"


def test_blocks_leave_no_lines_of_their_own(rendered):
    assert rendered("{% for x in [1, 2] %}\n  {% if x == 2 %}{% break %}{% endif %}\n{{ x }}\n{% endfor %}\n") == "1\n"


def test_a_key_named_like_a_method_is_a_key(rendered):
    assert rendered("{{ c.items }} {{ c.get }}", c={"items": 3, "get": 4}) == "3 4"


def test_loop_names_work(rendered):
    template = "{% for x in 'ab' %}{{ loop.index }}{{ loop.first }}{{ loop.cycle('x', 'y') }}{% endfor %}"
    assert rendered(template) == "1Truex2Falsey"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("ok\n{{ missing }}", r"page.html, line 2: 'missing' is undefined"),
        ("{{ c.missing }}", r"page.html, line 1: .*no attribute 'missing'"),
        ("{{ ''.__class__ }}", r"page.html, line 1: access to attribute '__class__'"),
        ("{{ c.__class__ }}", r"page.html, line 1"),
        ("{% do c.update({}) %}", r"page.html, line 1"),
        ("{{ cycler }}", r"'cycler' is undefined"),
        ("one\n{% if %}", r"page.html, line 2: Expected an expression"),
        ("{% include 'gone.html' %}", r"page.html, line 1: .*gone.html"),
        ("{{ 1 / 0 }}", r"division by zero"),
    ],
)
def test_what_goes_wrong_names_its_line(rendered, template, message):
    with pytest.raises(ThemeError, match=message):
        rendered(template, c={})


def test_a_missing_template_says_so():
    with pytest.raises(ThemeError, match="cannot be loaded"):
        get_template(make_environment({}), "gone.html")


def test_an_error_of_a_function_keeps_its_own_place(rendered):
    def fail():
        raise ThemeError("there is no such text.", where="de")

    with pytest.raises(ThemeError, match=r"^de: there is no such text"):
        rendered("{{ fail() }}", fail=fail)


def test_the_short_way_gives_what_the_plain_sandbox_gives():
    text = "{{ p.title }}{% for v in p.list %}{{ loop.index0 }}{{ v.name }}{{ loop.last }}{% endfor %}{{ p['title'] }}"
    context = {"p": {"title": "<T>", "list": [{"name": "a"}, {"name": "b"}]}}
    plain = ImmutableSandboxedEnvironment(autoescape=True).from_string(text).render(context)
    assert render(get_template(make_environment({"page.html": text}), "page.html"), context) == plain


def test_the_functions_of_the_theme_api_take_the_short_way_and_no_other_callable(rendered):
    environment = make_environment({"page.html": "{% for x in [1] %}{{ ours(2, more=3) }}{% endfor %}{{ theirs() }}"})

    def ours(value, more):
        return value + more

    class Unsafe:
        alters_data = True

        def __call__(self):
            return "called"

    environment.allow_directly([ours])
    template = get_template(environment, "page.html")
    assert render(template, {"ours": ours, "theirs": lambda: "safe"}) == "5safe"
    with pytest.raises(ThemeError, match=r"page\.html, line 1: .* is not safely callable"):
        render(template, {"ours": ours, "theirs": Unsafe()})


def test_an_error_without_a_place_gets_its_template_and_line(rendered):
    def limit():
        raise RenderLimitHit("it takes too much.", remedy="Show less.")

    with pytest.raises(RenderLimitHit, match=r"^page\.html, line 2: it takes too much\. Show less\.$"):
        rendered("\n{{ limit() }}", limit=limit)
