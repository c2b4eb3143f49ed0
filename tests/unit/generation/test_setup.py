"""What a build settles before its first page."""

import tempfile
from pathlib import Path

import orjson
import pytest
from tests.unit.generation.records import BARE, NOW, PICTURE, plain, site

import shopwright.generation.setup as module
from shopwright.asset_pipeline.icons import ICONS
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.store import Store
from shopwright.errors import SettingsError
from shopwright.generation.publishing import theme_files
from shopwright.generation.setup import LOCAL_URL, NAVIGATION_LENGTH, code_digest, draw_site, editions_of
from shopwright.generation.spool import EVERYTHING, Spool
from shopwright.template_engine.theme import load_theme

CACHE = tempfile.TemporaryDirectory()
"""Where drawn icons are remembered, for all tests of this file."""


@pytest.fixture
def spool(tmp_path):
    spool = Spool(tmp_path)
    yield spool
    spool.close()


def drawn(spool, site_url=None, **settings):
    store = Store.model_validate_json(orjson.dumps({"name": "Shop", "locales": ["en", "de"], **settings}))
    theme = load_theme(str(BARE))
    made = theme_files(theme, store, Path(CACHE.name))
    return draw_site(store, spool, made, theme=theme, theme_name=str(BARE), url=site_url, date=NOW), made.files


def fill(spool, *handles, **words):
    for handle in handles:
        record = {"handle": handle, "title": handle.title(), "description": "<p>Long</p>", **words}
        spool.add_collection(Collection.model_validate_json(orjson.dumps(record)))
        spool.add_product(Product.model_validate_json(orjson.dumps(plain(f"in-{handle}", collections=[handle]))))


def test_files_are_named_by_their_content_and_found_by_their_name(spool):
    shop, files = drawn(spool)
    assert dict(files).keys() == set(shop.assets.values())
    assert set(shop.assets) == {"site.css", "site.js", "icon.svg", *(name for name, _, _ in ICONS)}
    assert (shop.theme, shop.instant, shop.preload) == (str(BARE), "2026-11-23T00:00:00+00:00", ())
    assert drawn(spool) == (shop, files)


@pytest.mark.parametrize(
    ("option", "stored", "url"),
    [
        (None, None, LOCAL_URL),
        (None, "https://shop.example/", "https://shop.example"),
        ("https://other.example/sub/", "https://shop.example", "https://other.example/sub"),
    ],
)
def test_the_address_is_the_options_else_the_stores(spool, option, stored, url):
    assert drawn(spool, option, **({"url": stored} if stored else {}))[0].url == url


@pytest.mark.parametrize(
    "url", ["shop.example", "ftp://shop.example", "https://me@shop.example", "https://a b.example"]
)
def test_an_address_that_is_none_says_what_one_is(spool, url):
    with pytest.raises(SettingsError, match=r"^--site-url: .* Give an address such as https://shop\.example\.$"):
        drawn(spool, url)


def test_pages_may_load_pictures_from_where_they_are_linked_and_from_nowhere_else(spool):
    sources = [
        "https://b.example/1.jpg",
        "//a.example:8443/1.jpg",
        "https://b.example/2.jpg",
        "https://gone.example/1.jpg",
        "own.jpg",
    ]
    spool.ask_pictures((source, "x") for source in sources)
    for source in sources[:3]:
        spool.set_prepared(source, orjson.dumps({"remote": source if source[0] == "h" else f"https:{source}"}))
    spool.set_prepared("own.jpg", orjson.dumps(PICTURE))
    assert drawn(spool)[0].remote_pictures == ("https://a.example:8443", "https://b.example")


def test_the_logo_is_there_when_it_could_be_prepared(spool):
    spool.ask_pictures([("logo.svg", "Shop")])
    logo = {"brand": {"logo": {"source": "logo.svg"}}}
    assert drawn(spool, **logo)[0].logo is None
    spool.set_prepared("logo.svg", orjson.dumps(PICTURE))
    assert drawn(spool, **logo)[0].logo == {**PICTURE, "alt": ""}
    assert drawn(spool, **logo)[0].share == {**PICTURE, "alt": ""}


def test_a_store_without_pictures_of_its_own_is_shared_with_its_first_products(spool):
    assert drawn(spool)[0].share is None
    spool.ask_pictures([("b.jpg", "Luna"), ("a.jpg", "Luna")])
    for source in ("a.jpg", "b.jpg"):
        spool.set_prepared(source, orjson.dumps(PICTURE))
    spool.share_picture("a.jpg")
    assert drawn(spool)[0].share == {**PICTURE, "alt": ""}


def navigation(spool, **settings):
    return [record["handle"] for record in drawn(spool, **settings)[0].navigation]


def test_navigation_is_what_the_store_chooses_else_the_first_collections(spool):
    assert navigation(spool) == [EVERYTHING]
    names = [f"c{number}" for number in range(NAVIGATION_LENGTH + 1)]
    fill(spool, *names)
    assert navigation(spool) == names[:NAVIGATION_LENGTH]
    assert navigation(spool, navigation=["c6", "gone", "all"]) == ["c6", "all"]


def test_navigation_carries_titles_and_addresses_only(spool):
    fill(spool, "round", translations={"de": {"title": "Rund", "handle": "rund", "description": "<p>Lang</p>"}})
    assert drawn(spool)[0].navigation == (
        {"handle": "round", "title": "Round", "translations": {"de": {"title": "Rund", "handle": "rund"}}},
    )


def test_editions_start_with_the_default_locale():
    assert list(editions_of(site(locales=["de", "en"]))) == ["de", "en"]


def test_another_program_has_another_digest(monkeypatch):
    ours = code_digest()
    assert code_digest() == ours
    monkeypatch.setattr(module, "version", lambda name: "0")
    assert code_digest() != ours
