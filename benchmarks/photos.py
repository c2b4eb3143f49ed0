"""Photos to measure with: 1600 × 1200, JPEG quality 90, the same ones every time.

Real ones, when SHOPWRIGHT_SAMPLE_DATA names a folder of catalogues: its larger photos, cropped, turned and mirrored
until there are enough. Otherwise made-up product photos: shaded things with a grain of their own on a pale ground, and
the noise of a camera.
"""

import itertools
import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import pyvips

WIDTH, HEIGHT = 1_600, 1_200
_QUALITY = 90
_LEAST_SIDE = 900
_TURNS: tuple[Callable[[pyvips.Image], pyvips.Image], ...] = (
    lambda image: image,
    lambda image: image.fliphor(),
    lambda image: image.rot90(),
    lambda image: image.rot270(),
    lambda image: image.rot180(),
    lambda image: image.flipver(),
)


def write_photos(folder: Path, count: int) -> str:
    """``count`` photos as ``0000.jpg`` and on; those that are there already stay. Returns what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = os.environ.get("SHOPWRIGHT_SAMPLE_DATA")
    jobs = list(islice(_real(Path(sample)) if sample else _made_up(), count))
    missing = [(folder / f"{number:04}.jpg", *job) for number, job in enumerate(jobs)]
    with ProcessPoolExecutor() as processes:
        list(processes.map(_write, [each for each in missing if not each[0].exists()], chunksize=8))
    return f"{count} photos of {WIDTH} × {HEIGHT}, " + ("from the sample catalogues" if sample else "made up")


def _real(sample: Path) -> Iterator[tuple[str, int]]:
    """Photos and how to turn them; each turn of all photos comes before the next turn."""
    found = sorted(path for suffix in ("jpg", "jpeg", "png") for path in sample.rglob(f"*.{suffix}"))
    photos = [str(path) for path in found if _is_large(path)]
    for round_ in itertools.count():
        yield from ((photo, round_) for photo in photos)


def _is_large(path: Path) -> bool:
    header = pyvips.Image.new_from_file(str(path))
    return min(header.width, header.height) >= _LEAST_SIDE and not header.hasalpha()


def _made_up() -> Iterator[tuple[str, int]]:
    return (("", number) for number in range(1_000_000))


def _write(job: tuple[Path, str, int]) -> None:
    path, photo, number = job
    image = _turned(photo, number) if photo else _scene(random.Random(number))
    image.jpegsave(str(path), Q=_QUALITY, keep="none")


def _turned(photo: str, round_: int) -> pyvips.Image:
    image = _TURNS[round_ % len(_TURNS)](pyvips.Image.new_from_file(photo).colourspace("srgb").copy_memory())
    crop = ("centre", "low", "high")[round_ // len(_TURNS) % 3]
    return image.thumbnail_image(WIDTH, height=HEIGHT, crop=crop).copy_memory()


def _scene(chance: random.Random) -> pyvips.Image:
    ground = pyvips.Image.svgload_buffer(_drawing(chance, _ground(chance))).flatten(background=255)
    things = pyvips.Image.svgload_buffer(_drawing(chance, "".join(_thing(chance) for _ in range(chance.randint(2, 5)))))
    grain = pyvips.Image.perlin(WIDTH, HEIGHT, cell_size=chance.choice((8, 16, 48)), seed=chance.randrange(1 << 30))
    textured = (things[:3] * (1 + grain * chance.uniform(0.04, 0.16))).bandjoin(things[3])
    scene = ground.composite2(textured.cast("uchar").copy(interpretation="srgb"), "over")[:3]
    noise = pyvips.Image.gaussnoise(WIDTH, HEIGHT, sigma=chance.uniform(0.8, 2), mean=0, seed=chance.randrange(1 << 30))
    return (scene + noise).cast("uchar").copy(interpretation="srgb")


def _drawing(chance: random.Random, inside: str) -> bytes:
    stops = "".join(
        f'<radialGradient id="g{number}" cx=".35" cy=".3"><stop stop-color="{_color(chance, 150)}"/>'
        f'<stop offset="1" stop-color="{_color(chance, 30)}"/></radialGradient>'
        for number in range(4)
    )
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{stops}</defs>{inside}</svg>'.encode()


def _color(chance: random.Random, least: int) -> str:
    return "#" + "".join(f"{chance.randint(least, least + 105):02x}" for _ in range(3))


def _ground(chance: random.Random) -> str:
    light, shade = chance.randint(244, 255), chance.randint(225, 243)
    return (
        f'<rect width="100%" height="100%" fill="rgb({light},{light},{light})"/>'
        f'<ellipse cx="800" cy="980" rx="620" ry="110" fill="rgb({shade},{shade},{shade})"/>'
    )


def _thing(chance: random.Random) -> str:
    x, y, width, height = (chance.randint(*span) for span in ((250, 900), (200, 650), (180, 520), (160, 480)))
    seams = "".join(
        f'<path d="M{x + width * part / 9} {y}v{height}" stroke="#0005" stroke-width="{chance.randint(1, 4)}"/>'
        for part in range(1, chance.randint(2, 9))
    )
    turn = f'transform="rotate({chance.randint(-20, 20)} {x} {y})"'
    radius = chance.randint(8, 200)
    body = (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="url(#g{chance.randint(0, 3)})"/>'
    )
    words = f'<text x="{x + 20}" y="{y + 60}" font-size="{chance.randint(14, 60)}" fill="#fffd">No. {radius}</text>'
    return f"<g {turn}>{body}{seams}{words}</g>"
