"""Products and groups of variants."""

import pytest

from shopwright.seo.structured_data.product import Product, ProductGroup
from shopwright.seo.structured_data.quantity import MILLIMETRE, PropertyValue
from shopwright.seo.structured_data.reviews import AggregateRating, Review


def test_a_product_of_which_only_the_name_is_known():
    assert Product(name="Luna").as_thing() == {"@type": "Product", "name": "Luna"}


def test_everything_that_may_be_known():
    thing = Product(
        name="Luna",
        url="https://shop.example/luna/",
        description="Round",
        images=("https://shop.example/a.jpg",),
        brand="Lark",
        category=("Eyewear", "Frames"),
        sku="L-1",
        gtin="4006381333931",
        mpn="M1",
        color="Black",
        size="M",
        material="Acetate",
        pattern="Plain",
        weight=21.0,
        properties=(PropertyValue("Bridge", 18.0, MILLIMETRE),),
        rating=AggregateRating(4.5, 2),
        reviews=(Review("A", 4),),
    ).as_thing()
    assert thing["brand"] == {"@type": "Brand", "name": "Lark"}
    assert thing["category"] == "Eyewear > Frames"
    assert (thing["sku"], thing["gtin13"], thing["mpn"]) == ("L-1", "4006381333931", "M1")
    assert (thing["color"], thing["size"], thing["material"], thing["pattern"]) == ("Black", "M", "Acetate", "Plain")
    assert thing["weight"]["unitCode"] == "GRM"
    assert thing["additionalProperty"][0]["name"] == "Bridge"
    assert (thing["aggregateRating"]["reviewCount"], len(thing["review"])) == (2, 1)
    assert "offers" not in thing


@pytest.mark.parametrize(
    ("gtin", "name"),
    [("96385074", "gtin8"), ("036000291452", "gtin12"), ("4006381333931", "gtin13"), ("10614141000415", "gtin14")],
)
def test_a_gtin_stands_under_the_name_of_its_length(gtin, name):
    assert Product(name="Luna", gtin=gtin).as_thing()[name] == gtin


def test_a_group_says_what_its_variants_share_and_differ_in():
    group = ProductGroup(
        product=Product(name="Luna", brand="Lark"),
        identifier="luna",
        varies_by=("color",),
        variants=(Product(name="Luna Black", sku="a"), Product(name="Luna Red", sku="b")),
    )
    assert group.as_thing() == {
        "@type": "ProductGroup",
        "name": "Luna",
        "brand": {"@type": "Brand", "name": "Lark"},
        "productGroupID": "luna",
        "variesBy": ["https://schema.org/color"],
        "hasVariant": [
            {"@type": "Product", "name": "Luna Black", "sku": "a"},
            {"@type": "Product", "name": "Luna Red", "sku": "b"},
        ],
    }
