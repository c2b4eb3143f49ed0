"""Share pictures as they are drawn: size, frame, ground, logo, bytes."""

from collections.abc import Callable

import pytest
import pyvips

from shopwright.asset_pipeline.share import HEIGHT, MAX_BYTES, WIDTH, ShareLook, ShareOrder
from shopwright.asset_pipeline.share_card import draw_share
from shopwright.errors import PictureError

GREEN, RED = "#1f5c4d", [200, 30, 30]


def drawn(data: bytes, background: str = GREEN, panel: str = "#ffffff", logo: bytes | None = None) -> pyvips.Image:
    bytes_of = draw_share(data, ShareOrder("x", panel, ShareLook(background, "x" if logo else "")), logo)
    assert len(bytes_of) <= MAX_BYTES
    image = pyvips.Image.new_from_buffer(bytes_of, "")
    assert (image.width, image.height, image.bands, image.interpretation) == (WIDTH, HEIGHT, 3, "srgb")
    assert not image.get_typeof("exif-data")
    assert not image.get_typeof("icc-profile-data")
    return image


def solid(width: int, height: int, color: list[int]) -> pyvips.Image:
    plain = pyvips.Image.black(width, height, bands=len(color)) + color
    return plain.cast("uchar").copy(interpretation="srgb")


def is_near(pixel: list[float], color: list[int]) -> bool:
    return all(abs(one - other) <= 6 for one, other in zip(pixel, color, strict=True))


def test_a_picture_stands_whole_in_a_frame_of_the_brands_colour() -> None:
    image = drawn(solid(600, 600, RED).pngsave_buffer())
    assert is_near(image(5, 5), [0x1F, 0x5C, 0x4D])
    assert is_near(image(WIDTH // 2, HEIGHT // 2), RED)


def test_a_plain_ground_goes_on_to_the_frame() -> None:
    assert is_near(drawn(solid(600, 600, RED).pngsave_buffer())(30, HEIGHT // 2), RED)


def test_a_ground_that_cannot_go_on_gives_way_to_the_pictures_own_colour() -> None:
    noise = pyvips.Image.gaussnoise(600, 600, sigma=60, mean=128, seed=7).cast("uchar")
    image = drawn(noise.bandjoin([noise, noise]).copy(interpretation="srgb").pngsave_buffer(), panel="#c81e1e")
    assert is_near(image(30, HEIGHT // 2), RED)


def test_a_wide_picture_goes_on_above_and_below() -> None:
    assert is_near(drawn(solid(1200, 300, RED).pngsave_buffer())(WIDTH // 2, 30), RED)


def test_what_is_cut_out_of_its_ground_stands_on_white_with_room() -> None:
    image = drawn(solid(600, 600, [*RED, 255]).pngsave_buffer(), panel="#000000")
    assert is_near(image(30, HEIGHT // 2), [255, 255, 255])
    assert is_near(image(WIDTH // 2, 40), [255, 255, 255])
    assert is_near(image(WIDTH // 2, HEIGHT // 2), RED)


def test_a_store_without_a_colour_has_no_frame() -> None:
    assert is_near(drawn(solid(600, 600, RED).pngsave_buffer(), background="")(2, 2), RED)


def test_a_small_picture_is_at_most_doubled() -> None:
    image = drawn(solid(40, 40, RED).pngsave_buffer(), panel="#ffffff", background="")
    assert is_near(image(WIDTH // 2, HEIGHT // 2), RED)


def test_the_logo_stands_in_the_corner_on_light_ground() -> None:
    logo = solid(240, 56, [0, 0, 200]).pngsave_buffer()
    image = drawn(solid(600, 600, [0, 0, 0]).jpegsave_buffer(Q=95), logo=logo)
    assert is_near(image(180, HEIGHT - 100), [0, 0, 200])
    assert min(image(62, HEIGHT - 100)) > 200
    assert is_near(image(WIDTH - 180, HEIGHT - 100), [0, 0, 0])


def test_the_same_bytes_every_time(make_photo: Callable[..., pyvips.Image]) -> None:
    data, order = make_photo(800, 600).jpegsave_buffer(), ShareOrder("x", "#ffffff", ShareLook(GREEN))
    assert draw_share(data, order, None) == draw_share(data, order, None)


def test_a_picture_that_is_hard_to_encode_is_encoded_smaller() -> None:
    noise = pyvips.Image.gaussnoise(1200, 600, sigma=90, mean=128, seed=3).cast("uchar")
    drawn(noise.bandjoin([noise.rot180(), noise.fliphor()]).copy(interpretation="srgb").jpegsave_buffer(Q=95))


@pytest.mark.parametrize("broken", [b"words", b"\xff\xd8\xff\xe0 no more"])
def test_what_is_no_picture_is_refused(broken: bytes) -> None:
    with pytest.raises(PictureError, match="share picture not drawn"):
        draw_share(broken, ShareOrder("x", "#ffffff", ShareLook()), None)
