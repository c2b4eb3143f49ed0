"""The example store's catalogue: complete, true to life, and the program's own work to the byte."""

import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import yaml

from shopwright.catalog.product import Product, Variant
from shopwright.catalog.rich_text import sanitise
from shopwright.catalog.store import Store

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "examples" / "eyewear" / "store"
LINES = (FOLDER / "products.jsonl").read_text(encoding="utf-8").splitlines()
PRODUCTS = [Product.model_validate_json(line) for line in LINES]
STORE = Store.model_validate(yaml.safe_load((FOLDER / "store.yaml").read_text(encoding="utf-8")))
VARIANTS = list(chain.from_iterable(product.variants for product in PRODUCTS))
OTHER_LOCALES = STORE.locales[1:]
END_PIECES_MM = (8.0, 15.0)
"""What both end pieces and rims add to two lenses and the bridge."""


def colors(product: Product) -> list[str]:
    return list(dict.fromkeys(variant.color.name for variant in product.variants if variant.color))


def test_the_season_has_53_frames_each_in_two_to_five_colours() -> None:
    assert len(PRODUCTS) == 53
    assert {len(colors(product)) for product in PRODUCTS} == {2, 3, 4, 5}
    assert Counter(product.product_type for product in PRODUCTS).keys() == {"Spectacles", "Sunglasses"}


def test_handles_titles_skus_and_gtins_stand_once() -> None:
    for values in (
        [product.handle for product in PRODUCTS],
        [product.title for product in PRODUCTS],
        [variant.sku for variant in VARIANTS],
        [variant.gtin for variant in VARIANTS if variant.gtin],
    ):
        assert len(values) == len(set(values))


def test_gtins_are_from_the_range_for_examples() -> None:
    gtins = [variant.gtin for variant in VARIANTS if variant.gtin]
    assert 0 < len(gtins) < len(VARIANTS)
    assert all(len(gtin) == 13 and gtin.startswith("952") for gtin in gtins)


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.handle)
def test_measures_are_plausible_and_agree_with_each_other(product: Product) -> None:
    frame = product.frame
    assert frame is not None
    assert frame.lens_width_mm
    assert frame.bridge_mm
    assert frame.temple_mm
    assert frame.lens_height_mm
    assert frame.frame_width_mm
    assert frame.weight_g
    assert 44 <= frame.lens_width_mm <= 60
    assert 14 <= frame.bridge_mm <= 24
    assert 135 <= frame.temple_mm <= 150
    assert 28 <= frame.lens_height_mm <= 54
    assert 8 <= frame.weight_g <= 40
    low, high = END_PIECES_MM
    assert low <= frame.frame_width_mm - 2 * frame.lens_width_mm - frame.bridge_mm <= high


def test_lighter_materials_weigh_less() -> None:
    by_material: dict[str, list[float]] = {}
    for product in PRODUCTS:
        assert product.frame
        assert product.frame.material
        assert product.frame.weight_g
        by_material.setdefault(product.frame.material, []).append(product.frame.weight_g)
    mean = {material: sum(weights) / len(weights) for material, weights in by_material.items()}
    assert mean["Titanium"] < mean["Stainless steel"] < mean["Acetate"] < mean["Wood"]


def test_every_variant_shows_a_picture_of_its_product() -> None:
    for product in PRODUCTS:
        sources = {picture.source for picture in product.pictures}
        assert all(variant.picture in sources for variant in product.variants)
        more = (
            2 if product.featured else 1 if "Size" in product.options or product.handle in ("brindle", "clove") else 0
        )
        assert len(sources) == len(product.pictures) == len(colors(product)) + more


def test_every_picture_is_there_and_every_file_is_used() -> None:
    shop = [STORE.brand.logo, STORE.hero.picture, *(collection.picture for collection in STORE.collections)]
    used = {picture.source for product in PRODUCTS for picture in product.pictures}
    used |= {picture.source for picture in shop if picture}
    assert used == {f"pictures/{file.name}" for file in (FOLDER / "pictures").iterdir()}


def test_pictures_are_compact() -> None:
    sizes = [file.stat().st_size for file in (FOLDER / "pictures").iterdir()]
    assert sum(sizes) < 650_000
    assert sum(sizes) / len(sizes) < 3_700


def test_every_picture_says_what_it_shows() -> None:
    for product in PRODUCTS:
        for picture in product.pictures:
            color = next(name for name in colors(product) if f" in {name.lower()}," in picture.alt)
            assert picture.alt.startswith(f"{product.title} {product.product_type.lower()} in {color.lower()}, ")
            assert picture.alt.endswith((" view", " temple"))


