from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.product import Frame, Product, Translation, Variant
from shopwright.catalog.versions.words import MAX_LETTERS, MAX_WORDS, product_words, words_of


def test_case_and_accents_do_not_matter():
    assert words_of("Café NOIR, Straße 52 mm") == ["cafe", "noir", "strasse", "52", "mm"]


def test_a_word_stands_once():
    assert words_of("Round round ROUND") == ["round"]


def test_scripts_without_spaces_are_split_into_pairs():
    assert words_of("黒縁眼鏡 x") == ["黒縁", "縁眼", "眼鏡", "x"]
    assert words_of("鏡") == ["鏡"]
    assert words_of("UV400眼鏡pro") == ["uv400", "眼鏡", "pro"]


def test_a_long_word_is_cut():
    assert words_of("a" * 100) == ["a" * MAX_LETTERS]


def test_what_a_product_is_found_by():
    product = Product(
        handle="a",
        title="Aster",
        brand="Lumen",
        product_type="Frames",
        category=("Eyewear",),
        tags=("new",),
        summary="Light",
        options=("Color",),
        variants=(Variant(id="x", options=("Black",), sku="AS-1", gtin="4006381333931"),),
        frame=Frame(shape="round", material="acetate"),
        translations={"de": Translation(title="Aster Brille", summary="Leicht", terms={"Black": "Schwarz"})},
    )
    assert product_words(product) == (
        "aster", "brille", "lumen", "frames", "eyewear", "new", "round", "acetate",
        "as", "1", "4006381333931", "black", "light", "leicht", "schwarz",
    )  # fmt: skip


def test_a_product_has_a_bounded_number_of_words():
    summary = " ".join(str(number) for number in range(400))
    assert len(product_words(Product(handle="a", title="A", summary=summary))) == MAX_WORDS


@given(st.text(max_size=60))
def test_words_are_their_own_words(text):
    words = words_of(text)
    assert all(words_of(word) == [word] or not words_of(word) for word in words if len(word) < MAX_LETTERS) or words
    assert all(0 < len(word) <= MAX_LETTERS for word in words)
