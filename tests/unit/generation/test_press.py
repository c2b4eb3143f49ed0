"""From a job to the bytes of its pages."""

import shutil
from contextlib import ExitStack, closing

import orjson
import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.unit.generation.records import ASSETS, BARE, PICTURE, card, editions, plain, site

from shopwright.errors import ThemeError
from shopwright.generation.press import Press
from shopwright.template_engine import fragments
from shopwright.template_engine.theme import load_theme

CART = {"kind": "cart"}


@pytest.fixture
def press():
    """``press(site, folder)`` makes a press that is closed after the test."""
    with ExitStack() as stack:

        def make(shop=None, folder=BARE):
            return stack.enter_context(closing(Press(shop or site(), load_theme(str(folder)))))

        yield make


def theme(tmp_path, **templates):
    folder = shutil.copytree(BARE, tmp_path / "mine")
    for name, text in templates.items():
        (folder / f"templates/{name}.html").write_text(text)
    return folder


def home(*cards, **values):
    job = {"kind": "home", "collections": [], "featured": list(cards), "newest": [], "hero_collection": None}
    return {**job, "hero_picture": None, **values}


COLLECTION = {"handle": "all", "title": "All", "count": 1, "shown_picture": None}
JOBS = {
    "home": home(),
    "collections": {"kind": "collections", "collections": [COLLECTION]},
    "collection": {
        "kind": "collection", "collection": COLLECTION, "number": 1, "pages_total": 1, "facets": [], "products": [],
    },
    "product": {
        "kind": "product", "record": plain(), "handles": {"en": "luna", "de": "luna"}, "pictures": {}, "related": [],
        "members": [], "collection": None,
    },
    "search": {"kind": "search"},
    "cart": CART,
    "content": {"kind": "content", "name": "about", "body": {"*": "<p>Hi</p>"}},
    "not_found": {"kind": "not_found", "collections": []},
}  # fmt: skip


@pytest.mark.parametrize("kind", JOBS)
def test_every_kind_of_page_is_rendered(kind, press):
    html = press().render(JOBS[kind], "de").decode()
    tree = LexborHTMLParser(html)
    assert html.startswith("<!doctype html>")
    assert tree.css_first("html").attributes == {"lang": "de", "dir": "ltr"}
    assert len(tree.css("h1")) == 1
    assert orjson.loads(tree.css_first("#site-data").text())["locale"] == "de"


@pytest.mark.parametrize("kind", ["listing", "search_index"])
def test_data_files_are_json(kind, press):
    data = press().render({"kind": kind, "products": [card(plain())], "next": None}, "de")
    assert orjson.loads(data)["products"][0]["url"] == "/de/products/luna/"


def test_the_same_job_is_the_same_bytes_in_another_press_and_after_other_jobs(press):
    first, second = press(), press()
    for kind in ("home", "product", "cart"):
        second.render(JOBS[kind], "de")
    assert all(first.render(job, "en") == second.render(job, "en") for job in JOBS.values())


@pytest.fixture
def head(press):
    """The head of a job's page, of a site with these settings."""
    return lambda job, locale="en", **settings: (
        LexborHTMLParser(press(site(**settings)).render(job, locale).decode()).head
    )


def test_the_head_of_a_page_that_is_found(head):
    found = head(JOBS["product"], "de")
    assert found.css_first('link[rel="canonical"]').attributes["href"] == "https://shop.example/de/products/luna/"
    assert [(link.attributes["hreflang"], link.attributes["href"]) for link in found.css("link[hreflang]")] == [
        ("en", "https://shop.example/products/luna/"),
        ("de", "https://shop.example/de/products/luna/"),
        ("x-default", "https://shop.example/products/luna/"),
    ]
    assert found.css_first('meta[name="robots"]').attributes["content"] == "max-image-preview:large"


