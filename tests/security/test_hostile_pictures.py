"""Hostile pictures against a whole build: none ends it, none passes the memory limit, each costs only itself."""

import base64
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stores.small import NOW, product, write_source

from shopwright.asset_pipeline.recipe import LIMITS
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.asset_pipeline.workshop import PictureOrder, PictureRequest, PictureWorkshop
from shopwright.performance.command import measure_command

GOOD_WIDTH = 90


def photo(width: int = GOOD_WIDTH, height: int = 60, bands: int = 3) -> pyvips.Image:
    noise = pyvips.Image.gaussnoise(width, height, mean=128, sigma=20, seed=1)
    return noise.bandjoin([noise * (part / 4) for part in range(1, bands)]).cast("uchar").copy(interpretation="srgb")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, packed: bytes, *, extra: bytes = b"", depth: int = 8, interlace: int = 0) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, interlace))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def zeros(size: int) -> bytes:
    """Many zero bytes, packed, without ever holding them."""
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    packed = [packer.compress(piece) for _ in range(size >> 20)]
    return b"".join(packed) + packer.compress(bytes(size & 0xFFFFF)) + packer.flush()


def svg(inside: str, before: str = "", size: str = 'width="90" height="60"') -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'.encode()


def long_film() -> bytes:
    frames = pyvips.Image.arrayjoin([photo(40, 30) for _ in range(60)], across=1).copy()
    frames.set_type(pyvips.GValue.gint_type, "page-height", 30)
    data: bytes = frames.gifsave_buffer()
    return data


def with_profile(profile: bytes) -> bytes:
    image = photo().copy()
    image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    data: bytes = image.jpegsave_buffer()
    return data


def jpeg_with_segments(count: int) -> bytes:
    data: bytes = photo().jpegsave_buffer()
    segment = b"\xff\xe1" + struct.pack(">H", 65_535) + b"x" * 65_533
    return data[:2] + segment * count + data[2:]


LONG_TEXT = chunk(b"tEXt", b"k\0" + b"x" * 3_000_000)

