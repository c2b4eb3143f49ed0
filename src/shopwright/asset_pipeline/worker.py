"""The picture worker: a process of its own, so that no picture can harm the build.

It reads frames from standard input and answers each on standard output. The first frame is the recipe and the folder
for files, every other one a picture file to prepare. Memory and open files are bounded, and the kernel ends the process
when one picture takes too long. It ends by itself when the build is gone.
"""

import contextlib
import hashlib
import resource
import signal
import sys
from pathlib import Path
from typing import IO, Any

import orjson

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.encode import harden, prepare
from shopwright.asset_pipeline.recipe import LIMITS, Recipe
from shopwright.errors import PictureError, ShopwrightError
from shopwright.frames import read_frame, write_frame

_OPEN_FILES = 64


def confine() -> None:
    """Bound what this process may take, for good."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the build ends its workers itself
    for limit, most in (
        (resource.RLIMIT_AS, LIMITS.memory),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError):  # the machine's own bound is tighter, or (macOS) it knows none of memory
            resource.setrlimit(limit, (most, most))


def work(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer every request until there are no more."""
    setup = read_frame(requests)
    if setup is None:
        return
    recipe = Recipe.from_json(orjson.dumps(setup["recipe"]))
    write_frame(answers, {"ready": True})
    while request := read_frame(requests):
        signal.setitimer(signal.ITIMER_REAL, LIMITS.seconds)  # past it, SIGALRM's default action ends the process
        answer = _answer(request, recipe, Path(setup["folder"]))
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_frame(answers, answer)


def _answer(request: dict[str, Any], recipe: Recipe, folder: Path) -> dict[str, Any]:
    try:
        data = _read(Path(request["path"]), request["sha256"])
        picture = prepare(data, recipe, lambda name, encoded: write_whole(folder / name[:2] / name, encoded))
    except PictureError as error:
        return _refusal("picture", error)
    except ShopwrightError as error:
        return _refusal("storage", error)
    except MemoryError:
        return _refusal("picture", PictureError("picture too large: it needs too much memory.", remedy="Shrink it."))
    return {"picture": orjson.loads(picture.as_json())}


def _refusal(kind: str, error: ShopwrightError) -> dict[str, Any]:
    return {"error": kind, "what": error.what, "where": error.where, "remedy": error.remedy}


def _read(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureError(f"picture missing: {error.strerror}.", remedy="Build again.") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise PictureError("picture changed while it was read.", remedy="Build again.")
    return data


def main() -> None:
    """Run as a picture worker."""
    confine()
    harden()
    work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
