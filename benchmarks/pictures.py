"""How fast pictures are prepared, how small they get, how good they look: `python -m benchmarks.pictures --photos 40`.

Shopwright and two programs with npm sharp make the same files from the same photos with the same settings, each a whole
process measured from outside: wall time, CPU time, most memory. Then files of each are held against the original with
SSIMULACRA2. Nothing is asserted: figures depend on the machine and on what else it does, which is named beside them.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyvips
from benchmarks.photos import write_photos
from benchmarks.sharp_peer import PROGRAMS, SharpMissing, install_sharp, run_sharp, sharp_version
from benchmarks.tables import keep, show

from shopwright.asset_pipeline.recipe import FORMATS, Output, Recipe, tiers
from shopwright.performance.command import Measurement, measure_command
from shopwright.performance.cpu import usable_processors
from shopwright.validation.checkout import EXAMPLE, find_checkout

SCORED_WIDTHS = (768, 1_600)


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One program making one set of files of all photos; ``cpu_to_ours`` is its CPU time in ours."""

    files: str
    program: str
    photos: int
    seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    megabytes: float
    cpu_to_ours: float


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One format at one width: bytes against the original's, and SSIMULACRA2 against the original's pixels."""

    format: str
    width: int
    program: str
    photos: int
    mean_kb: float
    smaller_than_original: float
    score_mean: float
    score_least: float


@dataclass(frozen=True, slots=True)
class Contest:
    """The photos, who prepares them, and where to. ``sharp`` is None when it cannot be had."""

    photos: list[Path]
    folder: Path
    workers: int
    sharp: Path | None

    def rows(self) -> Iterator[PictureRow]:
        """Both sets of files by every program, then ours once more with everything in the cache."""
        yield from self._set("publishable", tiers().publishable)
        yield from self._set("every", everything())
        yield self._row("every, again", "shopwright", self._ours("every"), self._made("every").values(), 0.0)

    def _set(self, name: str, recipe: Recipe) -> Iterator[PictureRow]:
        ours = self._ours(name)
        yield self._row(name, "shopwright", ours, self._made(name).values(), 1.0)
        for program in PROGRAMS if self.sharp else ():
            assert self.sharp is not None
            out = self.folder / f"sharp-{program}-{name}"
            theirs = run_sharp(self.sharp, program, self.photos, recipe, out, self.workers)
            files = [path for path in out.iterdir() if path.suffix != ".json"]
            yield self._row(name, f"sharp {program}", theirs, files, theirs.cpu_seconds / ours.cpu_seconds)

    def _ours(self, name: str) -> Measurement:
        command = [sys.executable, "-m", "benchmarks.prepare", str(self.photos[0].parent), str(self.folder / name)]
        command += ["--count", str(len(self.photos)), "--workers", str(self.workers)]
        measured = measure_command(command + (["--complete"] if name == "every" else []))
        if measured.status != 0:
            raise RuntimeError(measured.errors)
        (self.folder / f"{name}.json").write_text(measured.output)
        return measured

    def _made(self, name: str) -> dict[str, Path]:
        files = json.loads((self.folder / f"{name}.json").read_text())["files"]
        return {key: Path(path) for key, path in files.items()}

    def _row(self, files: str, program: str, measured: Measurement, made: Iterable[Path], ratio: float) -> PictureRow:
        return PictureRow(
            files=files,
            program=program,
            photos=len(self.photos),
            seconds=round(measured.seconds, 2),
            cpu_seconds=round(measured.cpu_seconds, 2),
            peak_memory_mb=round(measured.peak_bytes / 1e6, 1),
            megabytes=round(sum(path.stat().st_size for path in made) / 1e6, 2),
            cpu_to_ours=round(ratio, 2),
        )

    def quality(self, scored: int) -> Iterator[QualityRow]:
        """Bytes over all photos, scores over the first ``scored`` of them."""
        ours = self._made("every")
        for name in FORMATS:
            for width in SCORED_WIDTHS:
                files = [ours[f"{photo.name}/{name}/{width}"] for photo in self.photos]
                yield self._quality(name, width, "shopwright", files, scored)
                theirs = [self.folder / "sharp-plain-every" / f"{photo.stem}-{width}.{name}" for photo in self.photos]
                if all(file.exists() for file in theirs):
                    yield self._quality(name, width, "sharp plain", theirs, scored)

    def _quality(self, name: str, width: int, program: str, files: list[Path], scored: int) -> QualityRow:
        scores = [score(photo, file, width) for photo, file in zip(self.photos[:scored], files, strict=False)]
        size = statistics.mean(file.stat().st_size for file in files)
        original = statistics.mean(photo.stat().st_size for photo in self.photos)
        return QualityRow(
            format=name,
            width=width,
            program=program,
            photos=len(scores),
            mean_kb=round(size / 1e3, 1),
            smaller_than_original=round(1 - size / original, 3),
            score_mean=round(statistics.mean(scores), 1) if scores else 0.0,
            score_least=round(min(scores), 1) if scores else 0.0,
        )


def everything() -> Recipe:
    """The files of both tiers as one recipe."""
    both = tiers()
    recipes = (both.rest, both.publishable)
    outputs = [output for recipe in recipes if recipe for output in recipe.outputs]
    widths = {name: sorted({width for o in outputs if o.format == name for width in o.widths}) for name in FORMATS}
    firsts = {output.format: output for output in reversed(outputs)}
    return Recipe(
        tuple(Output(name, tuple(widths[name]), firsts[name].quality, firsts[name].effort) for name in FORMATS)
    )


def score(photo: Path, file: Path, width: int) -> float:
    """SSIMULACRA2 of a file against the photo, made as wide as the file without any loss."""
    from ssimulacra2 import compute_ssimulacra2

    with tempfile.TemporaryDirectory() as folder:
        pair = []
        for number, source in enumerate((photo, file)):
            pair.append(f"{folder}/{number}.png")
            image = pyvips.Image.thumbnail(str(source), width, height=10_000_000, size="down")
            image.colourspace("srgb").pngsave(pair[-1], compression=1)
        return float(compute_ssimulacra2(*pair))


def example_row(folder: Path) -> PictureRow:
    """The example store with every file of every picture, from an empty cache."""
    command = [sys.executable, "-m", "shopwright", "build", str(find_checkout().root / EXAMPLE), "--complete", "--json"]
    site = folder / "example"
    place = ["env", f"SHOPWRIGHT_CACHE={folder / 'example-cache'}"]
    measured = measure_command([*place, *command, "--out", str(site)])
    if measured.status != 0:
        raise RuntimeError(measured.errors)
    pictures = json.loads(measured.output)["pictures"]
    return PictureRow(
        files="every",
        program="shopwright build, example store",
        photos=pictures["complete"],
        seconds=round(measured.seconds, 2),
        cpu_seconds=round(measured.cpu_seconds, 2),
        peak_memory_mb=round(measured.peak_bytes / 1e6, 1),
        megabytes=round(sum(counts["bytes"] for counts in pictures["formats"].values()) / 1e6, 2),
        cpu_to_ours=1.0,
    )


def measure_pictures(
    count: int, scored: int, folder: Path, *, example: bool = True, peer: bool = True
) -> tuple[list[Any], dict[str, str]]:
    """Every table's rows, printed as they come, and what they depend on."""
    workers = usable_processors()
    what = write_photos(folder / "photos", count)
    photos = sorted((folder / "photos").glob("*.jpg"))[:count]
    tools = {"photos": what}
    sharp = _sharp(folder, tools) if peer else None
    place = Path(tempfile.mkdtemp(dir=folder))
    try:
        contest = Contest(photos, place, workers, sharp)
        rows: list[Any] = list(contest.rows())
        show(f"{what}; {workers} worker processes; CPU ÷ ours", rows)
        quality = list(contest.quality(scored))
        show("Bytes over all photos; SSIMULACRA2 over the scored ones, against the original", quality)
        rows += quality
        if example:
            rows.append(example_row(place))
            show("The example store, every variant and format", rows[-1:])
    finally:
        shutil.rmtree(place)
    return rows, tools


def _sharp(folder: Path, tools: dict[str, str]) -> Path | None:
    """npm sharp, its version written down; None, with the reason printed, where it cannot be had."""
    try:
        sharp = install_sharp(folder / "sharp")
    except SharpMissing as reason:
        print(f"npm sharp is not compared: {reason}.")
        return None
    tools["sharp"] = sharp_version(sharp)
    return sharp


def main() -> None:
    """Measure as many photos as asked for; keep the rows as JSON."""
    parser = argparse.ArgumentParser(description="Measure how pictures are prepared.")
    parser.add_argument("--photos", type=int, default=1_000)
    parser.add_argument("--scored", type=int, default=5, help="photos whose files are scored; each takes about 20 s")
    parser.add_argument("--results", type=Path, default=Path("build/bench"))
    parser.add_argument("--no-example", action="store_true", help="leave the example store out")
    parser.add_argument("--no-sharp", action="store_true", help="leave npm sharp out")
    asked = parser.parse_args()
    folder = asked.results.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    rows, tools = measure_pictures(
        asked.photos, asked.scored, folder, example=not asked.no_example, peer=not asked.no_sharp
    )
    keep(folder / "pictures.json", rows, **tools)


if __name__ == "__main__":
    main()
