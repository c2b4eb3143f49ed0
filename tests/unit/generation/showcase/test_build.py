import re
import shutil
from pathlib import Path

import pytest

from shopwright.errors import SettingsError, StorageError, TemplateRefused, ThemeError
from shopwright.generation.manifest import read_manifest
from shopwright.generation.showcase.build import ShowcaseOrder, build_showcase
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.rules.every import RULES
from shopwright.storage.header_rules import parse_headers
from shopwright.template_engine.theme import builtin_themes, load_theme

BARE = Path(__file__).parents[3] / "themes/bare"
FRAME = re.compile(r'<iframe src="([^"?]+)')


def files(folder, below=""):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / below).rglob("*") if path.is_file()
    }


def test_every_template_of_every_built_in_theme_is_shown(shown):
    out, made = shown
    for theme in builtin_themes():
        chapter = next(chapter for chapter in made.chapters if chapter.name == theme)
        assert {entry.name for entry in chapter.entries} == load_theme(theme).templates.keys()
        assert [entry.name for entry in chapter.entries if not entry.shown] == []
        for entry in chapter.entries:
            page = (out / f"themes/{theme}/{entry.slug}/index.html").read_text("utf-8")
            assert len(FRAME.findall(page)) == entry.count


def test_nothing_of_the_built_in_themes_is_at_fault(shown):
    assert shown[1].faults == []


def test_every_frame_has_its_page_in_every_scheme_and_direction(shown):
    out, made = shown
    lost = [
        address
        for chapter in made.chapters
        for entry in chapter.entries
        for each in entry.shown
        for address in each.frames.values()
        if not (out / (page := address.partition("?")[0].lstrip("/") or "")).joinpath("index.html").is_file()
        and not (out / page).is_file()
    ]
    assert lost == []
    assert all("light-ltr" in each.frames and "dark-ltr" in each.frames for each in made.chapters[0].entries[0].shown)


def test_the_gate_finds_nothing_on_the_pages_of_the_reference(shown):
    found = {}
    for path in (shown[0] / "index.html", *(shown[0] / "themes").rglob("*.html")):
        seen = inspect(path.read_text("utf-8"), "/")
        found[path.name] = [finding for finding in seen.findings if RULES[finding.rule].severity == "error"]
    assert {name: what for name, what in found.items() if what} == {}


def test_links_between_the_pages_of_the_reference_lead_somewhere(shown):
    known = {f"/{name.removesuffix('index.html')}" for name in files(shown[0])}
    links = set()
    for path in (shown[0] / "index.html", *(shown[0] / "themes").rglob("*.html")):
        links |= inspect(path.read_text("utf-8"), "/").targets
    assert links - known - {""} == set()


def test_headers_let_only_the_showcase_frame_its_stores(shown):
    rules = parse_headers((shown[0] / "_headers").read_text("utf-8"))
    store = rules.apply("/sites/atelier/sample/light/", {"X-Frame-Options": "DENY"})
    assert store == {"X-Frame-Options": "SAMEORIGIN", "Content-Security-Policy": "frame-ancestors 'self'"}
    page = rules.apply("/themes/atelier/part-card/", {"X-Frame-Options": "DENY"})
    assert page["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert rules.apply("/", {})["Content-Security-Policy"] == page["Content-Security-Policy"]


@pytest.mark.proof
def test_the_whole_showcase_is_the_same_twice(shown, make):
    assert files(make()[0]) == files(shown[0])


@pytest.mark.proof
def test_a_theme_alone_is_shown_as_among_others(shown, make):
    out, _ = make("meridian")
    assert files(out, "sites/meridian").items() <= files(shown[0], "sites/meridian").items()
    assert files(out, "sites/meridian")


def test_a_theme_that_does_not_come_with_shopwright_is_shown(make):
    out, made = make(str(BARE), url="https://docs.example/showcase")
    (chapter,) = made.chapters
    assert (chapter.name, chapter.builtin) == ("bare", False)
    assert {entry.name for entry in chapter.entries} == load_theme(str(BARE)).templates.keys()
    assert read_manifest(out)["index.html"].address == "/showcase/"
    assert 'href="/showcase/themes/bare/"' in (out / "index.html").read_text("utf-8")
    assert chapter.homes["light-ltr"] == "/showcase/sites/bare/sample/light/"
    again, _ = make(str(BARE), url="https://docs.example/showcase")
    assert files(again) == files(out)


def theme(folder, **templates):
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text(f"name: {folder.name}\ntitle: Mine\nextends: atelier\n")
    for name, source in templates.items():
        (folder / f"templates/{name}.html").write_text(source)
    return str(folder)


def test_a_part_that_cannot_be_shown_alone_says_why_on_its_page(tmp_path, make):
    shutil.copytree(BARE, tmp_path / "mine")
    described = (BARE / "theme.yaml").read_text().replace("name: bare", "name: mine")
    (tmp_path / "mine/theme.yaml").write_text(described)
    for name, source in (("_mine", "{{ product.nothing }}"), ("_odd", "{{ odd }}")):
        (tmp_path / f"mine/templates/{name}.html").write_text(source)
    out, made = make(str(tmp_path / "mine"))
    page = (out / "themes/mine/part-mine/index.html").read_text("utf-8")
    assert "It cannot be shown alone: " in page
    assert [fault.split(":")[0] for fault in made.faults] == ["mine, _mine.html, With sample data"]
    odd = (out / "themes/mine/part-odd/index.html").read_text("utf-8")
    assert "It is shown only where another template shows it" in odd


def test_a_refused_template_makes_no_showcase(tmp_path, make):
    mine = theme(tmp_path / "mine", _badges="{{ ''.__class__ }}")
    with pytest.raises(TemplateRefused) as caught:
        make(mine)
    assert "_badges.html, line 1" in str(caught.value)


def test_two_themes_of_one_name_are_refused(tmp_path, make):
    with pytest.raises(SettingsError, match="two themes are called 'mine'"):
        make(theme(tmp_path / "one/mine"), theme(tmp_path / "two/mine"))


def test_there_is_no_such_theme(make):
    with pytest.raises(ThemeError, match="there is no theme 'nope'"):
        make("nope")


def test_a_folder_of_somebody_else_stays_as_it_is(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StorageError):
        build_showcase(ShowcaseOrder(tmp_path, tmp_path / "cache", 1), lambda _name: None)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
