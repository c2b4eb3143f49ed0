"""The picture workers of one build: started when first needed, one picture at a time each, replaced when one dies."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, cast

import orjson

from shopwright.asset_pipeline.recipe import LIMITS, Recipe
from shopwright.asset_pipeline.rendition import PreparedPicture
from shopwright.errors import BuildError, PictureError, StorageError
from shopwright.frames import read_frame, write_frame


class Crew:
    """At most ``workers`` processes that prepare pictures by ``recipe`` into ``folder``. Safe to call from threads."""

    def __init__(self, workers: int, recipe: Recipe, folder: Path) -> None:
        self._setup = {"recipe": orjson.loads(recipe.as_json()), "folder": str(folder)}
        self._idle: queue.LifoQueue[_Worker | None] = (
            queue.LifoQueue()
        )  # last in, first out: few pictures, few processes
        self._stopped = False
        self._started: set[_Worker] = set()
        for _ in range(workers):
            self._idle.put(None)

    def prepare(self, path: Path, sha256: str) -> PreparedPicture:
        """Prepare the picture file at ``path``, whose bytes have this SHA-256; waits for a free worker.

        Raises PictureError when the picture cannot be read, or when reading it ended the worker; StorageError when its
        files cannot be written; BuildError when no worker starts.
        """
        worker = self._idle.get()
        try:
            worker = worker or self._start()
            answer = worker.ask({"path": str(path), "sha256": sha256})
            if answer is None:
                gone, worker = worker, None
                self._started.discard(gone)
                raise gone.end()
        finally:
            self._idle.put(worker)
        return _picture(answer)

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
            raise PictureError("picture not prepared: the build was stopped.")
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
        if code == -signal.SIGALRM:
            return PictureError(f"picture takes too long: more than {LIMITS.seconds:g} s.", remedy="Simplify it.")
        return PictureError(
            "picture too large or broken: it ended its decoder.", remedy="Export it again, or give a smaller file."
        )


def _picture(answer: dict[str, Any]) -> PreparedPicture:
    if "picture" in answer:
        return PreparedPicture.from_json(orjson.dumps(answer["picture"]))
    kind = StorageError if answer["error"] == "storage" else PictureError
    raise kind(answer["what"], where=answer["where"], remedy=answer["remedy"])


def _environment() -> dict[str, str]:
    """What a worker needs and no more: no secret of the build's environment is within a hostile picture's reach."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}
