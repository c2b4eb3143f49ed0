from contextlib import closing

import pytest

from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.generation.publishing import theme_files
from shopwright.generation.showcase.build import TENANT
from shopwright.generation.showcase.stage import Stage, stock
from shopwright.generation.showcase.states import State, part
from shopwright.generation.showcase.stores import sample_stores
from shopwright.settings import current_settings
from shopwright.template_engine.theme import load_theme

HEADER = part("_header.html", "plain", "Plain", store="plain")
FORM = part("_search_form.html", "open", "Open", store="plain", opened=True)
STILL = State("cart.html", "no-script", "Without JavaScript", "cart/", "plain", script=False)
SEARCH = State("search.html", "found", "Found", "search/", "plain", query="?q=x")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    settings = current_settings()
    (plain,) = (store for store in sample_stores() if store.name == "plain")
    folder = tmp_path_factory.mktemp("stock")
    stocked = stock(plain, folder / "plain", TenantCache.of(settings.cache, TENANT), settings.workers)
    with closing(stocked.spool):
        yield stocked


@pytest.fixture(scope="module", params=["light", "dark"])
def stage(request, stocked):
    theme = load_theme("atelier")
    made = theme_files(theme, stocked.store, TenantCache.of(current_settings().cache, TENANT).folder)
    shown = [HEADER, FORM, SEARCH, STILL, part("_footer.html", "full", "Full")]
    with closing(Stage(stocked, theme, made, request.param, f"http://x/base/{request.param}", shown)) as stage:
        yield stage


def test_every_page_of_the_store_is_there_in_one_scheme(stage):
    pages = {sheet.address: sheet.data.decode() for sheet in stage.pages()}
    assert {
        f"/base/{stage.scheme}/",
        f"/base/{stage.scheme}/products/iris/",
        f"/base/{stage.scheme}/404.html",
    } <= pages.keys()
    metas = {
        f'<meta name="color-scheme" content="{stage.scheme}">' in page for page in pages.values() if page[0] == "<"
    }
    assert metas == {True}


def test_its_styles_ask_for_no_scheme_and_have_a_name_of_their_own(stage):
    ((name, styles),) = [file for file in stage.files if file[0].endswith(".css")]
    assert b"prefers-color-scheme" not in styles
    assert f"color-scheme:{stage.scheme}".encode() in styles
    home = next(stage.pages()).data.decode()
    assert f'href="/base/{stage.scheme}/assets/{name}"' in home


def test_a_part_stands_alone_with_the_themes_styles(stage):
    sheet = stage.apart(HEADER, "en")
    html = sheet.data.decode()
    assert sheet.address == f"/base/{stage.scheme}/showcase/header-plain/"
    assert '<div class="showcase-alone">\n<header class="header">' in html
    assert "<footer" not in html
    assert "site." in html.partition('rel="stylesheet" href="')[2][:60]


def test_a_part_alone_takes_no_focus(stage):
    assert "autofocus" not in stage.apart(FORM, "en").data.decode()


def test_a_page_without_scripts_keeps_their_data(stage):
    sheet = stage.apart(STILL, "en")
    assert sheet.address == f"/base/{stage.scheme}/showcase/cart-no-script/"
    html = sheet.data.decode()
    assert "src=" not in html.partition("<script")[2].partition("<body")[0]
    assert 'id="site-data"' in html
    assert "<noscript>" in html


def test_where_a_state_is_shown(stage):
    assert stage.address(SEARCH, "en") == f"/base/{stage.scheme}/search/?q=x"
    assert stage.locales() == ("en",)


def test_what_a_template_was_given(stage):
    values = stage.values(HEADER)
    assert (values["site"]["name"], values["page"]["kind"]) == ("Plain Sample", "home")


def test_the_cart_can_be_filled(stage):
    (line,) = stage.cart_lines()
    assert (line["handle"], line["amount"], line["quantity"]) == ("iris", 12900, 2)
    assert line["url"] == f"/base/{stage.scheme}/products/iris/"


def test_the_web_app_has_its_files_and_no_worker_that_keeps_pages(stage):
    files = dict(stage.app)
    assert b'"Plain Sample"' in files["manifest.webmanifest"]
    assert b"unregister" in files["sw.js"]
