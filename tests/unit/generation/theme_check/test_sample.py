from dataclasses import replace

import pytest
from tests.stores.small import BARE

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.generation.showcase.stores import sample_stores
from shopwright.generation.theme_check import sample as module
from shopwright.generation.theme_check.finding import Finding
from shopwright.generation.theme_check.sample import check_pages, theme_finding
from shopwright.template_engine.engine import UNDEFINED
from shopwright.template_engine.theme import load_theme


@pytest.fixture
def check(means, monkeypatch):
    """What is found with the smallest sample store only."""
    monkeypatch.setattr(module, "sample_stores", lambda: sample_stores()[1:2])

    def go(folder):
        return check_pages(load_theme(str(folder)), str(folder), means)

    return go


def test_a_theme_whose_pages_are_as_they_should_be(means):
    """With every sample store."""
    assert check_pages(load_theme(str(BARE)), str(BARE), means) == []


def test_a_name_that_is_not_there_is_told_once_with_its_line(check, theme):
    folder = theme({"templates/_card.html": "<p>\n{{ card.titel }}</p>"})
    assert check(folder) == [
        Finding("templates/_card.html", 2, "render", "the value has no attribute 'titel'.", UNDEFINED)
    ]


def test_every_kind_of_page_is_rendered(check, theme, monkeypatch):
    monkeypatch.setattr(module, "sample_stores", lambda: sample_stores()[:1])
    kinds = ("home", "collections", "collection", "product", "search", "cart", "content", "not_found")
    folder = theme({f"templates/{kind}.html": f"{{{{ {kind}_gone }}}}" for kind in kinds})
    assert {one.file for one in check(folder) if one.rule == "render"} >= {f"templates/{kind}.html" for kind in kinds}


def test_a_page_that_breaks_a_rule_of_the_audit(check, theme):
    found = check(theme({"templates/_hero.html": "<h2>{{ page.title }}</h2>\n"}))
    rules = {(one.file, one.line, one.rule, one.severity) for one in found}
    assert ("templates/home.html", 0, "h1-count", "error") in rules
    assert next(one.what for one in found if one.rule == "h1-count") == "The page / breaks h1-count on line 52: 0."


def test_a_rule_that_only_warns(check, theme):
    (found,) = check(theme({"templates/_hero.html": "<h1>{{ page.title }}</h1>\n<h3>{{ site.name }}</h3>"}))
    assert (found.rule, found.severity) == ("heading-skip", "warning")


def test_a_page_that_needs_too_much(check, theme):
    loops = "{% for a in range(1000) %}{% for b in range(1000) %}{{ a }}{% endfor %}{% endfor %}"
    (found,) = [one for one in check(theme({"templates/_hero.html": f"<h1>a</h1>\n{loops}"})) if one.rule == "render"]
    assert (found.file, found.line) == ("templates/_hero.html", 2)
    assert "fuel" in found.what


def test_files_that_cannot_be_published(check, theme):
    (found,) = check(theme({"css/a.css": "a {\n color: red }\n}}\nb {}"}, styles=["css/a.css"]))
    assert (found.line, found.rule) == (3, "theme")
    assert found.file == "mine/css/a.css"


def test_what_was_rendered_and_what_was_stopped_is_recorded(means, theme, monkeypatch):
    monkeypatch.setattr(module, "sample_stores", lambda: sample_stores()[1:2])
    loops = "{% for a in range(1000) %}{% for b in range(1000) %}{{ a }}{% endfor %}{% endfor %}"
    folder = str(theme({"templates/_hero.html": f"<h1>a</h1>\n{loops}"}))
    records = []
    check_pages(load_theme(folder), folder, replace(means, record=records.append))
    assert {(record.action, record.outcome) for record in records} == {
        ("template.render", "success"),
        ("template.limit", "failure"),
    }


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("_a.html, line 3", ("templates/_a.html", 3, "render")),
        ("parts/_a.html", ("templates/parts/_a.html", 0, "render")),
        ("/themes/mine/templates/_a.html", ("/themes/mine/templates/_a.html", 0, "theme")),
        ("css/a.css, line 12", ("css/a.css", 12, "theme")),
        ("", ("theme.yaml", 0, "theme")),
    ],
)
@pytest.mark.parametrize("kind", [ThemeError, RenderLimitHit])
def test_an_error_as_a_finding(kind, where, place):
    found = theme_finding(kind("It is.", where=where, remedy="Do."))
    assert (found.file, found.line, found.rule) == place
    assert (found.what, found.instead) == ("It is.", "Do.")
