"""Prepared pictures as JSON."""

import pytest

from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition

PICTURE = PreparedPicture(
    600, 400, "#fafafa", (Rendition("webp", 320, 213, 4_000, "3f9c0a1b2c3d4e5f-320.webp"),), stand_in=True
)


def test_a_picture_travels_as_json_unchanged() -> None:
    assert PICTURE.as_json() == (
        b'{"width":600,"height":400,"color":"#fafafa","renditions":[{"format":"webp","width":320,"height":213,'
        b'"bytes":4000,"name":"3f9c0a1b2c3d4e5f-320.webp"}],"stand_in":true}'
    )
    assert PreparedPicture.from_json(PICTURE.as_json()) == PICTURE


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"renditions":3}', b'{"renditions":[{}]}', b'{"renditions":[]}'])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        PreparedPicture.from_json(data)
