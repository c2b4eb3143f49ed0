"""Alternative texts of catalogues: what is kept, what is taken out, what is reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.alternative_text import LONGEST, AlternativeTexts, judge
from shopwright.catalog.product import Picture, Product, Status


@pytest.mark.parametrize(
    "alt",
    [
        "image1.jpg", "Image 3", "IMG_1234", "DSC01234", "P1010001", "Screenshot 2024-05-01 at 12.00", "picture",
        "Bild", "Foto 2", "Product image of", "photo of the product", "صورة المنتج", "n/a", "null", "undefined",
        "3f2a9bdc01", "123e4567-e89b-12d3-a456-426614174000", "SKU_00_12", "https://cdn.example/x", "…", "12", "👓",
        "front-view-2",
    ],
)  # fmt: skip
def test_what_says_nothing_is_taken_out(alt: str) -> None:
    assert judge(alt, "pictures/front-view-2.png", "Copse") == ("", "alt-meaningless")


@pytest.mark.parametrize(
    "alt",
    [
        "Round gold frame",
        "Newest denim",
        "Notebook",
        "T-SHIRT",
        "Bilderrahmen aus Eiche",
        "A photo of a lake",
        "إطار ذهبي",
    ],
)
def test_what_says_something_is_kept(alt: str) -> None:
    assert judge(alt, "round_gold_frame.jpg", "Copse") == (alt, None)


def test_missing_texts_are_missing() -> None:
    assert judge(" \n ", "x.jpg", "Copse") == ("", "alt-missing")


def test_a_text_that_repeats_the_title_is_no_fault_and_no_text() -> None:
    assert judge("COPSE", "x.jpg", "Copse") == ("", None)


def test_blanks_become_one() -> None:
    assert judge(" Round\n gold  frame ", "", "x") == ("Round gold frame", None)


def test_a_long_text_ends_after_a_sentence_else_after_a_word() -> None:
    sentences = "A gold frame lies on a stone. " * 20
    assert judge(sentences, "", "x") == (sentences[: 30 * 8 - 1], "alt-too-long")
    words, code = judge("gold " * 100, "", "x")
    assert (words[-5:], code) == ("gold…", "alt-too-long")
    assert judge("x" * 400, "", "y") == ("x" * (LONGEST - 1) + "…", "alt-too-long")


@given(st.text(max_size=400), st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_judged(alt: str, source: str, title: str) -> None:
    text, code = judge(alt, source, title)
    assert len(text) <= LONGEST
    assert text == text.strip()
    if text:
        assert judge(text, source, title)[0] == text
    else:
        assert code in ("alt-missing", "alt-meaningless", None)


def product(*alts: str, status: Status = Status.ACTIVE) -> Product:
    pictures = tuple(Picture(source=f"{number}.jpg", alt=alt) for number, alt in enumerate(alts))
    return Product(handle="copse", title="Copse", pictures=pictures, status=status)


def test_each_kind_is_reported_once_with_its_count_and_first_places() -> None:
    texts = AlternativeTexts()
    kept = texts.judged(product("image.jpg", "", "", "", "", "Gold frame"))
    assert [picture.alt for picture in kept.pictures] == ["", "", "", "", "", "Gold frame"]
    found = list(texts.faults())
    assert [(fault.code, fault.column, fault.value) for fault in found] == [
        ("alt-missing", "alt", "4 pictures: copse, picture 2; copse, picture 3; copse, picture 4"),
        ("alt-meaningless", "alt", "1 pictures: copse, picture 1"),
    ]
    assert found[0].message.startswith("Of 6 pictures, 4 have no alternative text. First: copse, picture 2; ")


def test_good_texts_and_hidden_products_are_left_as_they_are() -> None:
    texts, good, hidden = AlternativeTexts(), product("Gold frame"), product("image", status=Status.DRAFT)
    assert texts.judged(good) is good
    assert texts.judged(hidden) is hidden
    assert list(texts.faults()) == []
