import pytest

from shopwright.browser_audit.site_pages import product_word, site_pages
from shopwright.errors import BrowserAuditError


def write(site, path, lang="en", body="", robots=""):
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'<!doctype html><html lang="{lang}"><meta name="robots" content="{robots}"><body>{body}')


@pytest.fixture
def site(tmp_path):
    for folder, lang in (("", "en"), ("de-AT/", "de-AT")):
        write(tmp_path, f"{folder}index.html", lang)
        write(tmp_path, f"{folder}404.html", lang, robots="noindex")
        write(tmp_path, f"{folder}products/a/index.html", lang, "<h1>Élan of Forest</h1>")
        write(tmp_path, f"{folder}products/b ü/index.html", lang, "more <h1>Élan of Forest</h1>")
        write(tmp_path, f"{folder}collections/index.html", lang)
        write(tmp_path, f"{folder}collections/all/index.html", lang, "x")
        write(tmp_path, f"{folder}collections/all/2/index.html", lang, "xxx")
        write(tmp_path, f"{folder}about/index.html", lang)
        write(tmp_path, f"{folder}imprint/index.html", lang)
        write(tmp_path, f"{folder}accessibility/index.html", lang)
        write(tmp_path, f"{folder}cart/index.html", lang, robots="noindex")
    return tmp_path


def test_one_page_of_each_kind_and_language_the_largest_where_there_are_many(site):
    found = [(page.kind, page.address, page.indexed) for page in site_pages(site) if page.locale == "en"]
    assert found == [
        ("home", "/", True),
        ("collection", "/collections/all/2/", True),
        ("product", "/products/b%20%C3%BC/", True),
        ("cart", "/cart/", False),
        ("not_found", "/no-such-page/", False),
        ("collections", "/collections/", True),
        ("content", "/about/", True),
        ("content", "/imprint/", True),
        ("statement", "/accessibility/", True),
    ]


def test_a_language_is_asked_for_below_its_folder_and_the_sites_own_address(site):
    pages = {page.kind: page for page in site_pages(site, "/shop") if page.locale == "de-AT"}
    assert pages["home"].address == "/shop/de-AT/"
    assert (pages["not_found"].address, pages["not_found"].there) == (
        "/shop/de-AT/no-such-page/",
        "/shop/de-AT/404.html",
    )
    assert pages["product"].there == pages["product"].address == "/shop/de-AT/products/b%20%C3%BC/"
    assert pages["product"].file == site / "de-AT/products/b ü/index.html"


def test_a_folder_without_pages(tmp_path):
    with pytest.raises(BrowserAuditError, match="there are no pages of a store"):
        site_pages(tmp_path)


def test_a_page_that_says_no_language(tmp_path):
    (tmp_path / "index.html").write_text("<title>x</title>")
    assert [page.locale for page in site_pages(tmp_path)] == ["und"]


def test_a_product_is_searched_for_by_the_longest_word_of_its_name(site):
    assert product_word(site / "products/a/index.html") == "Forest"
    assert product_word(site / "index.html") == ""
