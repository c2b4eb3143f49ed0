import re
from pathlib import Path

import pytest

from shopwright.generation.showcase.vocabulary import PURPOSES, VALUES, meaning
from shopwright.template_engine.anatomy import dissect
from shopwright.template_engine.theme import builtin_themes, load_theme

API = (Path(__file__).parents[4] / "docs/reference/theme-api.md").read_text("utf-8")


@pytest.mark.parametrize("theme", builtin_themes())
def test_every_value_that_a_built_in_template_takes_has_a_meaning(theme):
    anatomies = dissect(load_theme(theme).templates)
    paths = {path for anatomy in anatomies.values() for path in anatomy.values}
    assert {path for path in paths if not meaning(path)} == set()


@pytest.mark.parametrize("theme", builtin_themes())
def test_every_built_in_template_has_a_purpose(theme):
    assert load_theme(theme).templates.keys() - PURPOSES.keys() == set()


def test_every_value_stands_in_the_theme_api():
    given = {
        "entries",
        "stage_sizes",
        "full",
        "eager",
        "home",
        "collection",
        "product",
        "card",
        "price",
        "search",
        "content",
        "not_found",
    }
    names = {path.rpartition(".")[2] for path in VALUES if path not in given}
    assert {name for name in names if not re.search(rf"\b{name}\b", API)} == set()


def test_the_longest_known_beginning_of_a_path_gives_the_meaning():
    assert meaning("product.price") == "price of the chosen variant, or none"
    assert meaning("site.contact.email") == meaning("site.contact")
    assert meaning("mine.own") == ""
