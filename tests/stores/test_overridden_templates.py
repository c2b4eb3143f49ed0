"""A theme may put its own template in the place of any template of a built-in theme."""

import re

import pytest
from tests.stores.small import NOW

from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.showcase.stores import sample_stores, write_store_folder
from shopwright.template_engine.theme import builtin_themes, load_theme

SAMPLE, PLAIN, _ = sample_stores()
TEMPLATES = sorted(load_theme("atelier").templates)


def variant(name, source):
    """The template, and a mark in every page that shows it: before ``<main>``, in the block it fills, or in front."""
    mark = f'<span class="mine" data-of="{name}"></span>'
    for place, marked in (("<main", f"{mark}<main"), ("{% block main %}", "{% block main %}" + mark)):
        if place in source:
            return source.replace(place, marked, 1)
    return mark + source


@pytest.fixture
def mine(tmp_path):
    """A theme that extends a built-in one and has variants of these of its templates."""

    def make(parent, names):
        folder = tmp_path / "mine"
        (folder / "templates").mkdir(parents=True)
        (folder / "theme.yaml").write_text(f"name: mine\ntitle: Mine\nextends: {parent}\n")
        for name in names:
            (folder / "templates" / name).write_text(variant(name, load_theme(parent).templates[name]))
        return folder

    return make


@pytest.fixture
def marks(tmp_path, cache):
    """Build a sample store with a theme; which templates left their mark."""

    def build(theme, sample):
        source, out = write_store_folder(tmp_path / "source", sample), tmp_path / "site"
        order = Order(source=source, out=out, date=NOW, cache=cache, workers=1, theme=str(theme), pictures="skip")
        built = build_store(order, lambda _stage, _done: None)
        assert built.pages > 0
        pages = "".join(path.read_text() for path in out.rglob("*.html"))
        return set(re.findall(r'<span class="?mine"? data-of="?([\w./]+)', pages))

    return build


@pytest.mark.parametrize("parent", builtin_themes())
def test_all_at_once(mine, marks, parent):
    """Every template shows somewhere, but for those of the parent's parent that the parent does without."""
    names = load_theme(parent).templates
    unused = {"_search_form.html"} if parent == "meridian" else set()
    assert marks(mine(parent, names), SAMPLE) == names.keys() - unused


ALONE = ("_card.html", "product.html")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in ALONE else pytest.mark.proof) for name in TEMPLATES]
)
def test_one_by_one(mine, marks, name):
    assert marks(mine("atelier", [name]), PLAIN) == {name}
