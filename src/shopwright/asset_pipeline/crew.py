"""The picture workers of one build: started when first needed, one picture at a time each, replaced when one dies."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

import orjson

from shopwright.asset_pipeline.admission import Admission
from shopwright.asset_pipeline.recipe import LIMITS, Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture, Traits
from shopwright.asset_pipeline.share import ShareOrder
from shopwright.errors import BuildError, PictureError, ShopwrightError, StorageError
from shopwright.frames import read_frame, write_frame

_USUAL_BYTES = 64 * 1024 * 1024
"""What a photo of 12 megapixels needs: a machine with many processors may decode as many of them at a time."""
_ITS_OWN_FAULT = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP)


class PassingError(PictureError):
    """Not the picture's fault: another time it may be prepared."""


@dataclass(frozen=True, slots=True)
class Task:
    """A picture file whose bytes have this SHA-256, the recipe to prepare it by, and what is known about it."""

    path: Path
    sha256: str
    recipe: Recipe
    traits: Traits | None = None

    def as_frame(self) -> dict[str, Any]:
        """The task as a worker reads it."""
        traits = asdict(self.traits) if self.traits else None
        return {"path": str(self.path), "sha256": self.sha256, "recipe": asdict(self.recipe), "traits": traits}


@dataclass(frozen=True, slots=True)
class ShareTask:
    """A picture file whose bytes have this SHA-256, and the share picture to draw of it."""

    path: Path
    sha256: str
    order: ShareOrder

    def as_frame(self) -> dict[str, Any]:
        """The task as a worker reads it."""
        return {"path": str(self.path), "sha256": self.sha256, "share": asdict(self.order)}


class Crew:
    """At most ``workers`` processes that prepare pictures into ``folder``. Safe to call from threads."""

    def __init__(self, workers: int, folder: Path) -> None:
        self._setup = {"folder": str(folder)}
        self._idle: queue.LifoQueue[_Worker | None] = (
            queue.LifoQueue()
        )  # last in, first out: few pictures, few processes
        self._admission = Admission(max(LIMITS.together, workers * _USUAL_BYTES))
        self._stopped = False
        self._started: set[_Worker] = set()
        self._places = workers
        for _ in range(workers):
            self._idle.put(None)

    def prepare(self, task: Task | ShareTask) -> PreparedPicture:
        """Prepare a picture, or draw one to share; waits for a free worker, and for others to finish if it needs much.

        Raises PictureError when the picture cannot be read, or when reading it ended the worker, PassingError when
        something else did; StorageError when its files cannot be written; BuildError when no worker starts.
        """
        worker = self._idle.get()
        try:
            worker = worker or self._start()
            answer = self._ask(worker, task)
            if answer is None:
                gone, worker = worker, None
                self._started.discard(gone)
                raise gone.end()
        finally:
            self._idle.put(worker)
        return _picture(answer)

    def _ask(self, worker: "_Worker", task: Task | ShareTask) -> dict[str, Any] | None:
        answer = worker.ask(task.as_frame())
        if answer is None or "needs" not in answer:
            return answer
        with self._admission.hold(answer["needs"]):
            return worker.ask({"go": True})

    def dismiss(self) -> None:
        """End every worker, while no thread prepares a picture; they start again when they are needed."""
        for _ in range(self._places):
            self._idle.get()
        while self._started:
            self._started.pop().end()
        for _ in range(self._places):
            self._idle.put(None)

    def stop(self) -> None:
        """End every worker, also in the middle of a picture, and start no more."""
        self._stopped = True
        for worker in list(self._started):
            worker.kill()

    def close(self) -> None:
        """End every worker once no thread waits for one."""
        self.stop()
        while self._started:
            self._started.pop().end()

    def _start(self) -> "_Worker":
        if self._stopped:
            raise PassingError("picture not prepared: the build was stopped.")
        worker = _Worker()
        self._started.add(worker)
        if worker.ask(self._setup) is None and not self._stopped:
            raise BuildError("the picture workers do not start.", remedy="Install Shopwright again: make setup.")
        return worker


class _Worker:
    """One process and the two pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "shopwright.asset_pipeline.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a frame; a worker that is gone is noticed when it does not answer."""
        with contextlib.suppress(OSError):
            write_frame(self._requests, message)

    def ask(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to ``request``, or None when the worker is gone."""
        self.tell(request)
        return read_frame(self._answers)

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> PictureError:
        """Bury the worker; the error says what ended it."""
        self._process.kill()
        code = self._process.wait()
        with contextlib.suppress(OSError):
            self._requests.close()
        self._answers.close()
        if code == -signal.SIGPROF:
            return PictureError(f"picture takes too long: more than {LIMITS.seconds:g} s.", remedy="Simplify it.")
        if code > 0 or -code in _ITS_OWN_FAULT:
            return PictureError(
                "picture too large or broken: it ended its decoder.", remedy="Export it again, or give a smaller file."
            )
        return PassingError("picture not prepared: its worker was ended from outside.", remedy="Build again.")


_ERRORS: dict[str, type[ShopwrightError]] = {
    "picture": PictureError,
    "passing": PassingError,
    "storage": StorageError,
}


def _picture(answer: dict[str, Any]) -> PreparedPicture:
    if "picture" in answer:
        return PreparedPicture.from_json(orjson.dumps(answer["picture"]))
    raise _ERRORS[answer["error"]](answer["what"], where=answer["where"], remedy=answer["remedy"])


def _environment() -> dict[str, str]:
    """What a worker needs and no more: no secret of the build's environment is within a hostile picture's reach."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
