from shopwright.seo.hreflang import alternates


def test_every_version_is_named_and_the_default_twice():
    assert alternates([("en", "https://a/"), ("de", "https://a/de/")], "en") == [
        ("en", "https://a/"),
        ("de", "https://a/de/"),
        ("x-default", "https://a/"),
    ]


def test_a_region_of_the_un_is_not_named():
    assert alternates([("en", "https://a/"), ("es-419", "https://a/es-419/")], "en")[1] == ("es", "https://a/es-419/")


def test_a_page_alone_names_none():
    assert alternates([("en", "https://a/")], "en") == []
