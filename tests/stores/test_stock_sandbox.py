"""The short ways of our sandbox change nothing, nor does metering: a template gives what Jinja's own sandbox gives."""

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tests.stores.small import Build, product, tree, write_source

from shopwright.generation import rendering
from shopwright.template_engine.engine import environment_of
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.theme import builtin_themes, load_theme

FRAME = {"lens_width_mm": 50, "bridge_mm": 20, "temple_mm": 145, "shape": "Round", "material": "Acetate"}
REVIEWS = [
    {"author": "A <b>", "rating": 4, "title": "T", "body": "Fine & light", "date": "2026-05-01", "sample": True},
    {"author": "B", "rating": 5, "locale": "de"},
]
SALE = {"price": {"amount": 9_900, "currency": "EUR"}, "ends": "2026-12-01T00:00:00Z"}
TEXTS = {"en": "Words & <more>"}
SETTINGS = {
    "hero": {"title": {**TEXTS}, "text": {**TEXTS}, "picture": {"source": "pictures/frame.svg", "alt": "A frame"}},
    "brand": {"logo": {"source": "pictures/frame.svg"}},
    "contact": {
        "email": "hello@shop.example",
        "phone": "+49 30 1",
        "address": {"street": "A 1", "postal_code": "1", "city": "B", "country": "DE"},
    },
    "social": ["https://social.example/shop"],
}


UNUSED = {"meridian": {"_search_form.html"}}
"""Templates of its parent that a theme has no place for."""


class Stock(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox; told of the theme API's functions, it does nothing with it."""

    def allow_directly(self, functions):
        """Every call takes the sandbox's way."""


def products():
    """More than a page of a collection holds, among them one of every kind; two makers, to filter by."""
    yield product(
        "full", description="<p>A &amp; <em>b</em></p>", summary="S", brand="B & B", frame=FRAME, reviews=REVIEWS
    )
    on_sale, ended = product("sale"), product("ended")
    on_sale["variants"][0] |= {"sale": SALE}
    ended["variants"][0]["availability"] = "out_of_stock"
    del (unpriced := product("unpriced"))["variants"][0]["price"]
    yield from (on_sale, ended, unpriced)
    yield product("bare", pictures=[], options=[], variants=[{"id": "default"}])
    yield product("away", kind="external", external_url="https://away.example/?a=1&b=2")
    yield product("group", kind="grouped", members=["full", "sale"], variants=[], options=[])
    yield from (product(f"more-{number}", brand=f"Maker {number % 2}") for number in range(24))


@pytest.mark.parametrize("checkout", [None, {"url": "https://pay.example/?a=1&b=2", "method": "post"}])
@pytest.mark.parametrize("name", builtin_themes())
def test_every_built_in_template_gives_what_jinjas_own_sandbox_gives(
    tmp_path, build: Build, monkeypatch, name, checkout
):
    source = write_source(tmp_path / "src", list(products()), **SETTINGS, checkout=checkout)
    build(source, tmp_path / "ours", theme=name)
    made = []

    def stock(templates):
        made.append(environment_of(Stock, templates))
        return made[-1]

    monkeypatch.setattr(rendering, "make_environment", stock)
    build(source, tmp_path / "stock", theme=name)
    assert tree(tmp_path / "ours") == tree(tmp_path / "stock")
    monkeypatch.setattr(rendering, "make_environment", make_metered_environment)
    build(source, tmp_path / "metered", theme=name)
    assert tree(tmp_path / "ours") == tree(tmp_path / "metered")
    (environment,) = made
    assert set(load_theme(name).templates) - {template for _, template in environment.cache} == UNUSED.get(name, set())
