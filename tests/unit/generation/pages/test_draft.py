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


def test_a_picture_drawn_to_be_shared_comes_first():
    drawn = {**PICTURE, "share": {"name": "dd-1200.jpg", "width": 1200, "height": 630}}
    assert share_image(drawn, "Front", editions()["de"]) == {
        "": "https://shop.example/assets/pictures/dd-1200.jpg",
        ":type": "image/jpeg",
        ":width": 1200,
        ":height": 630,
        ":alt": "Front",
    }


def test_else_the_shared_picture_is_the_one_every_network_reads():
    assert share_image(PICTURE, "Front", editions()["en"]) == {
        "": "https://shop.example/assets/pictures/cc-640.jpg",
        ":type": "image/jpeg",
        ":width": 640,
        ":height": 480,
        ":alt": "Front",
    }
    assert share_image(None, "Front", editions()["en"]) is None


def test_nothing_is_invented_about_a_linked_picture():
    english, linked = editions()["en"], {"remote": "https://cdn.example/a.jpg"}
    assert share_image(linked, "Front", english) == {"": "https://cdn.example/a.jpg", ":alt": "Front"}
    assert picture_url(picture_view(linked, "Front", english), english) == "https://cdn.example/a.jpg"
