"""Who renders a theme's pages."""

from contextlib import closing
from dataclasses import replace

import pytest
from tests.unit.generation.records import BARE, editions

from shopwright.errors import ThemeError
from shopwright.generation.press import edition_facts
from shopwright.generation.rendering import Renderer
from shopwright.template_engine.confinement.messages import PageRequest
from shopwright.template_engine.theme import load_theme

THEME = replace(load_theme(str(BARE)), templates={"a.html": "<p>{{ n }}{{ site.name }}</p>", "b.html": "{{ nothing }}"})


def facts():
    return {locale: edition_facts(edition) for locale, edition in editions().items()}


def requests(*templates):
    return [PageRequest(name, "de", {"n": number}) for number, name in enumerate(templates)]


@pytest.mark.parametrize("builtin", [True, False])
def test_pages_come_in_the_order_of_their_requests(builtin):
    with closing(Renderer(replace(THEME, builtin=builtin), facts())) as renderer:
        found = list(renderer.html_many(requests(*["a.html"] * 5)))
    assert found == [f"<p>{number}Small Shop</p>" for number in range(5)]


@pytest.mark.parametrize("builtin", [True, False])
def test_a_page_that_fails_names_its_line_and_others_render_after_it(builtin):
    with closing(Renderer(replace(THEME, builtin=builtin), facts())) as renderer:
        with pytest.raises(ThemeError, match=r"^b\.html, line 1: 'nothing' is undefined"):
            list(renderer.html_many(requests("a.html", "b.html")))
        assert list(renderer.html_many(requests("a.html"))) == ["<p>0Small Shop</p>"]


def test_only_a_confined_theme_is_recorded_here():
    kept = []
    for builtin in (True, False):
        with closing(Renderer(replace(THEME, builtin=builtin), facts(), kept.append)) as renderer:
            list(renderer.html_many(requests("a.html", "a.html")))
    assert [(record.action, record.fields["render.pages"]) for record in kept] == [("template.render", 2)]
