"""The line with a theme that nobody vouches for: the same pages, rendered confined; refusals and limits end cleanly."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from tests.stores.small import Build, product, tree, write_source

from shopwright.errors import RenderLimitHit, TemplateRefused, ThemeError
from shopwright.generation.crew import ALONE, BATCH_JOBS

ATELIER = Path(str(files("shopwright.template_engine"))) / "themes/atelier"

REVIEWS = [{"author": "A <b>", "rating": 4, "body": "Fine & light", "date": "2026-05-01"}]


def small_theme(folder, **templates):
    """A theme of its own that extends atelier."""
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\n")
    for name, text in templates.items():
        (folder / f"templates/{name}.html").write_text(text)
    return str(folder)


@pytest.fixture
def source(tmp_path):
    described = {"description": "<p>Light & <em>strong</em></p>", "reviews": REVIEWS, "frame": {"lens_width_mm": 50}}
    return write_source(tmp_path / "src", [product("luna", **described), product("sol", brand='"><i>')])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_theme_renders_the_same_bytes_trusted_and_confined(tmp_path, build: Build, workers):
    many = [product(f"frame-{number}", reviews=REVIEWS) for number in range(ALONE + 2 * BATCH_JOBS)]
    source = write_source(tmp_path / "src", many if workers > 1 else many[:3])
    copy = shutil.copytree(ATELIER, tmp_path / "themes/atelier")
    trusted = build(source, tmp_path / "trusted", theme="atelier", workers=workers)
    confined = build(source, tmp_path / "confined", theme=str(copy), workers=workers)
    assert trusted.theme["confined"] is None
    assert set(confined.theme["confined"]) == {"memory", "system_calls"}
    assert trusted.theme["digest"] == confined.theme["digest"]
    one, other = tree(tmp_path / "trusted"), tree(tmp_path / "confined")
    assert [name for name in one if one[name] != other[name] and not name.startswith(".")] == []
    assert set(one) == set(other)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("<p>\n{{ ''.__class__ }}</p>", r"_price\.html, line 2"),
        ("<p>{{ price.text.upper() }}</p>", r"_price\.html, line 1"),
        ("<a href={{ site.home }}>x</a>", r"_price\.html, line 1"),
    ],
    ids=["attribute", "method", "unquoted"],
)
def test_a_template_that_is_refused_leaves_the_old_site_as_it_was(tmp_path, build: Build, source, text, where):
    build(source, tmp_path / "site", theme="atelier")
    before, records = tree(tmp_path / "site"), []
    with pytest.raises(TemplateRefused, match=where):
        build(source, tmp_path / "site", theme=small_theme(tmp_path / "mine", _price=text), record=records.append)
    assert tree(tmp_path / "site") == before
    assert [(record.action, record.outcome) for record in records] == [("template.refuse", "failure")]


RUNAWAY = (
    "{% for a in range(300) %}{% for b in range(300) %}{% for c in range(300) %}x{% endfor %}{% endfor %}{% endfor %}"
)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_template_that_runs_away_leaves_the_old_site_as_it_was(tmp_path, build: Build, source, workers):
    build(source, tmp_path / "site", theme="atelier")
    before, records = tree(tmp_path / "site"), []
    theme = small_theme(tmp_path / "mine", _reviews=f"<p>\n{RUNAWAY}</p>")
    with pytest.raises(RenderLimitHit, match=r"_reviews\.html, line 2"):
        build(source, tmp_path / "site", theme=theme, workers=workers, record=records.append)
    assert tree(tmp_path / "site") == before
    assert [record.action for record in records if record.outcome == "failure"] == ["template.limit"]


def test_a_template_that_fails_names_template_and_line(tmp_path, build: Build, source):
    theme = small_theme(tmp_path / "mine", _price="<p>\n{{ price.nothing }}</p>")
    with pytest.raises(ThemeError, match=r"_price\.html, line 2: "):
        build(source, tmp_path / "site", theme=theme)
    assert not (tmp_path / "site").exists()


def test_every_step_of_a_build_is_recorded(tmp_path, build: Build, source):
    records = []
    theme = small_theme(tmp_path / "mine", _price='<p class="price">{{ price.text }}</p>')
    built = build(source, tmp_path / "site", theme=theme, record=records.append)
    assert [record.action for record in records] == ["template.check", "template.render", "template.activate"]
    checked, rendered, activated = records
    assert checked.fields["template.count"] == 1
    assert rendered.fields["render.pages"] == built.pages
    assert rendered.fields["render.fuel"] > 0
    assert {record.fields["file.hash.sha256"] for record in records} == {built.theme["digest"]}
    assert activated.outcome == "success"


def test_a_built_in_theme_is_recorded_too_and_a_build_that_prints_nothing_renders_nothing(
    tmp_path, build: Build, source
):
    actions = []
    for _ in range(2):
        records = []
        build(source, tmp_path / "site", theme="atelier", record=records.append)
        actions.append([record.action for record in records])
    assert actions == [["template.render", "template.activate"], ["template.activate"]]


def test_a_theme_uses_what_the_api_offers(tmp_path, build: Build, source):
    text = (
        '{% extends "layout.html" %}{% block main %}<h1>{{ page.title }}</h1>'
        '<p id="money">{{ money(12900) }} {{ money(500, "JPY") }}</p>'
        '<a id="bad" href="{{ url("javascript:alert(1)") }}">x</a><a id="good" href="{{ url("/cart/") }}">y</a>'
        '<img src="{{ asset("img/dots.svg") }}" alt="" width="8" height="8">'
        '{{ fragment("_note.html") }}{% do collect("n", 1) %}{% do collect("n", 2) %}<b>{{ collected("n")|length }}</b>'
        '{{ json_ld({"@type": "Thing", "name": "</script>"}) }}{% endblock %}'
    )
    folder = Path(small_theme(tmp_path / "mine", home=text, _note="<i>{{ site.name }}</i>"))
    (folder / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\napi: 1\nfiles: [img/dots.svg]\n")
    (folder / "img").mkdir()
    (folder / "img/dots.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    build(source, tmp_path / "site", theme=str(folder))
    html = (tmp_path / "site/index.html").read_text()
    assert '<p id="money">€129.00 ¥500</p>' in html
    assert '<a id="bad" href="#">x</a><a id="good" href="/cart/">y</a>' in html
    assert '<img src="/assets/dots.' in html
    assert "<i>Small Shop</i><b>2</b>" in html
    assert '{"@context":"https://schema.org","@type":"Thing","name":"\\u003c/script\\u003e"}' in html
