"""A page worker: renders jobs, checks every page, writes what is new. Runs in the build's process or in one of its own.

As a process it reads frames from standard input and answers each on standard output (``frames.py``):
first the setup, then batches of jobs. It ends when its input does.
"""

import hashlib
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from shopwright.errors import ShopwrightError, ThemeError
from shopwright.frames import read_frame, write_frame
from shopwright.generation.addresses import file_of
from shopwright.generation.press import Press
from shopwright.generation.site import Site
from shopwright.generation.theme_records import packed
from shopwright.seo.gate.notes import notes_of
from shopwright.seo.gate.page import PageGate
from shopwright.storage.exchange import replacing
from shopwright.template_engine.theme import Theme, load_theme

Json = dict[str, Any]


CHECK_SECONDS = 5.0
"""Processor time the check of one page of a confined theme may take: a hostile page can be nested without end."""


class PageWorker:
    """Prints the pages of jobs into a folder. To be closed, as ``Press`` is.

    With ``mortal`` the process ends by SIGPROF when the check of a page takes longer than ``CHECK_SECONDS``: nothing
    else stops a parser.
    """

    def __init__(self, site: Site, folder: Path, *, mortal: bool = False) -> None:
        self._seconds = CHECK_SECONDS if mortal else 0.0
        self._records: list[Json] = []
        self._press = Press(site, _load(site), lambda record: self._records.append(packed(record)))
        at = site.addresses(site.default_locale)
        self._base, self._gate = at.base, PageGate(at.origin)
        self._folder = folder

    def print(self, jobs: Iterable[Json]) -> Iterator[Json]:
        """Render the wanted pages of jobs: ``{"wanted": [[locale, address, known sha256]], "payload": {…}}``.

        Gives one note per page: its file, hash and size, whether it was written, and what the gate found. Raises
        ``ThemeError`` or ``StorageError``.
        """
        waiting: deque[tuple[str, str]] = deque()  # address and known hash of the pages that are being rendered

        def wanted() -> Iterator[tuple[Json, str]]:
            for job in jobs:
                for locale, address, known in job["wanted"]:
                    waiting.append((address, known))
                    yield job["payload"], locale

        for data in self._press.render_all(wanted()):
            yield self._page(data, *waiting.popleft())

    def _page(self, data: bytes, address: str, known: str) -> Json:
        digest = hashlib.sha256(data).hexdigest()
        file = file_of(address, self._base)
        if digest != known:
            self._write(file, data)
        note = {"file": file, "address": address, "sha256": digest, "bytes": len(data), "written": digest != known}
        return {**note, **self._checked(data.decode(), address)} if file.endswith(".html") else note

    def _checked(self, html: str, address: str) -> Json:
        signal.setitimer(signal.ITIMER_PROF, self._seconds)
        try:
            return notes_of(self._gate.inspect(html, address))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _write(self, file: str, data: bytes) -> None:
        path = f"{self._folder}/{file}"
        with replacing(file):
            try:
                stream = open(path, "wb")  # noqa: PTH123, SIM115 - pathlib takes longer to name it than to write it
            except FileNotFoundError:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                stream = open(path, "wb")  # noqa: PTH123, SIM115
            with stream:
                stream.write(data)

    def take_records(self) -> list[Json]:
        """What is to be recorded (``theme_records.packed``) and was not taken yet."""
        records, self._records = self._records, []
        return records

    def close(self) -> list[Json]:
        """End what was started for this worker. Returns the last records."""
        self._press.close()
        return self.take_records()


def _load(site: Site) -> Theme:
    """The theme as it was checked. Raises ``ThemeError`` if its files have changed since: nobody has checked those."""
    theme = load_theme(site.theme)
    if theme.digest != site.theme_digest:
        raise ThemeError("the theme has changed during the build.", where=site.theme, remedy="Build again.")
    return theme


def main() -> None:
    """Serve one build over standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    setup = read_frame(requests)
    if setup is None:
        return
    served = _Served(setup)
    while (batch := read_frame(requests)) is not None:
        write_frame(answers, served.answer(batch))
    served.close()


class _Served:
    """The worker of one build, made with the first batch: its theme may be what is wrong."""

    def __init__(self, setup: Json) -> None:
        self._setup = setup
        self._worker: PageWorker | None = None

    def answer(self, batch: Json) -> Json:
        """The notes of a batch, or what went wrong, and what is to be recorded; after the batch marked ``last`` all."""
        answer = self._print(batch)
        if self._worker is not None:
            answer["records"] = self.close() if batch.get("last") else self._worker.take_records()
        return answer

    def _print(self, batch: Json) -> Json:
        try:
            self._worker = self._worker or self._open()
            return {"pages": list(self._worker.print(batch["jobs"]))}
        except ShopwrightError as error:
            said = {"what": error.what, "where": error.where, "remedy": error.remedy}
            return {"error": {"kind": type(error).__name__, **said}}

    def _open(self) -> PageWorker:
        site = Site.from_json(orjson.dumps(self._setup["site"]))
        return PageWorker(site, Path(self._setup["folder"]), mortal=self._setup["confined"])

    def close(self) -> list[Json]:
        worker, self._worker = self._worker, None
        return worker.close() if worker else []


if __name__ == "__main__":
    main()
