import datetime as dt

import pytest
from pydantic import ValidationError

from shopwright.catalog.money import Money
from shopwright.catalog.product import Product, Sale, Variant
from shopwright.catalog.store import Store, in_locale


def make(**fields) -> Product:
    return Product(handle="a", title="A", **fields)


def test_what_a_product_must_hold_together():
    wrong = [
        ({"options": ["Size", "Size"]}, "option 'Size' stands twice"),
        ({"variants": [Variant(id="x"), Variant(id="x")]}, "variant id 'x' stands twice"),
        ({"variants": [Variant(id="x"), Variant(id="y")]}, "variant .* stands twice"),
        ({"options": ["Size"], "variants": [Variant(id="x")]}, "has 0 option values, not 1"),
        ({"kind": "external"}, "needs external_url"),
    ]
    for fields, why in wrong:
        with pytest.raises(ValidationError, match=why):
            make(**fields)


def test_a_sale_ends_after_it_starts():
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with pytest.raises(ValidationError, match="must end after it starts"):
        Sale(price=Money(amount=1, currency="USD"), starts=start, ends=start)


def test_a_store_names_each_locale_and_collection_once():
    with pytest.raises(ValidationError, match="a locale stands twice"):
        Store(name="S", locales=("en", "en"))
    round_frames = {"handle": "round", "title": "Round"}
    with pytest.raises(ValidationError, match="a collection handle stands twice"):
        Store(name="S", collections=(round_frames, round_frames))
    assert Store(name="S", locales=("de", "en")).default_locale == "de"


def test_texts_fall_back_to_language_every_locale_and_default():
    texts = {"de": "Hallo", "en": "Hello", "fr": ""}
    assert [in_locale(texts, code, "en") for code in ("de-AT", "en", "fr", "ar")] == [
        "Hallo",
        "Hello",
        "Hello",
        "Hello",
    ]
    assert in_locale({"*": "Hi"}, "ar", "en") == "Hi"
    assert in_locale({}, "ar", "en") is None