REFUSED: dict[str, Callable[[], bytes]] = {
    "fifty-thousand-square.png": lambda: png(50_000, 50_000, b"x"),
    "bomb.png": lambda: png(16_000, 16_000, zeros(64 << 20)),
    "thin-bomb.png": lambda: png(1, 60_000, zeros(240_000)),
    "most-pixels-then-nothing.png": lambda: png(7_000, 7_000, zeros(1 << 20), interlace=1),
    "truncated.jpg": lambda: photo(300, 300).jpegsave_buffer()[:4_000],
    "truncated.webp": lambda: photo(300, 300).webpsave_buffer()[:4_000],
    "truncated.avif": lambda: photo(300, 300).heifsave_buffer(compression="av1")[:900],
    "words.jpg": lambda: b"these are words",
    "page.png": lambda: b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "tiff.jpg": lambda: photo().tiffsave_buffer(),
    "elf.gif": lambda: b"\x7fELF" + bytes(600),
    "empty.webp": lambda: b"",
    "zip-behind-gif-header.gif": lambda: b"GIF89a" + b"PK\x03\x04" * 200,
    "laughs.svg": lambda: svg(
        "<text>&f;</text>",
        '<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxxxxxxxx">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcde", "bcdef", strict=True))
        + "]>",
    ),
    "reads-a-file.svg": lambda: svg("<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "deep.svg": lambda: svg("<g>" * 9_000 + "</g>" * 9_000),
    "tall.svg": lambda: svg("", size='width="1" height="10000"'),
    "packed.svg": lambda: b"\x1f\x8b" + zlib.compress(svg("")),
    "heavy.jpg": lambda: b"\xff\xd8\xff" + bytes(LIMITS.file_bytes),
}
"""What is no picture, or would cost too much."""

SHOWN: dict[str, Callable[[], bytes]] = {
    "good.jpg": lambda: photo().jpegsave_buffer(),
    "a-png-in-truth.jpg": lambda: photo().pngsave_buffer(),
    "animated.gif": long_film,
    "cmyk.jpg": lambda: photo().icc_export(output_profile="cmyk").jpegsave_buffer(),
    "sixteen-bit.png": lambda: photo().colourspace("rgb16").pngsave_buffer(),
    "wide-gamut.png": lambda: photo().icc_export(output_profile="p3").pngsave_buffer(),
    "false-profile.jpg": lambda: with_profile(b"no profile" * 6_000),
    "much-metadata.jpg": lambda: jpeg_with_segments(60),
    "long-text.png": lambda: png(90, 60, zlib.compress((b"\0" + b"\x80" * 270) * 60), extra=LONG_TEXT),
    "script.svg": lambda: svg('<script>alert(1)</script><rect width="90" height="60" onclick="alert(1)"/>'),
    "names-a-file.svg": lambda: svg('<image href="file:///etc/hostname" width="90" height="60"/><g/>'),
    "bomb-inside.svg": lambda: svg(
        f'<image width="90" height="60" href="data:image/png;base64,'
        f'{base64.b64encode(png(30_000, 30_000, zeros(1 << 20))).decode()}"/>'
    ),
    "jpeg-and-script.jpg": lambda: photo().jpegsave_buffer() + b"<script>alert(document.domain)</script>",
    "jpeg-and-zip.jpg": lambda: photo().jpegsave_buffer() + b"PK\x03\x04" * 4_000,
    "comment-script.gif": lambda: photo().gifsave_buffer()[:-1] + b"\x21\xfe\x10<script>alert(1)\x00;",
}  # fmt: skip
"""Odd, or with a second nature; what is published of them is a picture and nothing else."""

_FILES = {**REFUSED, **SHOWN}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, object], int]]:
    """A store with every one of them built by the command: its site, its report, and the peak of the process tree."""
    folder = tmp_path_factory.mktemp("hostile")
    products = [
        product(name.replace(".", "-"), pictures=[{"source": f"pictures/{name}"}], variants=[])
        for name in (*_FILES, "gone.jpg")
    ]
    source = write_source(folder / "source", products, locales=["en"])
    for name, make in _FILES.items():
        (source / "pictures" / name).write_bytes(make())
    command = [sys.executable, "-m", "shopwright", "build", source, "--out", folder / "site", "--json", "--complete"]
    options = ["--date", NOW.date().isoformat(), "--workers", "2", "--theme", "atelier"]
    measured = measure_command(["env", f"SHOPWRIGHT_CACHE={folder / 'cache'}", *command, *options])
    assert (measured.status, measured.errors) == (0, "")
    return folder / "site", orjson.loads(measured.output), measured.peak_bytes


def unusable(report: dict[str, object]) -> dict[str, str]:
    faults = report["faults"]
    assert isinstance(faults, list)
    messages = (fault["message"] for fault in faults if fault["code"] in ("picture-unusable", "picture-incomplete"))
    return {message.partition(": ")[0].removeprefix("pictures/"): message for message in messages}


def test_each_costs_only_its_own_product_a_picture(built: tuple[Path, dict[str, object], int]) -> None:
    site, report, _ = built
    assert set(unusable(report)) == {*REFUSED, "gone.jpg"}
    for name in (*_FILES, "gone.jpg"):
        page = (site / "products" / name.replace(".", "-") / "index.html").read_text()
        assert "/assets/pictures/" in page


def test_each_has_a_clear_line_in_the_report(built: tuple[Path, dict[str, object], int]) -> None:
    for message in unusable(built[1]).values():
        what = message.partition(": ")[2]
        assert what.startswith(
            ("picture too large", "picture truncated", "picture broken", "not a picture", "picture missing")
        )
        assert "\n" not in message
        assert len(message) < 400


def test_no_picture_takes_more_memory_than_it_may(built: tuple[Path, dict[str, object], int]) -> None:
    assert built[2] < LIMITS.memory + 250_000_000  # one large picture at a time, and the build itself


def test_only_pictures_are_published(built: tuple[Path, dict[str, object], int]) -> None:
    files = list((built[0] / "assets" / "pictures").iterdir())
    assert len(files) > 20
    for file in files:
        data = file.read_bytes()
        assert file.suffix in {".avif", ".webp", ".jpg", ".png"}
        assert b"<script" not in data
        assert b"PK\x03\x04" not in data
        image = pyvips.Image.new_from_buffer(data, "")
        assert (image.interpretation, image.format) == ("srgb", "uchar")
        assert not [field for field in image.get_fields() if field.startswith(("exif", "xmp", "iptc", "icc-"))]


