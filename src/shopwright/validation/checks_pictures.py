"""Checks on pictures: what becomes of them, how pages show them, what a second build does again, what they cost."""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shopwright.asset_pipeline.recipe import WIDTHS
from shopwright.asset_pipeline.rendition import PreparedPicture
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.asset_pipeline.workshop import PictureOrder, PictureRequest, PictureWorkshop
from shopwright.errors import BuildError
from shopwright.performance.command import measure_command
from shopwright.validation.checkout import EXAMPLE, Checkout
from shopwright.validation.registry import Result, check

SAMPLES = 8
MOST_SECONDS = 60
LEAST_SAVED = 0.6
LEAST_SCORE = 75
LEAST_HITS = 0.9
PHOTOS = 1_000

_PICTURE = re.compile(r"<picture.*?</picture>", re.DOTALL)
_IMMUTABLE = re.compile(r"^/assets/\*\n(?:  .*\n)*?  Cache-Control: .*max-age=31536000, immutable", re.MULTILINE)
_HASHED = re.compile(r"(?:^|\.)([0-9a-f]{16})(?:[.-])")


@check("A2")
def responsive(checkout: Checkout) -> Result:
    """Example pictures, and smaller files made of them, get every width up to their own and none above it."""
    with _workshop(checkout, _samples(checkout)) as (workshop, large):
        prepared = _complete(workshop, large)
        small = [workshop.file(picture.renditions[-2]) for picture in prepared[:2]]
        with _workshop(checkout, small) as (other, names):
            prepared += _complete(other, names)
    right = [_widths(picture) == {min(width, picture.width) for width in WIDTHS} for picture in prepared]
    narrow = sum(picture.width < WIDTHS[-1] for picture in prepared)
    return Result(
        f"{sum(right)} of {len(prepared)} pictures have every width of {', '.join(map(str, WIDTHS))} up to their own "
        f"({narrow} are narrower than the widest)",
        passed=len(right) == SAMPLES + len(small) and all(right),
    )


@check("A3")
def formats(checkout: Checkout) -> Result:
    """Each format shown is smaller than the next at every width; pages offer them, a size and a placeholder."""
    with _workshop(checkout, _samples(checkout)) as (workshop, names):
        prepared = _complete(workshop, names)
    shown = [{rendition.format for rendition in picture.shown} for picture in prepared]
    complete = [
        "webp" in found and found & {"jpeg", "png"} and _ever_smaller(picture)
        for picture, found in zip(prepared, shown, strict=True)
    ]
    avif = sum("avif" in found for found in shown)
    pages = sorted(checkout.example.rglob("*.html"))
    pictures = [markup for page in pages for markup in _PICTURE.findall(page.read_text())]
    whole = sum(_is_whole(markup) for markup in pictures)
    return Result(
        f"{sum(map(bool, complete))} of {len(prepared)} pictures in WebP and a fallback, {avif} also in AVIF, each "
        f"smaller than the next; {whole:,} of {len(pictures):,} on pages with sources, size and placeholder",
        passed=all(complete) and avif > len(prepared) / 2 and whole == len(pictures) > 0,
    )


@check("A4")
def hashed_and_kept(checkout: Checkout) -> Result:
    """Every asset is named by its content and may be kept for ever; a second build makes next to no picture again."""
    assets = [path for path in (checkout.example / "assets").rglob("*") if path.is_file()]
    named = sum(_is_named_by_content(path) for path in assets)
    again = checkout.build(checkout.root / EXAMPLE, checkout.work / "example", cache=checkout.work / "cache")
    pictures = again.report["pictures"]
    hits = pictures["reused"] / max(1, pictures["reused"] + pictures["made"] + pictures["failed"])
    headers = (checkout.example / "_headers").read_text()
    immutable = _IMMUTABLE.search(headers)
    return Result(
        f"{named:,} of {len(assets):,} assets named by their content, {'' if immutable else 'not '}immutable; "
        f"{hits:.1%} cache hits in the second build",
        passed=named == len(assets) > 0 and hits > LEAST_HITS and immutable is not None,
    )


