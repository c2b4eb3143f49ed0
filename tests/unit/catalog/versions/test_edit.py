import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.product import Product
from shopwright.catalog.versions.edit import MAX_PATCH, edited, read_merge_patch, refuse_other_currency
from shopwright.errors import ChangeRefused

LINE = b'{"handle":"a","title":"A","brand":"X","custom":{"care":"Dry","origin":"IT"}}'


def change(patch):
    return edited(Product, LINE, patch, "a")


def test_fields_are_set_merged_and_removed():
    product = change({"title": "B", "brand": None, "custom": {"care": None, "$set": "1"}})
    assert product == Product(handle="a", title="B", custom={"origin": "IT", "$set": "1"})


def test_the_handle_stays():
    assert change({"handle": "a", "title": "B"}).title == "B"
    with pytest.raises(ChangeRefused, match="cannot change the handle"):
        change({"handle": "b"})


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ({"$where": "1"}, r"a: \$where: Extra inputs are not permitted"),
        ({"status": "gone"}, "status: Input should be"),
        ({"title": None}, "title: Field required"),
        ({"variants": [{"id": "x", "price": {"amount": -1, "currency": "EUR"}}]}, r"variants\.0\.price\.amount"),
        ({"title": "\ufdd0"}, r"U\+FDD0"),
    ],
)
def test_what_is_no_product_is_refused_with_its_field(patch, said):
    with pytest.raises(ChangeRefused, match=said):
        change(patch)


def test_prices_are_in_the_currency_of_the_store():
    product = change({"variants": [{"id": "x", "price": {"amount": 1, "currency": "USD"}}]})
    refuse_other_currency(product, "USD", "a")
    with pytest.raises(ChangeRefused, match="variant 'x' are not in EUR"):
        refuse_other_currency(product, "EUR", "a")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "not JSON"),
        (b'"\\ud800"', "not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "with fields"),
        (b"x" * (MAX_PATCH + 1), "larger than"),
        (b'{"a":' * 20 + b"1" + b"}" * 20, "deeper than 16"),
        (b'{"a":' + b"[" * 900 + b"]" * 900 + b"}", "deeper than 16"),
    ],
)
def test_a_patch_is_a_small_object(data, said):
    with pytest.raises(ChangeRefused, match=said):
        read_merge_patch(data, "patch")


KEYS = (
    st.sampled_from(["title", "brand", "custom", "$where", "a.b", "$set", "handle", "variants", "", "\x00"]) | st.text()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3))
def test_whatever_a_patch_says_the_result_is_a_product_or_a_refusal(patch):
    try:
        data = orjson.dumps(patch)
        product = edited(Product, LINE, read_merge_patch(data, "patch"), "a")
    except (ChangeRefused, orjson.JSONEncodeError):
        return
    assert Product.model_validate(product.model_dump()) == product
    assert product.handle == "a"
