"""What a share picture is made of, and what it is kept under."""

from dataclasses import asdict, replace

import pytest

from shopwright.asset_pipeline.share import ShareLook, ShareOrder, share_source

ORDER = ShareOrder("aa-1024.jpg", "#ffffff", ShareLook("#1f5c4d", "bb-320.png"))


def test_an_order_travels_as_json():
    assert ShareOrder.from_fields(asdict(ORDER)) == ORDER


def test_everything_that_changes_the_picture_changes_its_key():
    others = [
        replace(ORDER, source="cc-1024.jpg"),
        replace(ORDER, panel="#fffffe"),
        replace(ORDER, look=ShareLook("#1f5c4e", "bb-320.png")),
        replace(ORDER, look=ShareLook("#1f5c4d")),
    ]
    assert len({ORDER.key, *(other.key for other in others)}) == 5
    assert ORDER.key == replace(ORDER).key


@pytest.mark.parametrize(
    ("widths", "chosen"), [((320,), 320), ((320, 768, 1024, 1920), 1024), ((1600,), 1600), ((900, 1920), 900)]
)
def test_the_fallback_is_taken_as_wide_as_it_need_be(widths, chosen):
    best = [{"format": "webp", "width": 1024, "name": "no"}]
    fallback = [{"format": "jpeg", "width": width, "name": f"{width}"} for width in widths]
    assert share_source(best + fallback) == f"{chosen}"
