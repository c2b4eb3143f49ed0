"""What every kind of page hands to its template and its head."""

from tests.unit.generation.records import PICTURE, editions, site

from shopwright.generation.pages.draft import breadcrumb_thing, picture_url, share_image, trail, urls_of
from shopwright.generation.views.picture import picture_view

CRUMBS = (("Sammlungen", "/de/collections/"), ("Rund", "/de/collections/rund/"))


def test_addresses_by_locale():
    assert urls_of(editions(), lambda each: each.addresses.page("cart")) == {"en": "/cart/", "de": "/de/cart/"}


def test_a_trail_starts_at_home_and_a_page_without_crumbs_has_none():
    german = editions()["de"]
    assert trail(german, CRUMBS)[0] == {"title": "Startseite", "url": "/de/"}
    assert [step["url"] for step in trail(german, CRUMBS)] == ["/de/", "/de/collections/", "/de/collections/rund/"]
    assert trail(german, ()) == []


def test_breadcrumbs_for_search_engines_are_absolute():
    thing = breadcrumb_thing(editions(site(url="https://shop.example/sub"))["de"], CRUMBS[1:])
    assert [(step["position"], step["name"], step["item"]) for step in thing["itemListElement"]] == [
        (1, "Startseite", "https://shop.example/sub/de/"),
        (2, "Rund", "https://shop.example/de/collections/rund/"),
    ]


def test_the_shared_picture_is_the_one_every_network_reads():
    english = editions()["en"]
    view = picture_view(PICTURE, "Front", english)
    assert share_image(view, english) == {
        "": "https://shop.example/assets/pictures/cc-640.jpg",
        ":width": 640,
        ":height": 480,
        ":alt": "Front",
    }
    assert share_image(None, english) is None


def test_nothing_is_invented_about_a_linked_picture():
    english = editions()["en"]
    view = picture_view({"remote": "https://cdn.example/a.jpg"}, "Front", english)
    assert share_image(view, english) == {"": "https://cdn.example/a.jpg", ":alt": "Front"}
    assert picture_url(view, english) == "https://cdn.example/a.jpg"
