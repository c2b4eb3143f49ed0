"""Structured data: exact JSON for each type, and nothing where nothing is known."""

from shopwright.seo import structured_data as sd


def test_a_document_holds_its_things_and_drops_what_is_not_known():
    thing = {"@type": "Thing", "name": "Luna", "image": [], "url": None, "email": "", "value": 0}
    assert sd.document(thing) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "Thing", "name": "Luna", "value": 0}],
    }


def test_an_offer_says_price_availability_and_terms():
    offer = sd.offer(
        url="https://shop.example/luna/",
        price="129.00",
        currency="EUR",
        availability="preorder",
        seller="Shop",
        valid_until=None,
        terms=["#shipping-de", sd.RETURNS],
    )
    assert offer == {
        "@type": "Offer",
        "url": "https://shop.example/luna/",
        "price": "129.00",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/PreOrder",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": "Shop"},
        "shippingDetails": [{"@id": "#shipping-de"}],
        "hasMerchantReturnPolicy": {"@id": "#returns"},
    }


def test_a_product_names_its_brand_as_a_thing():
    assert sd.product({"name": "Luna", "brand": "Lark", "gtin": None}) == {
        "@type": "Product",
        "name": "Luna",
        "brand": {"@type": "Brand", "name": "Lark"},
    }


def test_a_group_lists_its_variants_and_what_they_vary_by():
    group = sd.product_group(
        {"name": "Luna", "productGroupID": "luna"}, ["color"], iter([{"@type": "Product", "sku": "a"}])
    )
    assert group == {
        "@type": "ProductGroup",
        "name": "Luna",
        "productGroupID": "luna",
        "variesBy": ["https://schema.org/color"],
        "hasVariant": [{"@type": "Product", "sku": "a"}],
    }


def test_reviews_and_their_mean():
    assert sd.aggregate_rating(4.5, 2)["reviewCount"] == 2
    assert sd.review({"author": "A", "rating": 4, "body": "Good", "title": "", "date": None}) == {
        "@type": "Review",
        "author": {"@type": "Person", "name": "A"},
        "reviewBody": "Good",
        "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1},
    }


def test_shipping_says_where_what_and_how_long():
    rate = {
        "country": "DE",
        "price": {"amount": 490, "currency": "EUR"},
        "handling_days": [0, 1],
        "transit_days": [2, 4],
    }
    details = sd.shipping_details(rate, "4.90")
    assert details["shippingRate"] == {"@type": "MonetaryAmount", "value": "4.90", "currency": "EUR"}
    assert details["deliveryTime"]["transitTime"] == {
        "@type": "QuantitativeValue",
        "minValue": 2,
        "maxValue": 4,
        "unitCode": "DAY",
    }


def test_a_return_policy_with_and_without_a_window():
    policy = sd.return_policy({"days": 30, "fees": "free", "country": "DE"}, ["DE", "AT"])
    assert policy["merchantReturnDays"] == 30
    assert policy["returnFees"] == "https://schema.org/FreeReturn"
    assert policy["applicableCountry"] == ["DE", "AT"]
    assert sd.return_policy({"days": 0, "fees": "customer", "country": None}, ["DE"]) == {
        "@type": "MerchantReturnPolicy",
        "@id": "#returns",
        "applicableCountry": ["DE"],
        "returnPolicyCategory": "https://schema.org/MerchantReturnNotPermitted",
    }


def test_lists_number_their_items_from_one():
    crumbs = sd.breadcrumb_list([("Home", "https://shop.example/"), ("Luna", "https://shop.example/luna/")])
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2]
    page = sd.collection_page("Round", "https://shop.example/round/", [("Luna", "https://shop.example/luna/")])
    assert page["mainEntity"]["numberOfItems"] == 1
    assert page["mainEntity"]["itemListElement"][0]["url"] == "https://shop.example/luna/"


def test_the_store_and_its_site():
    address = {"street": "Way 1", "postal_code": "", "city": "Town", "region": "", "country": "DE"}
    assert sd.online_store({"name": "Shop", "address": sd.postal_address(address), "email": None}) == {
        "@type": "OnlineStore",
        "name": "Shop",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Way 1",
            "addressLocality": "Town",
            "addressCountry": "DE",
        },
    }
    assert sd.web_site("Shop", "https://shop.example/", ["en"])["inLanguage"] == ["en"]
