"""Prepared pictures as templates see them."""

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.generation.records import PICTURE, editions, site

from shopwright.generation.views.picture import picture_view, placeholder, placeholder_styles


def test_one_source_per_format_narrow_to_wide():
    assert picture_view(PICTURE, "A frame", editions()["de"]) == {
        "width": 640,
        "height": 480,
        "alt": "A frame",
        "placeholder": "210",
        "sources": [
            {
                "type": "image/webp",
                "srcset": "/assets/pictures/aa-320.webp 320w, /assets/pictures/bb-640.webp 640w",
                "src": "/assets/pictures/bb-640.webp",
            },
            {
                "type": "image/jpeg",
                "srcset": "/assets/pictures/cc-640.jpg 640w",
                "src": "/assets/pictures/cc-640.jpg",
            },
        ],
    }


def test_a_site_below_a_path_finds_its_pictures():
    view = picture_view(PICTURE, "", editions(site(url="https://shop.example/sub"))["en"])
    assert view["sources"][1]["src"] == "/sub/assets/pictures/cc-640.jpg"


def test_a_linked_picture_is_shown_from_where_it_is():
    view = picture_view({"remote": "https://cdn.example/a.jpg"}, "A", editions()["en"])
    assert view["sources"] == [{"type": "", "srcset": "", "src": "https://cdn.example/a.jpg"}]
    assert (view["width"], view["height"], view["placeholder"]) == (1024, 1024, "333 linked")
    assert placeholder_styles().startswith(".linked{aspect-ratio:1;object-fit:contain}")


def test_the_colours_of_places():
    assert [placeholder(color) for color in ("#000000", "#ffffff", "#804020", "#2a2b7f")] == [
        "000",
        "333",
        "210",
        "011",
    ]


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_every_colour_has_a_class(color):
    assert f".ph-{placeholder(color)}{{" in STYLES


STYLES = placeholder_styles()


def test_classes_are_64_different_colours():
    assert len(set(re.findall(r"#[0-9a-f]{6}", STYLES))) == 64
    assert ".ph-012{background-color:#0055aa}" in STYLES
