"""A page nested without end, from a theme that passes every check of its templates: the build ends, and says why."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.stores.small import product, write_source

from shopwright.errors import AuditFailed
from shopwright.generation.pipeline import Order, build_store
from shopwright.seo.gate.page import inspect

NESTED = """{% extends "layout.html" %}
{% block main %}<h1>{{ page.title }}</h1>{% for step in range(1500) %}DIVS{% endfor %}{% endblock %}
""".replace("DIVS", "<div>" * 100)


def test_the_depth_is_a_finding_and_the_old_site_stays(tmp_path):
    theme = tmp_path / "deep"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: deep\ntitle: Deep\nextends: atelier")
    (theme / "templates/cart.html").write_text(NESTED)
    source = write_source(tmp_path / "store", [product("one")], locales=["en"])
    order = Order(source, tmp_path / "site", dt.datetime(2026, 11, 23, tzinfo=dt.UTC), tmp_path / "cache", 1)
    build_store(order, lambda *_: None)
    before = (tmp_path / "site/cart/index.html").read_bytes()
    with pytest.raises(AuditFailed, match=r"/cart/, line [0-9]+ .<div> stands inside 256 others"):
        build_store(replace(order, theme=str(theme)), lambda *_: None)
    assert (tmp_path / "site/cart/index.html").read_bytes() == before


def test_a_label_is_looked_for_a_bounded_way_up():
    html = "<title>x</title><main>" + "<div>" * 200 + "".join(f"<input name=n{number}>" for number in range(150))
    assert sum(found.rule == "no-label" for found in inspect(html, "/").findings) == 150
