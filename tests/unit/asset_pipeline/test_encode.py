"""Pictures in, renditions out: sizes, colours, metadata, and what hostile files get."""

import base64
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.encode import Kitchen, harden, prepare
from shopwright.asset_pipeline.recipe import LIMITS, PUBLISHABLE, Output, Recipe, tiers
from shopwright.asset_pipeline.rendition import PreparedPicture, Traits
from shopwright.errors import PictureError

Make = Callable[..., pyvips.Image]


@pytest.fixture(scope="module", autouse=True)
def hardened() -> None:
    harden()


@pytest.fixture
def shelf() -> dict[str, bytes]:
    return {}


SHADED = """<radialGradient id="a"><stop stop-color="#fee"/><stop offset="1" stop-color="#235"/></radialGradient>
<rect width="100" height="50" fill="url(#a)"/><circle cx="30" cy="20" r="19" fill="url(#a)"/>"""


def png(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG written by hand, so that it can lie."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def svg(inside: str, size: str = 'width="100" height="50"', before: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {size}>{inside}</svg>".encode()


def made(data: bytes, shelf: dict[str, bytes], recipe: Recipe = PUBLISHABLE) -> PreparedPicture:
    return prepare(data, Kitchen(recipe, shelf.__setitem__))


def shown(picture: PreparedPicture, shelf: dict[str, bytes], number: int = -1) -> pyvips.Image:
    return pyvips.Image.new_from_buffer(shelf[picture.renditions[number].name], "")


def refusal(data: bytes, **limits: int) -> PictureError:
    with pytest.raises(PictureError) as refused:
        prepare(data, Kitchen(PUBLISHABLE, lambda name, encoded: None, limits=replace(LIMITS, **limits)))
    return refused.value


def test_a_large_photo_becomes_the_whole_recipe(make_photo: Make, shelf: dict[str, bytes]) -> None:
    picture = made(make_photo(1600, 1200).jpegsave_buffer(Q=90), shelf)
    assert (picture.width, picture.height, picture.stand_in) == (1600, 1200, False)
    assert [(r.format, r.width, r.height) for r in picture.renditions] == [
        ("webp", 320, 240),
        ("webp", 768, 576),
        ("webp", 1024, 768),
        ("jpeg", 1024, 768),
    ]
    for number, rendition in enumerate(picture.renditions):
        file = shown(picture, shelf, number)
        assert (file.width, file.height, len(shelf[rendition.name])) == (
            rendition.width,
            rendition.height,
            rendition.bytes,
        )
        assert file.get("vips-loader") == f"{rendition.format}load_buffer"
        assert rendition.name.endswith(
            f"-{rendition.width}.{ {'jpeg': 'jpg'}.get(rendition.format, rendition.format) }"
        )


def test_a_small_photo_is_not_made_larger(make_photo: Make, shelf: dict[str, bytes]) -> None:
    picture = made(make_photo(600, 400).jpegsave_buffer(), shelf)
    assert [(r.format, r.width, r.height) for r in picture.renditions] == [
        ("webp", 320, 213),
        ("webp", 600, 400),
        ("jpeg", 600, 400),
    ]


def test_the_colours_survive(make_photo: Make, shelf: dict[str, bytes]) -> None:
    source = make_photo(1600, 1200)
    picture = made(source.jpegsave_buffer(Q=95), shelf)
    for number, rendition in enumerate(picture.renditions):
        wanted = source.thumbnail_image(rendition.width)
        assert (shown(picture, shelf, number) - wanted).abs().avg() < 2.5


def test_each_format_gets_its_own_quality(make_photo: Make, shelf: dict[str, bytes]) -> None:
    busy = make_photo(640, 480) + pyvips.Image.gaussnoise(640, 480, sigma=12, seed=1)
    data = busy.cast("uchar").copy(interpretation="srgb").pngsave_buffer()
    sizes = {}
    for quality in (40, 90):
        recipe = Recipe(tuple(Output(name, (640,), quality, 0) for name in ("avif", "webp", "jpeg")))
        sizes[quality] = [rendition.bytes for rendition in made(data, shelf, recipe).renditions]
    assert all(better > 1.8 * worse for worse, better in zip(sizes[40], sizes[90], strict=True))


def test_the_same_bytes_give_the_same_files(jpeg: bytes, shelf: dict[str, bytes]) -> None:
    again: dict[str, bytes] = {}
    assert made(jpeg, shelf) == made(jpeg, again)
    assert shelf == again


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation_is_applied_and_gone(make_photo: Make, shelf: dict[str, bytes], orientation: int) -> None:
    upright = make_photo(80, 40)
    undo = {
        1: lambda image: image,
        2: lambda image: image.fliphor(),
        3: lambda image: image.rot180(),
        4: lambda image: image.flipver(),
        5: lambda image: image.rot90().fliphor(),
        6: lambda image: image.rot270(),
        7: lambda image: image.rot270().fliphor(),
        8: lambda image: image.rot90(),
    }
    stored = undo[orientation](upright).copy()
    stored.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    picture = made(stored.jpegsave_buffer(Q=95), shelf)
    assert (picture.width, picture.height) == (80, 40)
    assert (shown(picture, shelf) - upright).abs().avg() < 4
    assert not shown(picture, shelf).get_typeof("orientation")


def test_no_metadata_is_published(make_photo: Make, shelf: dict[str, bytes]) -> None:
    tagged = make_photo(400, 300).copy()
    tagged.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "52/1 30/1 0/1")
    tagged.set_type(pyvips.GValue.blob_type, "xmp-data", b"<x:xmpmeta>secret place</x:xmpmeta>")
    data = tagged.jpegsave_buffer(profile="srgb")
    assert b"secret place" in data
    picture = made(data, shelf)
    for number in range(len(picture.renditions)):
        fields = shown(picture, shelf, number).get_fields()
        assert not [field for field in fields if field.startswith(("exif", "xmp", "iptc", "icc"))]
    assert not any(b"secret place" in file for file in shelf.values())


