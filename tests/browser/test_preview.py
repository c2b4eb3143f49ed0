"""The live preview in a browser: an open page follows the theme."""

import threading
import time

import pytest
from playwright.sync_api import expect

from shopwright.generation.preview.preview import Preview, PreviewOrder, serve_preview
from shopwright.settings import current_settings

HERO = '<section aria-labelledby="hero-title"><h1 id="hero-title">{{ page.title }}, {}</h1></section>\n'
PATIENCE_MS = 30_000


class Enough(Exception):
    pass


@pytest.fixture
def theme(tmp_path):
    folder = tmp_path / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "css").mkdir()
    (folder / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\nstyles: [css/mine.css]\n")
    (folder / "css/mine.css").write_text("h1 { color: rgb(1, 2, 3); }\n")
    return folder


@pytest.fixture
def hero(theme):
    """Writes the theme's one template."""

    def write(source):
        (theme / "templates/_hero.html").write_text(source)

    write(HERO.replace("{}", "first"))
    return write


@pytest.fixture
def preview(theme, hero, tmp_path):
    """The address of a preview that follows the theme."""
    settings = current_settings()
    order = PreviewOrder(theme, tmp_path / "work", settings.cache, settings.workers, port=0)
    (tmp_path / "work").mkdir()
    over = threading.Event()

    def pause(seconds):
        time.sleep(seconds)
        if over.is_set():
            raise Enough

    def follow():
        with pytest.raises(Enough):
            shown.follow(pause)

    shown = Preview(order, lambda _: None)
    thread = threading.Thread(target=follow)
    with serve_preview(shown) as address:
        thread.start()
        while not (tmp_path / "work/site/index.html").is_file():
            time.sleep(0.05)
        yield address.rstrip("/")
        over.set()
        thread.join()


@pytest.fixture
def page(enter, preview):
    page = enter(preview)
    page.set_default_timeout(PATIENCE_MS)
    return page


def heading(page):
    return expect(page.locator("h1"))


def test_the_page_follows_its_template_and_its_style(page, theme, hero):
    page.goto("/")
    heading(page).to_have_text("Every state, once., first", timeout=PATIENCE_MS)
    heading(page).to_have_css("color", "rgb(1, 2, 3)")
    hero(HERO.replace("{}", "second"))
    heading(page).to_have_text("Every state, once., second", timeout=PATIENCE_MS)
    (theme / "css/mine.css").write_text("h1 { color: rgb(4, 5, 6); }\n")
    heading(page).to_have_css("color", "rgb(4, 5, 6)", timeout=PATIENCE_MS)


def test_an_error_is_told_in_the_page_and_the_page_comes_back(page, hero):
    page.goto("/products/arlo/")
    heading(page).to_have_text("Arlo, in stock", timeout=PATIENCE_MS)
    hero("<p>fine</p>\n{{ page.nothing }}\n<p>fine</p>\n")
    heading(page).to_have_text("The theme cannot be shown", timeout=PATIENCE_MS)
    expect(page.locator(".where")).to_have_text("_hero.html, line 2")
    expect(page.locator(".marked")).to_have_text("2{{ page.nothing }}")
    assert page.locator("pre span").count() == 3
    hero("{{ ''.__class__ }}")
    expect(page.locator(".what")).to_contain_text("refused", timeout=PATIENCE_MS)
    expect(page.locator(".marked")).to_contain_text("{{ ''.__class__ }}")
    hero(HERO.replace("{}", "mended"))
    heading(page).to_have_text("Arlo, in stock", timeout=PATIENCE_MS)
    assert page.url.endswith("/products/arlo/")
    page.goto("/")
    heading(page).to_have_text("Every state, once., mended")


def test_every_page_of_the_store_keeps_its_policy(page):
    """The watch over the page sees whatever a Content-Security-Policy refuses: nothing."""
    for address in ("/", "/collections/all/", "/search/?q=arlo", "/cart/", "/about/", "/ar/", "/products/hart/"):
        page.goto(address)
        policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
        assert "unsafe" not in policy
        assert page.locator('script[src="/preview-live/live.js"]').count() == 1
