"""What a product page says of its product: complete, exact, and nothing invented."""

from tests.unit.generation.records import PICTURE, editions, money, plain, product, site, variant

from shopwright.generation.things.product import MAX_REVIEWS_DESCRIBED, product_things
from shopwright.generation.views.product import ProductView


def things(record, pictures=(), description="", **shop):
    view = ProductView(record, dict.fromkeys(pictures, PICTURE), editions(site(**shop))["en"])
    return product_things(view, description, f"/products/{record['handle']}/")


def thing(record, pictures=(), **shop):
    return things(record, pictures, **shop)[0]


def test_a_product_with_one_variant():
    record = plain(
        brand="Lark",
        category=["Eyewear", "Frames"],
        frame={"material": "Acetate", "bridge_mm": 18, "weight_g": 21},
        pictures=[{"source": "a"}],
        variants=[{"id": "default", "sku": "L-1", "gtin": "4006381333931", "mpn": "M1", "price": money(12_900)}],
    )
    assert things(record, ["a"], description="Round") == [
        {
            "@type": "Product",
            "name": "Luna",
            "url": "https://shop.example/products/luna/",
            "description": "Round",
            "image": ["https://shop.example/assets/pictures/cc-640.jpg"],
            "brand": {"@type": "Brand", "name": "Lark"},
            "material": "Acetate",
            "weight": {"@type": "QuantitativeValue", "value": 21.0, "unitCode": "GRM"},
            "additionalProperty": [
                {"@type": "PropertyValue", "name": "Bridge", "value": 18.0, "unitCode": "MMT"},
            ],
            "category": "Eyewear > Frames",
            "sku": "L-1",
            "gtin13": "4006381333931",
            "mpn": "M1",
            "offers": {
                "@type": "Offer",
                "url": "https://shop.example/products/luna/",
                "price": "129.00",
                "priceCurrency": "EUR",
                "availability": "https://schema.org/InStock",
                "itemCondition": "https://schema.org/NewCondition",
                "seller": {"@id": "https://shop.example/#store"},
            },
        },
        {
            "@type": "OnlineStore",
            "@id": "https://shop.example/#store",
            "name": "Small Shop",
            "url": "https://shop.example/",
        },
    ]


def test_a_product_without_variants_is_a_product_without_an_offer():
    (told,) = things(plain(variants=[]))
    assert told["@type"] == "Product"
    assert not {"offers", "hasVariant", "sku"} & told.keys()


def test_what_another_shop_sells_is_not_offered():
    (told,) = things(plain(kind="external", external_url="https://away.example/"))
    assert (told["@type"], "offers" in told) == ("Product", False)


def test_a_product_with_several_variants_is_a_group():
    record = product(
        options=["Farbe", "Size", "Mood"],
        pictures=[{"source": "a"}],
        variants=[
            {
                "id": "b-m",
                "options": ["Black", "M", "Calm"],
                "color": {"name": "Jet black"},
                "price": money(100),
                "picture": "b",
                "weight_g": 20,
            },
            {"id": "r-m", "options": ["Red", "M", "Calm"], "sku": "R", "availability": "preorder", "price": money(200)},
        ],
    )
    group = thing(record, ["a", "b"])
    assert (group["@type"], group["productGroupID"]) == ("ProductGroup", "luna")
    assert group["variesBy"] == ["https://schema.org/color", "https://schema.org/size"]
    assert not {"offers", "sku"} & group.keys()
    black, red = group["hasVariant"]
    assert (black["name"], black["color"], black["size"], black["sku"]) == (
        "Luna Black M Calm",
        "Jet black",
        "M",
        "luna-b-m",
    )
    assert black["url"] == black["offers"]["url"] == "https://shop.example/products/luna/?variant=b-m"
    assert black["weight"]["value"] == 20.0
    assert (red["sku"], red["color"], red["offers"]["price"], red["offers"]["availability"]) == (
        "R",
        "Red",
        "2.00",
        "https://schema.org/PreOrder",
    )
    assert black["image"] == red["image"] == ["https://shop.example/assets/pictures/cc-640.jpg"]


def test_materials_that_variants_differ_in_are_theirs():
    record = product(
        options=["Material"],
        frame={"material": "Acetate"},
        variants=[{"id": "a", "options": ["Acetate"], "price": money(1)}, {"id": "t", "options": ["Titanium"]}],
    )
    group = thing(record)
    assert "material" not in group
    assert [each["material"] for each in group["hasVariant"]] == ["Acetate", "Titanium"]
    assert [("offers" in each) for each in group["hasVariant"]] == [True, False]


def test_the_type_stands_for_a_category_that_is_not_given():
    record = plain(product_type="Sunglasses", translations={"en": {"terms": {"Sunglasses": "Shades"}}})
    assert thing(record)["category"] == "Shades"


def test_shipping_and_returns_stand_in_the_offer_where_goods_are_shipped():
    shop = {"shipping": [{"country": "DE", "price": money(490)}], "returns": {"days": 30, "fees": "free"}}
    told, shipping, returns, store = things(plain(), **shop)
    assert told["offers"]["shippingDetails"] == [{"@id": "#shipping-de"}]
    assert told["offers"]["hasMerchantReturnPolicy"] == {"@id": "#returns"}
    assert (shipping["@id"], returns["@id"], store["@type"]) == ("#shipping-de", "#returns", "OnlineStore")
    assert "shippingDetails" not in thing(plain(requires_shipping=False), **shop)["offers"]
    assert "hasMerchantReturnPolicy" not in thing(plain(), returns={"days": 30})["offers"]


def test_a_reduction_shows_the_price_before_and_how_long_it_lasts():
    sale = {"price": money(9_900), "starts": "2026-11-01T00:00:00Z", "ends": "2026-11-30T00:00:00Z"}
    offer = thing(plain(variants=[{"id": "a", "price": money(12_900), "sale": sale}]))["offers"]
    assert (offer["price"], offer["priceSpecification"]["price"]) == ("99.00", "129.00")
    assert (offer["priceValidUntil"], offer["validFrom"], offer["validThrough"]) == (
        "2026-11-29",
        "2026-11-01T00:00:00Z",
        "2026-11-30T00:00:00Z",
    )
    plainly = thing(product(variants=[variant(compare_at_price=money(15_000))]))["offers"]
    assert plainly["priceSpecification"]["price"] == "150.00"
    assert not {"priceValidUntil", "validFrom", "validThrough"} & plainly.keys()


def test_made_up_reviews_are_never_told_to_search_engines():
    genuine = [{"author": f"A{number}", "rating": 4} for number in range(MAX_REVIEWS_DESCRIBED + 5)]
    told = thing(plain(reviews=genuine))
    assert len(told["review"]) == MAX_REVIEWS_DESCRIBED
    assert (told["aggregateRating"]["ratingValue"], told["aggregateRating"]["reviewCount"]) == (4.0, 15)
    silent = thing(plain(reviews=[*genuine, {"author": "S", "rating": 5, "sample": True}]))
    assert not {"review", "aggregateRating"} & silent.keys()