def test_two_pictures_of_the_most_pixels_stay_within_the_bound(tmp_path: Path) -> None:
    """Interlaced PNG of 49 megapixels must be decoded whole: two at once would take twice as much."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for shade in (1, 2):
        row = b"\0" + bytes([shade]) * 7_000 * 3
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(row) for _ in range(14_000)) + packer.flush()
        (folder / f"{shade}.png").write_bytes(png(7_000, 7_000, packed, interlace=1))
    program = (
        "import sys; from pathlib import Path\n"
        "from shopwright.asset_pipeline.tally import Tally\n"
        "from shopwright.asset_pipeline.tenant_cache import TenantCache\n"
        "from shopwright.asset_pipeline.workshop import PictureOrder, PictureRequest, PictureWorkshop\n"
        "folder = Path(sys.argv[1])\n"
        "with PictureWorkshop(TenantCache(folder / 'cache'), PictureOrder([folder / 'pictures'], 2)) as shop:\n"
        "    for _, _, error in shop.prepare([PictureRequest(f'{n}.png', 'x') for n in (1, 2)], Tally()):\n"
        "        print(error)\n"
    )
    measured = measure_command([sys.executable, "-c", program, tmp_path])
    assert measured.status == 0, measured.errors
    assert measured.peak_bytes < LIMITS.memory + 150_000_000


@pytest.mark.proof
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", range(25))
def test_a_build_killed_at_any_moment_leaves_a_good_cache(tmp_path: Path, seed: int) -> None:
    """kill -9 in the middle of either tier: what was finished is reused, the rest is made, and no file is broken."""
    kill_and_go_on(tmp_path, seed)


def test_a_killed_build_loses_only_the_pictures_in_work(tmp_path: Path) -> None:
    kill_and_go_on(tmp_path, 7)


def kill_and_go_on(folder: Path, seed: int) -> None:
    count = 12
    photos = folder / "photos"
    photos.mkdir()
    for number in range(count):
        (photos / f"{number}.jpg").write_bytes(photo(200 + number, 150).jpegsave_buffer())
        os.utime(photos / f"{number}.jpg", (1_000_000_000, 1_000_000_000))
    command = [sys.executable, "-m", "benchmarks.prepare", str(photos), str(folder / "cache")]
    options = ["--count", str(count), "--workers", "2", "--complete"]
    process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    entries = folder / "cache" / "pictures" / "entries"
    while process.poll() is None and len(list(entries.glob("*/*.json"))) < seed % (2 * count):
        pass
    process.kill()
    process.wait()
    finished = {path.name for path in entries.glob("*/*.json")}
    requests = [PictureRequest(f"{number}.jpg", "") for number in range(count)]
    tally = Tally()
    with PictureWorkshop(TenantCache(folder / "cache"), PictureOrder([photos], 1)) as shop:
        first = list(shop.prepare(requests, tally))
        completed = list(shop.complete(requests, lambda: True))
        whole = [picture for _, picture, _ in shop.prepare(requests, Tally())]
        for picture in whole:
            assert picture is not None
            for rendition in picture.renditions:
                image = pyvips.Image.new_from_file(str(shop.file(rendition)))
                assert (image.width, image.height) == (rendition.width, rendition.height)
    assert [error for _, _, error in first] == [None] * count
    assert tally.counts["made"] + len(completed) == 2 * count - len(finished)
    assert not [path for path in entries.glob("*/*.json") if path.name in finished and path.stat().st_size == 0]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PictureWorkshop, Path]]:
    folder = tmp_path_factory.mktemp("fuzz")
    with PictureWorkshop(TenantCache(folder / "cache"), PictureOrder([folder], 1)) as shop:
        yield shop, folder


STARTS = (
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"RIFF\x00\x01\x00\x00WEBP",
    b"\0\0\0\x1cftypavif",
    b"<svg ",
)


@settings(max_examples=40)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_bytes_that_begin_like_a_picture_get_a_stand_in(
    shop: tuple[PictureWorkshop, Path], start: bytes, rest: bytes
) -> None:
    workshop, folder = shop
    (folder / "any.bin").write_bytes(start + rest)
    ((_, picture, error),) = workshop.prepare([PictureRequest("any.bin", "Luna")], Tally())
    assert picture is not None
    assert (error is not None) is picture.stand_in