def test_other_colour_spaces_become_srgb(make_photo: Make, shelf: dict[str, bytes]) -> None:
    source = make_photo(200, 100)
    wide = source.icc_export(output_profile="p3")
    cmyk = source.icc_export(output_profile="cmyk")
    deep = source.colourspace("rgb16")
    for data in (
        wide.jpegsave_buffer(Q=98),
        cmyk.jpegsave_buffer(Q=98),
        cmyk.copy().jpegsave_buffer(Q=98, keep="none"),
        deep.pngsave_buffer(),
    ):
        file = shown(made(data, shelf), shelf)
        assert (file.bands, file.format, file.interpretation) == (3, "uchar", "srgb")
        assert (file - source).abs().avg() < 14  # CMYK cannot hold every colour


def test_wide_gamut_is_converted_not_relabelled(make_photo: Make, shelf: dict[str, bytes]) -> None:
    source = make_photo(200, 100)
    file = shown(made(source.icc_export(output_profile="p3").pngsave_buffer(), shelf), shelf)
    assert (file - source).abs().avg() < 3


def test_a_broken_colour_profile_costs_only_the_profile(make_photo: Make, shelf: dict[str, bytes]) -> None:
    source = make_photo(200, 100).copy()
    source.set_type(pyvips.GValue.blob_type, "icc-profile-data", b"no profile at all" * 20)
    file = shown(made(source.jpegsave_buffer(Q=95), shelf), shelf)
    assert (file - source).abs().avg() < 3


def test_grey_and_one_bit_pictures_become_srgb(make_photo: Make, shelf: dict[str, bytes]) -> None:
    grey = make_photo(64, 64)[0]
    for data in (
        grey.jpegsave_buffer(),
        (grey > 128).pngsave_buffer(bitdepth=1),
        png(8, 2, b"\0\xff\0\xff", depth=1, colour=0),
    ):
        assert shown(made(data, shelf), shelf).bands == 3


def test_alpha_that_is_used_is_kept(make_photo: Make, shelf: dict[str, bytes]) -> None:
    hole = pyvips.Image.black(200, 120).draw_rect(255, 50, 0, 150, 120, fill=True)
    picture = made(make_photo().bandjoin(hole).pngsave_buffer(), shelf)
    assert [(r.format, r.name[-4:]) for r in picture.renditions] == [("webp", "webp"), ("png", ".png")]
    for number in range(2):
        alpha = shown(picture, shelf, number)[3]
        assert (alpha(10, 60), alpha(150, 60)) == ([0.0], [255.0])


def test_alpha_that_hides_nothing_is_dropped(make_photo: Make, shelf: dict[str, bytes]) -> None:
    picture = made(make_photo().bandjoin(255).pngsave_buffer(), shelf)
    assert [r.format for r in picture.renditions] == ["webp", "jpeg"]
    assert shown(picture, shelf, 0).bands == 3


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_of_an_animation_the_first_frame_is_shown(suffix: str, shelf: dict[str, bytes]) -> None:
    frames = [pyvips.Image.black(40, 30, bands=3) + shade for shade in (200, 100, 0)]
    film = pyvips.Image.arrayjoin(frames, across=1).cast("uchar").copy(interpretation="srgb")
    film.set_type(pyvips.GValue.gint_type, "page-height", 30)
    picture = made(film.write_to_buffer(suffix), shelf)
    assert (picture.width, picture.height) == (40, 30)
    assert abs(shown(picture, shelf).avg() - 200) < 3