def test_prices_end_in_00_or_90_and_reductions_reduce() -> None:
    for variant in VARIANTS:
        assert variant.price is not None
        assert variant.price.currency == STORE.currency
        assert variant.price.amount % 100 in (0, 90)
        if variant.sale:
            assert variant.sale.price.amount < variant.price.amount
            assert variant.lowest_price_30_days is not None
        if variant.compare_at_price:
            assert variant.compare_at_price.amount > variant.price.amount


def test_every_kind_of_offer_occurs() -> None:
    assert {variant.availability.value for variant in VARIANTS} == {"in_stock", "out_of_stock", "backorder", "preorder"}
    kinds: dict[str, list[Variant]] = {
        "sale that ends": [variant for variant in VARIANTS if variant.sale and variant.sale.ends],
        "sale without end": [variant for variant in VARIANTS if variant.sale and not variant.sale.ends],
        "former price": [variant for variant in VARIANTS if variant.compare_at_price],
    }
    assert [name for name, found in kinds.items() if not found] == []
    assert sum(product.options == ("Color", "Size") for product in PRODUCTS) >= 8
    assert sum(product.featured for product in PRODUCTS) >= 4


def test_products_are_told_in_every_language() -> None:
    for product in PRODUCTS:
        assert product.summary
        for locale in OTHER_LOCALES:
            translation = product.translations[locale]
            assert translation.description
            assert translation.description.count("<li>") == product.description.count("<li>")
            if product.seo.title:
                assert translation.seo
                assert translation.seo.title


def test_descriptions_are_rich_text_already() -> None:
    for product in PRODUCTS:
        texts = [product.description, *(translation.description for translation in product.translations.values())]
        for text in texts:
            assert text
            assert sanitise(str(text)) == text
            assert "{" not in text


@pytest.mark.parametrize("locale", OTHER_LOCALES)
def test_every_term_of_the_catalogue_is_translated(locale: str) -> None:
    for product in PRODUCTS:
        assert product.frame
        terms = {*product.options, *colors(product), product.product_type, *product.category, *product.tags}
        terms |= {product.frame.shape, product.frame.rim, product.frame.material, *product.custom}
        names = {term for term in terms if term and term[0].isupper()}
        assert names - STORE.terms[locale].keys() == set()
        assert product.translations[locale].terms.items() <= STORE.terms[locale].items()


def test_the_store_is_told_in_every_language() -> None:
    texts = [STORE.tagline, STORE.description, STORE.about, STORE.imprint, STORE.hero.title, STORE.hero.text]
    policies = STORE.policies
    texts += [policies.shipping, policies.returns, policies.privacy, policies.terms]
    assert all(set(text) == set(STORE.locales) for text in texts)
    for collection in STORE.collections:
        assert set(collection.translations) == set(OTHER_LOCALES)
        assert all(translation.title and translation.description for translation in collection.translations.values())


def test_collections_are_described_and_filled() -> None:
    named = Counter(chain.from_iterable(product.collections for product in PRODUCTS))
    assert named.keys() == {collection.handle for collection in STORE.collections}
    assert min(named.values()) >= 4
    assert set(STORE.navigation) <= named.keys()


def test_reviews_are_samples_and_mixed() -> None:
    counts = {len(product.reviews) for product in PRODUCTS}
    assert (min(counts), max(counts)) == (0, 9)
    reviews = list(chain.from_iterable(product.reviews for product in PRODUCTS))
    assert all(review.sample for review in reviews)
    assert {review.rating for review in reviews} == {1, 2, 3, 4, 5}
    assert {review.locale for review in reviews} == set(STORE.locales)
    assert all(review.date and date(2026, 1, 1) <= review.date <= date(2026, 10, 31) for review in reviews)
    assert all(review.body and "{" not in review.body for review in reviews)


def test_contact_data_are_fictitious() -> None:
    assert STORE.contact.email
    assert STORE.contact.email.endswith("@example.com")
    assert STORE.contact.phone
    assert STORE.contact.phone.startswith("+49 30 23125 ")
    assert STORE.checkout
    assert str(STORE.checkout.url) == "https://checkout.example.com/cart"


def test_the_accent_colour_can_be_read_on_white() -> None:
    accent = STORE.brand.accent
    assert accent
    channels = [int(accent[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_the_program_writes_these_very_bytes(tmp_path: Path) -> None:
    sample = ["curlew", "plover", "brindle", "dunlin", "chalkhill"]
    command = [sys.executable, "-m", "examples.eyewear.generate", "--out", str(tmp_path), "--only", ",".join(sample)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, timeout=60)
    written = (tmp_path / "products.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(written) == sorted(line for line in LINES if Product.model_validate_json(line).handle in sample)
    files = sorted(file.name for file in (tmp_path / "pictures").iterdir())
    assert {name.split("-")[0] for name in files} == {*sample, "hero.svg", "logo.svg"}
    for name in files:
        assert (tmp_path / "pictures" / name).read_bytes() == (FOLDER / "pictures" / name).read_bytes()
