"""Pages with the theme API, in the tuned sandbox and metered."""

import builtins
import sys

import pytest
from markupsafe import Markup

from shopwright.errors import ThemeError
from shopwright.template_engine.api import API_VERSION, THEME_FUNCTIONS
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.pages import Pages
from shopwright.template_engine.texts import load_texts

KINDS = [make_environment, make_metered_environment]
LD, DATA = '<script type="application/ld+json">', '<script type="application/json" id="site-data">'
CARD = {"revision": "r1", "title": "Lu & Na"}


def facts(locale="en"):
    return {
        "site": {"name": "Shop & Co", "locale": locale, "currency": "EUR"},
        "site_data": {"locale": locale, "text": "</script>"},
        "texts": dict(load_texts(locale).entries),
        "files": {"img/a.svg": "/assets/a.1.svg"},
    }


def made(kind=make_environment, **templates):
    sources = {f"{name}.html": text for name, text in templates.items()}
    return Pages(kind(sources), {locale: facts(locale) for locale in ("en", "de", "ar")})


def page(text, kind=make_environment, locale="en", head="", context=None, **templates):
    return made(kind, page=text, **templates).html("page.html", locale, context or {}, head)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ money(12900) }}|{{ money(12900, 'JPY') }}|{{ money(-5) }}", "129,00\xa0€|12.900\xa0¥|-0,05\xa0€"),
        ("{{ number(1234.56, 1) }}|{{ number(2) }}", "1.234,6|2"),
        ("{{ date('2026-05-01') }}|{{ date('2026-05-01T10:00:00Z') }}", "1. Mai 2026|1. Mai 2026"),
        ("{{ t('cart.add') }}", "In den Warenkorb"),
        ("{{ asset('img/a.svg') }}", "/assets/a.1.svg"),
        ("{{ url('/a?b=1&c=2') }}|{{ url(none) }}", "/a?b=1&amp;c=2|#"),
        ("{{ head() }}|{{ site.name }}", "<title>x</title>|Shop &amp; Co"),
        ("{% do collect('a', 1) %}{% do collect('a', 'x') %}{{ collected('a')|join(',') }}", "1,x"),
        ("{{ json_ld({'a': '</script>'}) }}", f'{LD}{{"@context":"https://schema.org","a":"\\u003c/script\\u003e"}}</script>'),
        ("{{ data('x', {'a': [1]}) }}", '<script type="application/json" id="x">{"a":[1]}</script>'),
        ("{{ site_data() }}", f'{DATA}{{"locale":"de","text":"\\u003c/script\\u003e"}}</script>'),
    ],
)  # fmt: skip
def test_what_the_functions_give(kind, text, shown):
    assert page(text, kind, "de", "<title>x</title>") == shown


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("money('12')", r"money\(\): amount must be a whole number"),
        ("money(1.5)", r"money\(\): amount must be a whole number"),
        ("money(1, 'euro')", r"money\(\): currency must be a currency code"),
        ("number('1')", r"number\(\): value must be a number"),
        ("number(1, 7)", r"number\(\): digits must be a whole number from 0 to 6"),
        ("date('soon')", r"date\(\): iso must be a day such as 2026-11-23"),
        ("date(3)", r"date\(\): iso must be a day such as 2026-11-23"),
        ("t('no.such')", r"t\(\): there is no interface text 'no\.such' in en"),
        ("t('cart.add', x=[1])", r"t\(\): x must be a text"),
        ("asset('../etc')", r"asset\(\): the theme has no file '\.\./etc'; list it in theme\.yaml under files"),
        ("url(3)", r"url\(\): value must be a text"),
        ("data('1x', 1)", r"data\(\): id must be a letter"),
        ("json_ld([1])", r"json_ld\(\): value must be a mapping"),
        ("card(3)", r"card\(\): card must be a mapping"),
        ("picture({}, '1px')", r"picture\(\): picture must be one that the page was given"),
        ("stars('x')", r"stars\(\): value must be a number"),
        ("swatch('x')", r"swatch\(\): color must be a mapping"),
        ("frame_drawing(1)", r"frame_drawing\(\): frame must be a mapping"),
        ("collect('a b', 1)", r"collect\(\): name must be a letter"),
        ("fragment('layout.html')", r"fragment\(\): name must be that of a partial"),
        ("fragment('_gone.html')", r"_gone\.html: the template cannot be loaded"),
        ("head(1)", r"head\(\) takes 0 positional arguments"),
    ],
)
def test_a_wrong_argument_names_function_template_and_line(kind, call, message):
    with pytest.raises(ThemeError, match=message) as refused:
        page("<p>\n{{ " + call + " }}", kind)
    assert refused.value.where in {"page.html, line 2", "_gone.html"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_fragment_sees_the_site_only_and_is_rendered_once(kind):
    pages = made(kind, page="{{ fragment('_f.html') }}", _f="<b>{{ site.name }}{{ t('cart.add') }}</b>")
    assert {pages.html("page.html", "en", {"n": n}) for n in range(3)} == {"<b>Shop &amp; CoAdd to cart</b>"}
    assert "Warenkorb" in pages.html("page.html", "de", {})
    for hidden in ("page", "head()"):
        with pytest.raises(ThemeError, match=r"_f\.html, line 1: '(page|head)' is undefined"):
            page("{{ fragment('_f.html') }}", kind, context={"page": {}}, _f="{{ " + hidden + " }}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_that_is_kept_collects_nothing_for_its_page(kind):
    text = "{% do collect('a', 1) %}{{ card(c) }}{{ fragment('_f.html') }}{{ collected('a')|length }}"
    part = "{% do collect('a', 2) %}[{{ collected('a')|length }}]"
    pages = made(kind, page=text, _card=part, _f=part)
    assert [pages.html("page.html", "en", {"c": CARD}) for _ in range(2)] == ["[1][1]1"] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_cannot_show_itself(kind):
    with pytest.raises(ThemeError, match=r"_card\.html, line 1: _a\.html is shown inside itself"):
        page("{{ fragment('_a.html') }}", kind, _a="{{ card({'title': 'x'}) }}", _card="{{ fragment('_a.html') }}")
    with pytest.raises(ThemeError, match="is shown inside itself"):
        page("{{ fragment('_a.html') }}", kind, _a="{{ fragment('_b.html') }}", _b="{{ fragment('_a.html') }}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_failed_leaves_nothing_behind(kind):
    pages = made(
        kind, page="{{ card(c) }}{{ collected('a')|length }}", _card="{% do collect('a', 1) %}{{ 1 / card.n }}"
    )
    with pytest.raises(ThemeError, match=r"_card\.html, line 1"):
        pages.html("page.html", "en", {"c": {**CARD, "n": 0}})
    assert pages.html("page.html", "en", {"c": {**CARD, "n": 1}}) == "1.00"


@pytest.mark.parametrize("kind", KINDS)
def test_the_apis_names_are_not_hidden_by_a_page(kind):
    assert page("{{ t('cart.add') }}", kind, context={"t": "x", "site": 1}) == "Add to cart"


def test_a_metered_page_costs_the_same_fuel_whatever_was_kept_before():
    environment = make_metered_environment(
        {"page.html": "{{ card(c) }}{{ fragment('_f.html') }}", "_card.html": "{{ card.title }}", "_f.html": "x" * 900}
    )
    pages, spent = Pages(environment, {"en": facts()}), []
    for _ in range(3):
        pages.html("page.html", "en", {"c": dict(CARD)})
        spent.append(environment.meter.spent)
    assert len(set(spent)) == 1
    assert spent[0] > 0


def test_rich_text_of_the_context_stays_rich_and_plain_text_is_escaped():
    assert page("{{ a }}{{ b }}", context={"a": Markup("<b>"), "b": "<b>"}) == "<b>&lt;b&gt;"


@pytest.mark.parametrize("kind", KINDS)
def test_once_made_it_needs_no_file_and_no_further_module(kind, monkeypatch):
    text = "{{ money(100) }}{{ money(5, 'KWD') }}{{ number(1.5, 2) }}{{ date('2026-12-31') }}" + "".join(
        "{{ t('reviews.count', count=" + str(count) + ") }}" for count in (0, 1, 2, 5, 11, 100)
    )
    pages = made(kind, page=text)
    pages.html("page.html", "en", {})
    known = set(sys.modules)

    def refuse(*_args, **_more):
        raise PermissionError

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr("io.open", refuse)
    for locale in ("de", "ar"):
        assert pages.html("page.html", locale, {})
    assert set(sys.modules) == known


def test_every_function_is_named_with_its_signature():
    assert API_VERSION == 1
    names = set(made(page="")._editions["en"]._names) - {"site"}
    assert set(THEME_FUNCTIONS) == names
    assert all(signature.startswith(f"{name}(") for name, signature in THEME_FUNCTIONS.items())


def test_whether_a_page_renders_never_depends_on_what_was_kept_before():
    """A kept part brought a page round its own circle, and past the bound of calls in calls."""
    card = "{% if card.go %}{{ fragment('_a.html') }}{% endif %}"
    deep = "{% macro d(n) %}{% if n %}{{ d(n - 1) }}{% endif %}{% endmacro %}{{ d(20) }}"
    deeper = deep.replace("%}{% endmacro", "%}{{ fragment('_deep.html') }}{% endmacro").replace("d(20)", "d(25)")
    pages = made(
        make_metered_environment,
        _card=card,
        _a="{{ card({'revision': 'r', 'go': false}) }}",
        _deep=deep,
        deeper=deeper,
        first="{{ fragment('_a.html') }}{{ fragment('_deep.html') }}",
        circle="{{ card({'revision': 's', 'go': true}) }}",
    )
    for _ in range(2):
        assert pages.html("deeper.html", "en", {}) == ""
        with pytest.raises(ThemeError, match=r"_card\.html is shown inside itself"):
            pages.html("circle.html", "en", {})
        assert pages.html("first.html", "en", {}) == ""