def picture_figures(checkout: Checkout) -> Result:
    """The picture part of A7: ``benchmarks/pictures.py``, without the comparison."""
    rows = _measured(checkout)
    made = {row["files"]: row for row in rows if row.get("program") == "shopwright" and "files" in row}
    (example,) = (row for row in rows if "example store" in row.get("program", ""))
    full = {row["format"]: row for row in rows if row.get("width") == 1_600}
    quality = {name: (full[name]["smaller_than_original"], full[name]["score_mean"]) for name in ("avif", "webp")}
    first, every = made["publishable"], made["every"]
    sizes = ", ".join(f"{name} {saved:.0%} smaller at {score}" for name, (saved, score) in quality.items())
    return Result(
        f"{first['photos']:,} photos publishable in {first['seconds']:.0f} s, complete in {every['seconds']:.0f} s; "
        f"example store, every variant, in {example['seconds']:.0f} s; at full width {sizes}",
        passed=max(first["seconds"], example["seconds"]) < MOST_SECONDS
        and all(saved > LEAST_SAVED and score >= LEAST_SCORE for saved, score in quality.values()),
    )


def _measured(checkout: Checkout) -> list[dict[str, Any]]:
    folder = checkout.work / "pictures"
    command = [
        sys.executable,
        "-m",
        "benchmarks.pictures",
        "--no-sharp",
        "--photos",
        str(PHOTOS),
        "--results",
        str(folder),
    ]
    measured = measure_command(command, folder=checkout.root)
    if measured.status != 0:
        raise BuildError(f"the picture benchmark ended with status {measured.status}: {measured.errors[-300:]}")
    rows: list[dict[str, Any]] = json.loads((folder / "pictures.json").read_text())["builds"]
    return rows


def _samples(checkout: Checkout) -> list[Path]:
    pictures = sorted((checkout.root / EXAMPLE / "pictures").iterdir())
    return pictures[:: max(1, len(pictures) // SAMPLES)][:SAMPLES]


@contextmanager
def _workshop(checkout: Checkout, files: list[Path]) -> Iterator[tuple[PictureWorkshop, list[PictureRequest]]]:
    """A workshop with an empty cache, and the requests for some files; all is removed afterwards."""
    checkout.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=checkout.work) as place:
        folder = Path(place) / "files"
        folder.mkdir()
        for file in files:
            shutil.copy(file, folder)
        with PictureWorkshop(TenantCache(Path(place) / "cache"), PictureOrder([folder], workers=2)) as workshop:
            yield workshop, [PictureRequest(file.name, file.name) for file in files]


def _complete(workshop: PictureWorkshop, requests: list[PictureRequest]) -> list[PreparedPicture]:
    for step in (workshop.prepare(requests, Tally()), workshop.complete(requests, lambda: True)):
        for _ in step:
            pass
    return [picture for _, picture, error in workshop.prepare(requests, Tally()) if picture and not error]


def _widths(picture: PreparedPicture) -> set[int]:
    """The widths of its WebP; empty when another format has others."""
    by_format: dict[str, set[int]] = {}
    for rendition in picture.renditions:
        by_format.setdefault(rendition.format, set()).add(rendition.width)
    widths = list(by_format.values())
    return widths[0] if all(other == widths[0] for other in widths) else set()


def _ever_smaller(picture: PreparedPicture) -> bool:
    sizes: dict[int, list[int]] = {}
    for rendition in picture.shown:
        sizes.setdefault(rendition.width, []).append(rendition.bytes)
    return all(better < plainer for each in sizes.values() for better, plainer in pairwise(each))


def _is_whole(markup: str) -> bool:
    """A WebP source with widths, a size, a place whose colour is known, and it is loaded early or late on purpose."""
    needed = (
        r'<source type="image/webp" srcset="[^"]+ \d+w[^"]*" sizes="[^"]+"',
        r'<img [^>]*\bwidth="[1-9]\d*" height="[1-9]\d*"',
        r'<img [^>]*\bclass="[^"]*\bph-[0-3]{3}',
        r'<img [^>]*\b(?:loading="lazy"|fetchpriority="high")',
    )
    return all(re.search(pattern, markup) for pattern in needed)


def _is_named_by_content(path: Path) -> bool:
    found = _HASHED.search(path.name)
    return found is not None and hashlib.sha256(path.read_bytes()).hexdigest().startswith(found[1])
