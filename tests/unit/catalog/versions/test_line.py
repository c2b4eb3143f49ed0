from shopwright.catalog.product import Product
from shopwright.catalog.versions.line import digest_of, line_of


def test_a_line_says_what_is_not_usual():
    assert line_of(Product(handle="a", title="Ä")) == '{"handle":"a","title":"Ä"}'.encode()


def test_a_line_is_read_back():
    product = Product(handle="a", title="A", custom={"$where": "1", "a.b": "\x7e"})
    assert Product.model_validate_json(line_of(product)) == product


def test_the_digest_is_sha_256():
    assert digest_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
