"""Who sells."""

from shopwright.seo.structured_data.organization import OnlineStore, PostalAddress
from shopwright.seo.structured_data.returns import MerchantReturnPolicy
from shopwright.seo.structured_data.shipping import ShippingService

NAMED = {"identifier": "https://shop.example/#store", "name": "Shop", "url": "https://shop.example/"}


def test_a_store_that_is_only_named():
    assert OnlineStore(**NAMED, languages=("en",)).as_thing() == {
        "@type": "OnlineStore",
        "@id": "https://shop.example/#store",
        "name": "Shop",
        "url": "https://shop.example/",
    }


def test_a_store_with_address_contact_and_policies():
    store = OnlineStore(
        **NAMED,
        legal_name="Lark GmbH",
        vat_id="DE1",
        description="Frames",
        email="a@b.example",
        telephone="+49 30 1",
        address=PostalAddress(street="Way 1", postal_code="", city="Town", region="", country="DE"),
        logo="https://shop.example/logo.png",
        same_as=("https://social.example/@shop",),
        languages=("en", "de"),
        returns=MerchantReturnPolicy(identifier="#returns", countries=("DE",), days=30, free=True),
        shipping=(ShippingService((0, 1), ()),),
    ).as_thing()
    assert store["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Way 1",
        "addressLocality": "Town",
        "addressCountry": "DE",
    }
    assert store["contactPoint"] == {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "email": "a@b.example",
        "telephone": "+49 30 1",
        "availableLanguage": ["en", "de"],
    }
    assert store["hasMerchantReturnPolicy"]["merchantReturnDays"] == 30
    assert store["hasShippingService"][0]["@type"] == "ShippingService"
    assert (store["legalName"], store["vatID"], store["logo"]) == ("Lark GmbH", "DE1", "https://shop.example/logo.png")
