"""npm sharp, the image library of most JavaScript site generators, on the same libvips as ours."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from shopwright.asset_pipeline.recipe import Recipe
from shopwright.performance.command import Measurement, measure_command

VERSION = "0.35"
PROGRAMS = ("plain", "best")
_PROGRAM = Path(__file__).parent / "sharp" / "variants.mjs"


class SharpMissing(Exception):
    """sharp cannot be had here; the message says why."""


def install_sharp(folder: Path) -> Path:
    """sharp's folder, installed by npm below ``folder`` unless it is there. Raises SharpMissing."""
    place = folder / "node_modules" / "sharp"
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise SharpMissing("node and npm are not installed")
    if not place.is_dir():
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), f"sharp@{VERSION}"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            raise SharpMissing((ran.stderr.strip() or "npm failed").splitlines()[-1])
    return place


def sharp_version(place: Path) -> str:
    """The installed version."""
    version: str = json.loads((place / "package.json").read_text())["version"]
    return version


def run_sharp(
    place: Path, program: str, photos: Sequence[Path], recipe: Recipe, out: Path, workers: int
) -> Measurement:
    """Make the files of ``recipe`` by one of ``PROGRAMS``. Raises SharpMissing when it fails."""
    settings = {
        "sharp": str(place),
        "out": str(out),
        "workers": workers,
        "photos": [str(photo) for photo in photos],
        "outputs": [asdict(output) for output in recipe.outputs],
    }
    out.mkdir(parents=True, exist_ok=True)
    note = out / "settings.json"
    note.write_text(json.dumps(settings))
    environment = ["env", "VIPS_CONCURRENCY=1", f"UV_THREADPOOL_SIZE={max(4, workers)}"]
    measured = measure_command([*environment, "node", str(_PROGRAM), program, str(note)])
    if measured.status != 0:
        raise SharpMissing((measured.errors.strip() or "sharp failed").splitlines()[-1])
    return measured