def test_avif_is_read_and_written(make_photo: Make, shelf: dict[str, bytes]) -> None:
    data = make_photo().heifsave_buffer(compression="av1", effort=0)
    picture = made(data, shelf, Recipe((Output("avif", (100,), 60), Output("jpeg", (200,), 76))))
    assert [(r.format, r.width) for r in picture.renditions] == [("avif", 100), ("jpeg", 200)]


def test_the_placeholder_is_the_most_frequent_colour(shelf: dict[str, bytes]) -> None:
    white = (pyvips.Image.black(300, 300, bands=3) + 250).cast("uchar").copy(interpretation="srgb")
    product = white.draw_rect([200, 20, 20], 100, 100, 90, 90, fill=True)
    assert made(product.pngsave_buffer(), shelf).color == "#fafafa"
    clear = product.bandjoin(pyvips.Image.black(300, 300))
    assert made(clear.pngsave_buffer(), shelf).color == "#ffffff"  # as on white paper


def test_an_svg_is_drawn_as_wide_as_a_photo(shelf: dict[str, bytes]) -> None:
    picture = made(svg(SHADED), shelf)
    assert (picture.width, picture.height, picture.kind) == (1600, 800, "svg")
    assert [(r.format, r.width, r.height) for r in picture.renditions] == [
        ("webp", 320, 160),
        ("webp", 768, 384),
        ("webp", 1024, 512),
        ("jpeg", 1024, 512),
    ]


def test_flat_colours_stay_sharp(shelf: dict[str, bytes]) -> None:
    """A logo is smaller without loss, and PNG does not blur it as JPEG does."""
    picture = made(
        svg('<rect width="100" height="50" fill="#0000ff"/><path d="M5 5h50v9h-9v20H5z" fill="red"/>'), shelf
    )
    assert picture.traits == Traits(transparent=False, drawing=True)
    assert [(r.format, r.width) for r in picture.renditions] == [
        ("webp", 320),
        ("webp", 768),
        ("webp", 1024),
        ("png", 1024),
    ]
    lossless, png = shown(picture, shelf, 2), shown(picture, shelf)
    assert lossless(900, 400) == png(900, 400) == [0, 0, 255]
    assert (lossless - png).abs().avg() < 0.2


def test_the_rest_follows_what_the_first_recipe_found(shelf: dict[str, bytes]) -> None:
    rest = tiers().rest
    assert rest is not None
    logo = svg('<rect width="100" height="50" fill="#0000ff"/>')
    first = made(logo, shelf)
    second = prepare(logo, Kitchen(rest, shelf.__setitem__, traits=first.traits))
    assert [(r.format, r.width) for r in first.joined(second).renditions] == [
        *(("webp", width) for width in (320, 768, 1024, 1600)),
        *(("png", width) for width in (320, 768, 1024, 1600)),
    ]


def test_a_photo_becomes_every_format_at_every_width_once(make_photo: Make, shelf: dict[str, bytes]) -> None:
    """An original of 1600 pixels gives 1600 where 1920 are asked for, and the second tier repeats nothing."""
    rest = tiers().rest
    assert rest is not None
    data = make_photo(1600, 1200).jpegsave_buffer(Q=90)
    first = made(data, shelf)
    second = prepare(data, Kitchen(rest, shelf.__setitem__, traits=first.traits))
    whole = first.joined(second)
    assert [(r.format, r.width) for r in whole.renditions] == [
        (name, width) for name in ("avif", "webp", "jpeg") for width in (320, 768, 1024, 1600)
    ]
    assert (whole.kind, whole.source_bytes) == ("jpeg", len(data))
    for number, rendition in enumerate(whole.renditions):
        file = shown(whole, shelf, number)
        assert (file.width, file.get("vips-loader")) == (
            rendition.width,
            {"avif": "heifload_buffer"}.get(rendition.format, f"{rendition.format}load_buffer"),
        )


@pytest.mark.parametrize(
    ("save", "bytes_per_pixel"),
    [
        (lambda image: image.jpegsave_buffer(), 3),
        (lambda image: image.jpegsave_buffer(interlace=True), 6),
        (lambda image: image.pngsave_buffer(), 8),
        (lambda image: image.colourspace("rgb16").pngsave_buffer(), 16),
        (lambda image: image.webpsave_buffer(), 6),
        (lambda image: image.gifsave_buffer(), 8),
        (lambda image: image.heifsave_buffer(compression="av1", effort=0), 16),
    ],
)
def test_before_decoding_the_memory_is_asked_for(make_photo: Make, save: Callable[..., bytes], bytes_per_pixel: int):
    asked: list[int] = []
    data = save(make_photo(200, 120))
    prepare(data, Kitchen(PUBLISHABLE, lambda name, encoded: None, asked.append))
    assert asked == [200 * 120 * bytes_per_pixel + len(data)]


