from collections import Counter

import pytest

from shopwright.generation.showcase.states import State, part, states
from shopwright.generation.showcase.stores import sample_stores
from shopwright.template_engine.theme import builtin_themes, load_theme

STATES = states()


@pytest.mark.parametrize("theme", builtin_themes())
def test_every_template_of_every_built_in_theme_has_a_state(theme):
    assert load_theme(theme).templates.keys() - {state.template for state in STATES} == set()


def test_no_state_is_shown_twice():
    twice = [place for place, times in Counter((state.template, state.key) for state in STATES).items() if times > 1]
    assert twice == []


def test_the_states_a_product_can_be_in_are_all_there():
    shown = {state.title for state in STATES if state.template == "product.html"}
    assert shown == {
        *("In stock", "Sold out", "Pre-order", "Back-order", "On sale", "No price", "No picture", "Many variants"),
        *("One variant", "No options", "A tall picture", "A long title", "Long words", "Reviews and rating"),
        *("A group of products", "Sold elsewhere", "Nothing but a price", "Without JavaScript"),
    }


def test_every_state_is_of_a_sample_store():
    assert {state.store for state in STATES} == {store.name for store in sample_stores()}


def test_a_part_is_called_with_the_names_it_wants():
    state = part("_price.html", "reduced", "Reduced", "products/elio/", "{% set full = true %}")
    assert state.call == '{% set full = true %}{% include "_price.html" %}'
    assert state.alone
    assert not State("home.html", "hero", "With a hero", "").alone
