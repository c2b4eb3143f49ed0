from shopwright.catalog.product import Product
from shopwright.generation.showcase.products import SAMPLE_PRODUCTS, sample_products

PRODUCTS = {record["handle"]: Product.model_validate(record) for record in sample_products()}


def test_every_product_is_a_product_and_stands_in_its_place():
    assert tuple(PRODUCTS) == SAMPLE_PRODUCTS


def test_each_availability_is_there():
    found = {handle: PRODUCTS[handle].variants[0].availability.value for handle in ("arlo", "bree", "cato", "dune")}
    assert found == {"arlo": "in_stock", "bree": "out_of_stock", "cato": "preorder", "dune": "backorder"}


def test_the_reduced_product_tells_what_the_directive_asks_for():
    variant = PRODUCTS["elio"].variants[0]
    assert (variant.price.amount, variant.sale.price.amount, variant.lowest_price_30_days.amount) == (
        12900,
        8900,
        11900,
    )


def test_what_a_product_can_lack():
    assert PRODUCTS["fern"].variants[0].price is None
    assert PRODUCTS["gale"].pictures == ()
    assert PRODUCTS["juno"].options == ()
    assert PRODUCTS["set"].variants == ()
    assert (PRODUCTS["bare"].description, PRODUCTS["bare"].frame, PRODUCTS["bare"].reviews) == ("", None, ())


def test_what_a_product_can_have_too_much_of():
    assert len(PRODUCTS["hart"].variants) == 36
    assert len(PRODUCTS["long-title"].title) > 150
    assert max(map(len, PRODUCTS["long-words"].title.split())) > 50


def test_every_review_is_marked_as_a_sample():
    reviews = [review for product in PRODUCTS.values() for review in product.reviews]
    assert len(reviews) == 4
    assert all(review.sample for review in reviews)


def test_every_product_has_arabic_words():
    assert all(product.translations["ar"].title for product in PRODUCTS.values())
