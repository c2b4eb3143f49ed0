"""The site and its pages."""

from shopwright.seo.structured_data.lists import ItemList
from shopwright.seo.structured_data.pages import WebPage, WebSite


def test_the_site():
    site = WebSite(
        identifier="#website", name="Shop", url="https://shop.example/", languages=("en",), publisher="#store"
    )
    assert site.as_thing() == {
        "@type": "WebSite",
        "@id": "#website",
        "name": "Shop",
        "url": "https://shop.example/",
        "inLanguage": ["en"],
        "publisher": {"@id": "#store"},
    }


def test_a_page_that_tells_of_the_store():
    page = WebPage(
        kind="AboutPage",
        name="About",
        url="https://shop.example/about/",
        language="en",
        site="#website",
        description="Us",
        about="#store",
    )
    assert page.as_thing() == {
        "@type": "AboutPage",
        "name": "About",
        "url": "https://shop.example/about/",
        "description": "Us",
        "inLanguage": "en",
        "isPartOf": {"@id": "#website"},
        "about": {"@id": "#store"},
    }


def test_a_page_that_lists():
    listed = ItemList((("Luna", "https://shop.example/luna/"),))
    page = WebPage(kind="CollectionPage", name="Round", url="/", language="en", site="#website", items=listed)
    assert page.as_thing()["mainEntity"] == listed.as_thing()
