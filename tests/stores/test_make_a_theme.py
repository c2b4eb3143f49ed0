"""The theme of docs/how-to/make-a-theme.md, made from its own words."""

import re

import pytest
from click.testing import CliRunner
from tests.stores.small import NOW

from shopwright.asset_pipeline.tenant_cache import LOCAL_TENANT, TenantCache
from shopwright.cli.theme_new import new
from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.showcase.stores import sample_store, write_store_folder
from shopwright.generation.theme_check.check import check_theme
from shopwright.generation.theme_check.finding import excerpt
from shopwright.generation.theme_check.sample import Means
from shopwright.template_engine.theme import load_theme


@pytest.fixture
def fences(checkout):
    """What the page shows, by language."""
    found = re.findall(r"```(\w+)\n(.*?)```", (checkout / "docs/how-to/make-a-theme.md").read_text(), re.DOTALL)
    return {language: [text for kind, text in found if kind == language] for language, _ in found}


@pytest.fixture
def theme(tmp_path, fences):
    """The reader's theme after the last step."""
    folder = tmp_path / "mytheme"
    assert CliRunner().invoke(new, ["mytheme", "--dir", str(folder)]).exit_code == 0
    crumbs, claim, ending, picture = fences["jinja"]
    styles, _, files = fences["yaml"]
    said = (folder / "theme.yaml").read_text().partition("styles:")[0]
    (folder / "theme.yaml").write_text(said + styles + files)
    (folder / "css/trail.css").write_text(fences["css"][0])
    (folder / "templates/_breadcrumbs.html").write_text(crumbs)
    (folder / "templates/_claim.html").write_text(claim + picture)
    layout = load_theme("atelier").templates["layout.html"]
    footer = ending.splitlines()[1]
    assert layout.count(footer) == 1
    (folder / "templates/layout.html").write_text(layout.replace(footer, ending))
    (folder / "pictures").mkdir()
    (folder / "pictures/leaf.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    return folder


def test_the_reader_s_theme_has_no_fault_and_builds_a_store(theme, tmp_path, cache):
    means = Means(TenantCache.of(cache, LOCAL_TENANT), 1)
    assert check_theme(theme, means).findings == ()
    source, out = write_store_folder(tmp_path / "store", sample_store()), tmp_path / "site"
    order = Order(source=source, out=out, date=NOW, cache=cache, workers=1, theme=f"{theme}/", pictures="skip")
    build_store(order, lambda _stage, _done: None)
    home = (out / "index.html").read_text()
    assert '<section class="welcome"' in home
    assert '<p class="claim">Frames that show what a theme does</p>' in home
    assert re.search(r'<img src="/assets/[\w./-]*leaf[\w.-]*\.svg" alt="" width="48" height="48">', home)
    product = (out / "products/arlo/index.html").read_text()
    assert '<a href="/">Home</a>' in product.partition('<nav class="trail" aria-label="Breadcrumbs">')[2]
    assert ".trail" in next((out / "assets").glob("site.*.css")).read_text()


def test_what_the_page_says_a_check_says(theme, tmp_path, cache, checkout):
    crumbs = theme / "templates/_breadcrumbs.html"
    crumbs.write_text(crumbs.read_text().replace("nav.breadcrumbs", "nav.breadcrums"))
    (finding,) = check_theme(theme, Means(TenantCache.of(cache, LOCAL_TENANT), 1)).findings
    line, column = excerpt(finding, crumbs.read_text())
    page = (checkout / "docs/how-to/make-a-theme.md").read_text()
    told = f"{finding.file}, line {finding.line}: error: {finding.what} {finding.instead} [{finding.rule}]"
    assert f"{told}\n    {line}\n    {' ' * column}^\nmytheme: 1 error.\n" in page


def test_each_thing_the_page_says_is_refused_is(theme, tmp_path, cache, checkout):
    page = (checkout / "docs/how-to/make-a-theme.md").read_text()
    table = page.partition("| instead of |")[2].partition("\n\n")[0].splitlines()[2:]
    wrong = [text.replace("\\|", "|") for row in table for text in re.findall(r"`([^`]+)`", row.split(" | ")[0])]
    assert len(wrong) == 8
    template = theme / "templates/_claim.html"
    names = (
        "{% set link = site.home %}{% set title = site.name %}{% set text = site.name %}{% set name = site.name %}\n"
    )
    for text in wrong:
        template.write_text(names + text)
        found = check_theme(theme, Means(TenantCache.of(cache, LOCAL_TENANT), 1)).findings
        assert {(one.file, one.line) for one in found if one.refused} == {("templates/_claim.html", 2)}, text
