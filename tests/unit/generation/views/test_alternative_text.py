"""Alternative texts made from a product's data."""

from typing import Any

from tests.unit.generation.records import editions, plain, product, site, variant

from shopwright.generation.views.alternative_text import gallery_texts


def texts(record: dict[str, Any], sources: list[str], locale: str = "en") -> list[str]:
    return gallery_texts(record, sources, editions(site())[locale])


def test_a_text_names_the_product_what_it_is_and_the_view() -> None:
    record = plain(product_type="Spectacles")
    assert texts(record, ["a.jpg", "b.jpg"]) == ["Luna, Spectacles", "Luna, Spectacles, picture 2"]
    assert texts(plain(), ["a.jpg"]) == ["Luna"]


def test_what_the_title_already_says_is_not_said_twice() -> None:
    assert texts(plain(title="Luna Spectacles", product_type="Spectacles"), ["a.jpg"]) == ["Luna Spectacles"]


def test_a_picture_of_one_colour_is_named_after_it() -> None:
    record = product(
        variants=[
            variant("black", picture="black.jpg", color={"name": "Black"}),
            variant("gold", picture="gold.jpg", color={"name": "Gold"}),
            variant("pair", picture="both.jpg", color={"name": "Gold"}),
            variant("twin", picture="both.jpg", color={"name": "Black"}),
        ]
    )
    assert texts(record, ["black.jpg", "gold.jpg", "both.jpg"]) == [
        "Luna, Black",
        "Luna, Gold, picture 2",
        "Luna, picture 3",
    ]


def test_the_catalogues_text_serves_in_its_own_language_else_one_is_made() -> None:
    pictures = [{"source": "a.jpg", "alt": "A frame on a stone"}]
    translated = plain(pictures=pictures, translations={"de": {"title": "Mond", "terms": {"Spectacles": "Brille"}}},
                       product_type="Spectacles")  # fmt: skip
    assert texts(translated, ["a.jpg"]) == ["A frame on a stone"]
    assert texts(translated, ["a.jpg"], "de") == ["Mond, Brille"]
    assert texts(plain(pictures=pictures), ["a.jpg"], "de") == ["A frame on a stone"]
