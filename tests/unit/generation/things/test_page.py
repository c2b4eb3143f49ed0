"""What lists and information pages say of themselves."""

import pytest
from tests.unit.generation.records import editions

from shopwright.generation.things.page import information_page, list_page


def test_a_list_names_what_it_shows():
    page = list_page(editions()["de"], "Rund", "/de/collections/rund/", [("Luna", "/de/products/luna/")])
    assert (page["@type"], page["url"]) == ("CollectionPage", "https://shop.example/de/collections/rund/")
    assert page["isPartOf"] == {"@id": "https://shop.example/#website"}
    assert page["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Luna", "url": "https://shop.example/de/products/luna/"}
    ]


@pytest.mark.parametrize(
    ("name", "kind"), [("about", "AboutPage"), ("imprint", "ContactPage"), ("policies/privacy", "WebPage")]
)
def test_information_pages_are_of_the_type_that_schema_org_has(name, kind):
    page = information_page(editions()["en"], name, "Title", "Words")
    assert (page["@type"], page["url"]) == (kind, f"https://shop.example/{name}/")
    assert (page.get("about") is not None) is (kind != "WebPage")