def test_the_head_of_a_page_that_is_not_for_search_engines(head):
    found = head(CART)
    assert found.css_first('meta[name="robots"]').attributes["content"] == "noindex, follow"
    assert found.css('link[rel="canonical"], link[hreflang], script[type="application/ld+json"]') == []


def test_a_page_without_a_picture_shares_the_stores_or_its_icon(head):
    share = {**PICTURE, "alt": ""}
    own = {"pictures": {"a": {"remote": "https://cdn.example/a.jpg"}}, "record": plain(pictures=[{"source": "a"}])}
    shared = [
        head(job, share=share).css_first('meta[property="og:image"]').attributes["content"]
        for job in (JOBS["product"], {**JOBS["product"], **own})
    ]
    assert shared == ["https://shop.example/assets/pictures/cc-640.jpg", "https://cdn.example/a.jpg"]
    assert head(CART, share=share).css_first('meta[property="og:image:alt"]').attributes["content"] == "Small Shop"
    icon = head(CART).css_first('meta[property="og:image"]').attributes["content"]
    assert icon == "https://shop.example/assets/icon-touch.1.png"


def test_what_a_page_loads(head):
    assets = {**ASSETS, "cart.js": "cart.4.js", "sans.woff2": "sans.5.woff2"}
    found = head(CART, assets=assets, preload=("sans.woff2",), url="https://shop.example/sub")
    loaded = [node.attributes.get("href") or node.attributes.get("src") for node in found.css("link, script[src]")]
    loaded.remove("/sub/manifest.webmanifest")
    assert [address.rpartition("/")[2].partition(".")[0] for address in loaded] == [
        *("icon", "icon-touch", "sans", "site", "site", "cart")
    ]
    assert all(address.startswith("/sub/assets/") for address in loaded)
    assert found.css_first('meta[http-equiv="Content-Security-Policy"]')


def test_cards_are_rendered_once_and_forgotten_when_there_are_many(tmp_path, monkeypatch, press):
    monkeypatch.setattr(fragments, "CARDS_KEPT", 2)
    made = press(folder=theme(tmp_path, _card="[{{ card.title }}{{ '!' if eager }}]"))
    among = editions()
    cards = [card(plain(name), among) for name in ("a", "b", "c")]
    for _ in range(2):
        assert "[A][B][C]" in made.render(home(*cards), "en").decode()


def test_an_eager_card_is_another_than_a_lazy_one(tmp_path, press):
    loop = "<!doctype html>{% for c in home.featured %}{{ card(c, loop.first) }}{% endfor %}"
    made = press(folder=theme(tmp_path, _card="[{{ card.title }}{{ '!' if eager }}]", home=loop))
    luna = card(plain())
    assert "[Luna!][Luna]" in made.render(home(luna, luna), "en").decode()


def test_the_functions_of_the_theme_api(tmp_path, press):
    text = (
        '<!doctype html><html><p>{{ t("cart.add") }}|{{ date("2026-05-01") }}|{{ number(1234.5, 1) }}|'
        '{{ number(1234) }}|{{ site.logo.alt }}|{{ swatch({"hex": "#112233"}) }}{{ stars(4) }}'
        '{{ data("x", [1]) }}</p></html>'
    )
    html = press(site(logo=PICTURE), theme(tmp_path, cart=text)).render(CART, "de").decode()
    assert "<p>In den Warenkorb|1. Mai 2026|1.234,5|1.234|Small Shop|<svg" in html
    assert '<script type="application/json" id="x">[1]</script>' in html


def test_a_template_that_fails_names_its_line(tmp_path, press):
    made = press(folder=theme(tmp_path, cart="<p>\n{{ page.nothing }}"))
    with pytest.raises(ThemeError, match=r"^cart\.html, line 2: "):
        made.render(CART, "en")


def test_a_theme_without_a_template_says_which(tmp_path, press):
    folder = theme(tmp_path)
    (folder / "templates/cart.html").unlink()
    with pytest.raises(ThemeError, match=r"^cart\.html: the template cannot be loaded"):
        press(folder=folder).render(CART, "en")
