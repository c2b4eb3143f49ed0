import pytest
from tests.stores.small import BARE

from shopwright.generation.theme_check.finding import Finding
from shopwright.generation.theme_check.templates import PAGES, check_templates
from shopwright.template_engine.texts import load_texts
from shopwright.template_engine.theme import builtin_themes, load_theme


@pytest.fixture
def check():
    """What is found in the bare theme with some templates changed; none takes one out."""
    bare = load_theme(str(BARE))

    def go(changed, names=None):
        templates = {name: text for name, text in {**bare.templates, **changed}.items() if text is not None}
        return check_templates(templates, frozenset(names or templates))

    return go


@pytest.mark.parametrize("theme", [str(BARE), *builtin_themes()])
def test_themes_that_are_as_they_should_be(theme):
    loaded = load_theme(theme)
    found = check_templates(loaded.templates, loaded.own or loaded.templates.keys())
    assert [one for one in found if one.severity == "error"] == []


def test_what_the_policy_refuses(check):
    (found,) = check({"_hero.html": "<p>{{ page.title }}</p>\n{{ ''.upper() }}"}, ["_hero.html"])
    assert (found.file, found.line, found.severity) == ("templates/_hero.html", 2, "error")
    assert "upper" in found.what


def test_what_is_no_jinja_has_its_line(check):
    (found,) = check({"home.html": "\n\n{% if %}"}, ["home.html"])
    assert (found.file, found.line, found.rule) == ("templates/home.html", 3, "syntax")


def test_a_text_without_its_value_and_a_fragment_that_is_not_there(check):
    found = check({"home.html": '{{ t("price.from") }}\n{{ fragment("_gone.html") }}'}, ["home.html"])
    assert [one.severity for one in found] == ["error", "warning"]
    assert [(one.line, one.rule, one.what, one.instead) for one in found] == [
        (2, "template", "There is no template '_gone.html'.", "Add it to the theme, or correct the name."),
        (1, "text", "The interface text 'price.from' needs a value for price.", 'Write t("price.from", price=…).'),
    ]  # fmt: skip


def test_a_text_that_is_not_there(check):
    found = check(
        {"home.html": '{{ t("cart.ad") }}\n{{ t("nowhere") }}{{ t("badge." ~ x) }}{{ t("gone." ~ x) }}'}, ["home.html"]
    )
    assert [(one.line, one.rule, one.what, one.instead) for one in found] == [
        (1, "text", "There is no interface text 'cart.ad'.", "Did you mean 'cart.add'?"),
        (2, "text", "There is no interface text 'nowhere'.", "docs/reference/interface-texts.md lists them."),
        (2, "text", "No interface text begins with 'gone.'.", "docs/reference/interface-texts.md lists them."),
    ]  # fmt: skip


def test_a_function_that_is_called_wrongly(check):
    found = check({"home.html": "\n<p>{{ stars() }}</p>"}, ["home.html"])
    assert found == [
        Finding(
            "templates/home.html",
            2,
            "argument",
            "stars() is called wrongly: missing a required argument: 'value'.",
            "Write stars(value).",
        )
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_its_template(check, name):
    found = check({name: None})
    (missing,) = [one for one in found if one.rule == "missing-template"]
    assert (missing.file, missing.line) == ("theme.yaml", 0)
    assert missing.what == f"Pages are made with '{name}': not there."


def test_a_card_that_is_not_there(check):
    found = [one for one in check({"_card.html": None}) if one.rule == "missing-template"]
    assert found
    assert {one.what for one in found} == {"card() shows the template '_card.html', which is not there."}
    assert "templates/home.html" in {one.file for one in found}


def test_a_template_that_nothing_shows(check):
    found = check({"_hreo.html": "<p>{{ page.title }}</p>"})
    assert [(one.file, one.line, one.rule, one.severity) for one in found] == [
        ("templates/_hreo.html", 0, "unused-file", "warning")
    ]


def test_a_fragment_is_shown(check):
    home = '{% extends "layout.html" %}{% block main %}{{ fragment("_claim.html") }}{% endblock %}'
    assert check({"home.html": home, "_claim.html": "<p>{{ site.name }}</p>"}) == []


def test_while_a_template_is_refused_nothing_is_said_about_use(check):
    found = check({"home.html": "{% if %}", "_hreo.html": ""})
    assert {one.rule for one in found} == {"syntax"}


def test_every_interface_text_is_described(checkout):
    rows = (checkout / "docs/reference/interface-texts.md").read_text().splitlines()
    described = [row.split("`")[1] for row in rows if row.startswith("| `")]
    assert described == sorted(load_texts("en").entries)
