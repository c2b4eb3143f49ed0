"""Prepared pictures: as JSON, joined from two recipes, and which of their files are worth publishing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits

PHOTO = Traits(transparent=False, drawing=False)


def file(kind: str, width: int, size: int) -> Rendition:
    return Rendition(kind, width, width * 2 // 3, size, f"{kind}-{width}-{size}")


def picture(*files: Rendition) -> PreparedPicture:
    return PreparedPicture(1600, 1200, "#fafafa", files, "jpeg", 250_000, PHOTO)


def names(files: tuple[Rendition, ...]) -> list[tuple[str, int]]:
    return [(each.format, each.width) for each in files]


def test_a_picture_travels_as_json_unchanged() -> None:
    one = PreparedPicture(
        600,
        400,
        "#fafafa",
        (Rendition("webp", 320, 213, 4_000, "3f9c0a1b2c3d4e5f-320.webp"),),
        "png",
        9_000,
        Traits(transparent=True, drawing=False),
        stand_in=True,
    )
    assert one.as_json() == (
        b'{"width":600,"height":400,"color":"#fafafa","renditions":[{"format":"webp","width":320,"height":213,'
        b'"bytes":4000,"name":"3f9c0a1b2c3d4e5f-320.webp"}],"kind":"png","source_bytes":9000,'
        b'"traits":{"transparent":true,"drawing":false},"stand_in":true}'
    )
    assert PreparedPicture.from_json(one.as_json()) == one


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"renditions":3}', b'{"renditions":[{}]}', b'{"renditions":[],"traits":{}}']
)
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        PreparedPicture.from_json(data)


def test_two_recipes_join_into_one_picture_best_format_first() -> None:
    first = picture(file("webp", 320, 6), file("webp", 1024, 40), file("jpeg", 1024, 60))
    rest = picture(file("avif", 320, 5), file("webp", 1600, 80), file("jpeg", 320, 8))
    assert names(first.joined(rest).renditions) == [
        ("avif", 320),
        ("webp", 320),
        ("webp", 1024),
        ("webp", 1600),
        ("jpeg", 320),
        ("jpeg", 1024),
    ]


def test_a_format_that_is_smaller_everywhere_is_shown() -> None:
    whole = picture(file("avif", 320, 5), file("avif", 768, 20), file("webp", 320, 6), file("webp", 768, 25))
    assert whole.shown == whole.renditions


def test_a_format_that_is_not_smaller_at_one_width_is_left_out() -> None:
    whole = picture(file("avif", 320, 6), file("avif", 768, 20), file("webp", 320, 6), file("webp", 768, 25))
    assert names(whole.shown) == [("webp", 320), ("webp", 768)]


def test_each_format_is_held_against_the_next_one_that_is_shown() -> None:
    whole = picture(file("avif", 320, 7), file("webp", 320, 9), file("jpeg", 320, 8))
    assert names(whole.shown) == [("avif", 320), ("jpeg", 320)]


def test_a_format_with_smaller_widths_is_worth_it_whatever_its_bytes() -> None:
    whole = picture(file("webp", 320, 9), file("webp", 1024, 90), file("png", 1024, 60))
    assert whole.shown == whole.renditions


SIZES = st.lists(st.integers(1, 50), min_size=3, max_size=3)


@given(SIZES, SIZES, SIZES)
def test_what_is_shown_is_ever_smaller_and_ends_with_the_fallback(avif: list[int], webp: list[int], jpeg: list[int]):
    widths = (320, 768, 1600)
    files = [
        file(kind, width, size)
        for kind, sizes in (("avif", avif), ("webp", webp), ("jpeg", jpeg))
        for width, size in zip(widths, sizes, strict=True)
    ]
    groups = [[each for each in picture(*files).shown if each.format == kind] for kind in ("avif", "webp", "jpeg")]
    kept = [group for group in groups if group]
    assert [each.width for group in kept for each in group] == [*widths] * len(kept)
    assert kept[-1][0].format == "jpeg"
    for better, plainer in pairwise(kept):
        assert all(one.bytes < other.bytes for one, other in zip(better, plainer, strict=True))
