"""Who sells, and the site."""

from tests.unit.generation.records import PICTURE, editions, money, site

from shopwright.generation.things.store import seller, store_id, store_things


def things(locale="en", **shop):
    return store_things(editions(site(**shop))[locale])


def test_the_store_and_its_site_are_the_same_in_every_language():
    website, store = things("de")
    assert website == {
        "@type": "WebSite",
        "@id": "https://shop.example/#website",
        "name": "Small Shop",
        "url": "https://shop.example/",
        "inLanguage": ["en", "de"],
        "publisher": {"@id": "https://shop.example/#store"},
    }
    assert store["@id"] == store_id(editions()["de"]) == "https://shop.example/#store"


def test_a_seller_is_named():
    assert seller(editions()["de"]) == {
        "@type": "OnlineStore",
        "@id": "https://shop.example/#store",
        "name": "Small Shop",
        "url": "https://shop.example/",
    }


def test_everything_that_the_store_says_of_itself():
    store = things(
        description="Frames",
        legal={"company": "Lark GmbH", "vat_id": "DE1"},
        contact={"email": "a@b.example", "phone": "+49 30 1",
                 "address": {"street": "Gasse 1", "city": "Berlin", "country": "DE"}},
        social=["https://social.example/@shop"],
        shipping=[{"country": "DE", "price": money(500)}],
        returns={"days": 30},
        logo=PICTURE,
    )[1]  # fmt: skip
    assert (store["legalName"], store["vatID"], store["email"]) == ("Lark GmbH", "DE1", "a@b.example")
    assert store["address"]["addressLocality"] == "Berlin"
    assert store["sameAs"] == ["https://social.example/@shop"]
    assert store["logo"] == "https://shop.example/assets/pictures/cc-640.jpg"
    assert store["hasMerchantReturnPolicy"]["merchantReturnDays"] == 30
    assert store["hasShippingService"][0]["shippingConditions"][0]["shippingRate"]["value"] == "5.00"
    assert store["contactPoint"]["availableLanguage"] == ["en", "de"]


def test_nothing_is_invented():
    assert things()[1] == {
        "@type": "OnlineStore",
        "@id": "https://shop.example/#store",
        "name": "Small Shop",
        "url": "https://shop.example/",
    }


def test_a_linked_logo_keeps_its_own_address():
    assert things(logo={"remote": "https://cdn.example/logo.svg"})[1]["logo"] == "https://cdn.example/logo.svg"
