"""Where every page stands."""

import pytest

from shopwright.generation.addresses import addresses, file_of


def test_the_default_locale_stands_at_the_root():
    at = addresses("https://shop.example", "en", "en")
    assert (at.home, at.page("cart"), at.product("luna")) == ("/", "/cart/", "/products/luna/")
    assert at.absolute(at.collection("round", 2)) == "https://shop.example/collections/round/page/2/"
    assert at.collection("round") == "/collections/round/"
    assert at.asset("site.css") == "/assets/site.css"


def test_other_locales_stand_under_their_name_and_share_assets():
    at = addresses("https://shop.example/", "de-AT", "en")
    assert at.file("404.html") == "/de-at/404.html"
    assert at.asset("site.css") == "/assets/site.css"


def test_a_site_below_a_path_keeps_it_in_every_address():
    at = addresses("https://agency.example/shops/luna", "de", "en")
    assert at.product("runde-brille") == "/shops/luna/de/products/runde-brille/"
    assert at.absolute(at.home) == "https://agency.example/shops/luna/de/"


@pytest.mark.parametrize(
    ("address", "base", "file"),
    [
        ("/", "", "index.html"),
        ("/de/cart/", "", "de/cart/index.html"),
        ("/shops/luna/", "/shops/luna", "index.html"),
        ("/shops/luna/de/404.html", "/shops/luna", "de/404.html"),
    ],
)
def test_the_file_behind_an_address(address, base, file):
    assert file_of(address, base) == file


def test_a_handle_of_another_script_is_encoded_in_every_address_and_plain_in_files():
    at = addresses("https://shop.example/shops/small", "ar", "en")
    assert at.product("نور") == "/shops/small/ar/products/%D9%86%D9%88%D8%B1/"
    assert at.collection("نور", 2) == "/shops/small/ar/collections/%D9%86%D9%88%D8%B1/page/2/"
    assert file_of(at.product("نور"), at.base) == "ar/products/نور/index.html"
