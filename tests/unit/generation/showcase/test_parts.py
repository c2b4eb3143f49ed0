import pytest

from shopwright.generation.showcase.parts import states_of, surroundings, template_of
from shopwright.generation.showcase.states import State, part
from shopwright.template_engine.anatomy import dissect


def states(templates):
    return states_of(templates, dissect(templates))


def test_known_states_are_those_of_templates_that_are_there():
    shown = states({"home.html": ""})
    assert {state.template for state in shown} == {"home.html"}


@pytest.mark.parametrize(
    ("source", "page", "names"),
    [
        ("{{ product.title }}", "products/arlo/", ""),
        ("{{ site.name }} {{ t('nav.skip') }}", "", ""),
        ("{{ collection.count }}", "collections/all/", ""),
        (
            "{{ price.text }}{% if full %}!{% endif %}",
            "products/elio/",
            "{% set price = product.price %}{% set full = true %}",
        ),
        ("{{ card.title }}", "collections/all/", "{% set card = collection.products[0] %}{% set eager = false %}"),
        ("{% for e in entries %}{{ e.title }}{% endfor %}", "collections/", "{% set entries = collections %}"),
        ("{{ content.body }}", "imprint/", ""),
        ("{{ not_found.collections|length }}", "404.html", ""),
    ],
)
def test_a_part_of_the_themes_own_is_shown_with_the_page_that_has_what_it_asks_for(source, page, names):
    (state,) = states({"_mine.html": source})
    assert (state.page, state.call) == (page, f'{names}{{% include "_mine.html" %}}')


def test_what_an_included_template_asks_for_counts():
    shown = states({"_outer.html": '{% include "_inner.html" %}', "_inner.html": "{{ product.title }}"})
    assert {state.template: state.page for state in shown} == {
        "_outer.html": "products/arlo/",
        "_inner.html": "products/arlo/",
    }


def test_a_part_that_asks_for_names_no_page_has_is_shown_by_no_state():
    assert states({"_mine.html": "{{ mine }}", "_two.html": "{{ product.title }}{{ content.body }}"}) == []


def test_a_page_of_the_themes_own_is_no_part():
    assert states({"macros.html": "{{ product.title }}"}) == []


def test_a_part_stands_in_a_page_of_its_own():
    state = part("_card.html", "bree", "Sold out", "collections/all/", "{% set card = 1 %}")
    pages = surroundings([state, State("home.html", "plain", "Plain", "")])
    assert list(pages) == [template_of(state)] == ["showcase/card-bree.html"]
    assert (
        '<div class="showcase-alone">\n{% set card = 1 %}{% include "_card.html" %}\n</div>'
        in pages[template_of(state)]
    )


def test_what_pops_up_is_shown():
    (page,) = surroundings([part("_menu.html", "open", "Open", opened=True)]).values()
    assert 'class="showcase-alone showcase-opened"' in page