def test_a_drawing_reaches_no_file_and_runs_no_script(
    tmp_path: Path, make_photo: Make, shelf: dict[str, bytes]
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes((make_photo() * 0 + 255).cast("uchar").pngsave_buffer())
    pictures = "".join(
        f'<image width="100" height="50" {name}="{address}"/>'
        for name in ("href", "xlink:href")
        for address in (secret, f"file://{secret}", "secret.png", "http://127.0.0.1:9/x.png")
    )
    inside = f'<rect width="100" height="50"/>{pictures}<script>document.x=1</script>'
    picture = made(svg(inside), shelf)
    assert picture.color == "#000000"
    assert shown(picture, shelf).max() < 20
    assert not any(b"script" in file for file in shelf.values())


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (png(50_000, 50_000, b"\0" * 1000), "picture too large: 50,000 × 50,000 pixels"),
        (png(20_000, 10, b"\0" * 1000), "picture too large: 20,000 × 10 pixels"),
        (svg("", 'width="1" height="1000"'), "picture too large: 1,600 × 1,600,000 pixels"),
        (b"", "not a picture: the file is empty"),
        (b"just text", "not a picture: the file begins with b'just tex'"),
        (b"GIF89a" + b"\xff" * 500, "picture truncated: the GIF cannot be decoded"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 500, "picture truncated: the PNG cannot be decoded"),
        (svg("", 'width="0" height="0"'), "picture broken: the SVG cannot be decoded"),
        (svg("<g>" * 9000 + "</g>" * 9000), "picture broken: the SVG cannot be decoded"),
        (svg("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "picture broken"),
        (
            svg(
                "<text>&f;</text>",
                before='<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxxxxxxxx">'
                + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcde", "bcdef", strict=True))
                + "]>",
            ),
            "picture broken: the SVG cannot be decoded",
        ),
    ],
)
def test_hostile_files_are_refused_with_a_reason(data: bytes, complaint: str) -> None:
    assert refusal(data).what.startswith(complaint)
    assert refusal(data).remedy


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_truncated_photo_is_refused(make_photo: Make, suffix: str, share: float) -> None:
    busy = (make_photo(300, 300) + pyvips.Image.gaussnoise(300, 300, sigma=9, seed=1)).cast("uchar")
    data = busy.copy(interpretation="srgb").write_to_buffer(suffix)
    assert refusal(data[: int(len(data) * share)]).what.startswith("picture truncated: ")


def test_a_truncated_avif_is_refused(make_photo: Make) -> None:
    data = make_photo().heifsave_buffer(compression="av1", effort=0)
    assert refusal(data[: len(data) * 2 // 3]).what.startswith("picture ")


def test_a_bomb_inside_a_drawing_stays_inside(shelf: dict[str, bytes]) -> None:
    bomb = base64.b64encode(png(30_000, 30_000, b"\0" * 100_000)).decode()
    picture = made(svg(f'<image width="100" height="50" href="data:image/png;base64,{bomb}"/>'), shelf)
    assert picture.color == "#ffffff"


def test_files_past_the_byte_limits_are_refused(jpeg: bytes) -> None:
    assert refusal(jpeg, file_bytes=1000).what == f"picture too large: {len(jpeg):,} bytes."
    assert refusal(svg("<g/>" * 300), svg_bytes=1000).what.startswith("picture too large: 1,3")
    assert refusal(jpeg, pixels=200 * 120 - 1).remedy == "At most 23,999 pixels, and 16,383 a side, are read."


def test_running_out_of_memory_is_told_as_such(jpeg: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*words: object, **options: object) -> None:
        raise pyvips.Error("unable to call VipsForeignLoadHeif", "heif: Memory allocation error")

    monkeypatch.setattr("shopwright.asset_pipeline.encode._decode", exhausted)
    assert refusal(jpeg).what == "picture too large: decoding it takes too much memory."


def test_only_the_decoders_in_use_are_left(make_photo: Make) -> None:
    tiff = make_photo().tiffsave_buffer()
    with pytest.raises(pyvips.Error):
        pyvips.Image.new_from_buffer(tiff, "")


@given(st.data())
@settings(max_examples=40)
def test_a_damaged_photo_is_prepared_or_refused(jpeg: bytes, data: st.DataObject) -> None:
    damaged = bytearray(jpeg)
    for place in data.draw(st.lists(st.integers(3, len(jpeg) - 1), min_size=1, max_size=8)):
        damaged[place] ^= data.draw(st.integers(1, 255))
    try:
        picture = prepare(bytes(damaged), Kitchen(PUBLISHABLE, lambda name, encoded: None))
    except PictureError as error:
        assert error.what.startswith(("picture ", "not a picture"))  # noqa: PT017 - both ends are right
    else:
        assert picture.renditions[-1].format in {"jpeg", "png"}
