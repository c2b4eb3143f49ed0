"""Publishing measured from outside: whole commands against a real S3 server, or on a folder."""

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shopwright.errors import StorageError
from shopwright.performance.command import Measurement, measure_command
from shopwright.settings import Aws
from shopwright.validation.object_server import BUCKET, object_server

_FILE_BYTES = 20_000
_ASSET_SHARE = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One command: the object it printed, and what was measured of its process."""

    report: dict[str, Any]
    measured: Measurement


@dataclass(frozen=True, slots=True)
class Publisher:
    """Runs commands on one target, with keys of its own in ``state``."""

    target: str
    state: Path
    aws: Aws

    def run(self, *words: str) -> Step:
        """Run ``shopwright WORDS --to TARGET --json`` as a process of its own. Raises ``StorageError``."""
        given = [
            f"SHOPWRIGHT_STATE={self.state}",
            f"AWS_ENDPOINT_URL_S3={self.aws.endpoint}",
            f"AWS_ACCESS_KEY_ID={self.aws.access_key_id}",
            f"AWS_SECRET_ACCESS_KEY={self.aws.secret_access_key.text}",
        ]
        command = [sys.executable, "-m", "shopwright", *words, "--to", self.target, "--json"]
        measured = measure_command(["env", *given, *command])
        if measured.status != 0:
            last = (measured.errors.strip() or "it printed nothing").splitlines()[-1]
            raise StorageError(f"shopwright {words[0]} ended with status {measured.status}: {last}")
        return Step(json.loads(measured.output), measured)


@contextmanager
def publishers(work: Path) -> Iterator[dict[str, Publisher]]:
    """A publisher to a bucket of a real server and one to a folder, both empty; ``work`` is tidied up afterwards."""
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=work) as name, object_server(Path(name) / "server") as aws:
        place = Path(name)
        targets = {"bucket": f"s3://{BUCKET}/store", "folder": str(place / "target")}
        yield {kind: Publisher(target, place / "state", aws) for kind, target in targets.items()}


def write_made_up_site(folder: Path, files: int) -> Path:
    """A store of ``files`` files of 20,000 bytes that compress little, every second one a hashed asset."""
    chance = random.Random(files)  # noqa: S311 - made-up content, the same each time
    for number in range(files - 1):
        asset = number % _ASSET_SHARE == 0
        path = folder / (f"assets/{number}.0123abcd.webp" if asset else f"products/{number}/index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(_FILE_BYTES))
    (folder / "index.html").write_text("<h1>home</h1>")
    return folder
