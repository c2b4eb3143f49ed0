"""Lists count their items from one."""

from shopwright.seo.structured_data.lists import BreadcrumbList, ItemList


def test_breadcrumbs():
    crumbs = BreadcrumbList((("Home", "https://shop.example/"), ("Luna", "https://shop.example/luna/"))).as_thing()
    assert crumbs["@type"] == "BreadcrumbList"
    assert crumbs["itemListElement"][1] == {
        "@type": "ListItem",
        "position": 2,
        "name": "Luna",
        "item": "https://shop.example/luna/",
    }


def test_items():
    assert ItemList((("Luna", "https://shop.example/luna/"),)).as_thing() == {
        "@type": "ItemList",
        "numberOfItems": 1,
        "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Luna", "url": "https://shop.example/luna/"}],
    }
