"""The picture worker: a process of its own, so that no picture can harm the build.

It reads frames from standard input and answers each on standard output. The first frame is the folder for files, every
other one a picture file and the recipe to prepare it by, or the share picture to draw of it. Before it decodes for a
recipe, the worker says how much memory that needs and waits to be told to go on. Memory and open files are bounded, and
the kernel ends the process when one picture takes too long. It ends by itself when the build is gone.
"""

import contextlib
import hashlib
import resource
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

import orjson

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.encode import Admit, Keep, Kitchen, harden, prepare
from shopwright.asset_pipeline.recipe import LIMITS, Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits
from shopwright.asset_pipeline.share import HEIGHT, WIDTH, ShareOrder
from shopwright.asset_pipeline.share_card import draw_share
from shopwright.errors import PictureError, ShopwrightError
from shopwright.frames import read_frame, write_frame

Request = dict[str, Any]

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
    folder = Path(setup["folder"])
    write_frame(answers, {"ready": True})

    def admit(needed: int) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_frame(answers, {"needs": needed})
        if read_frame(requests) is None:
            sys.exit(0)
        signal.setitimer(signal.ITIMER_REAL, LIMITS.patience)

    def keep(name: str, data: bytes) -> None:
        write_whole(folder / name[:2] / name, data)

    while request := read_frame(requests):
        _bound(LIMITS.seconds, LIMITS.patience)
        answer = _answer(request, partial(_made, request=request, folder=folder, keep=keep, admit=admit))
        _bound(0, 0)
        write_frame(answers, answer)


def _bound(seconds: float, patience: float) -> None:
    """Past so much CPU time, or wall time, the default action of SIGPROF, or SIGALRM, ends the process."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, patience)


def _traits(request: Request) -> Traits | None:
    return Traits(**request["traits"]) if request["traits"] else None


def _made(data: bytes, *, request: Request, folder: Path, keep: Keep, admit: Admit) -> PreparedPicture:
    """What a request asks for: a share picture, or every rendition of a recipe."""
    if "share" in request:
        return _share(data, ShareOrder.from_fields(request["share"]), folder, keep)
    recipe = Recipe.from_json(orjson.dumps(request["recipe"]))
    return prepare(data, Kitchen(recipe, keep, admit, traits=_traits(request)))


def _share(data: bytes, order: ShareOrder, folder: Path, keep: Keep) -> PreparedPicture:
    """The share picture of a rendition, as a picture of one rendition; its logo is a file of the folder too."""
    name = order.look.logo
    drawn = draw_share(data, order, (folder / name[:2] / name).read_bytes() if name else None)
    shared = Rendition("jpeg", WIDTH, HEIGHT, len(drawn), f"{hashlib.sha256(drawn).hexdigest()[:16]}-{WIDTH}.jpg")
    keep(shared.name, drawn)
    return PreparedPicture(
        WIDTH, HEIGHT, order.panel, (shared,), "jpeg", len(data), Traits(transparent=False, drawing=False)
    )


def _answer(request: Request, make: Callable[[bytes], PreparedPicture]) -> dict[str, Any]:
    try:
        data = _read(Path(request["path"]), request["sha256"])
    except PictureError as error:
        return _refusal("passing", error)
    try:
        picture = make(data)
    except OSError as error:
        return _refusal("passing", PictureError(f"the logo is missing: {error.strerror}.", remedy="Build again."))
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
