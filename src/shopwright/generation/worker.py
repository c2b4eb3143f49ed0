"""A page worker: renders jobs, checks every page, writes what is new. Runs in the build's process or in one of its own.

As a process it reads frames from standard input and answers each on standard output (``frames.py``):
first the setup, then batches of jobs. It ends when its input does.
"""

import hashlib
import signal
import sys
from pathlib import Path
from typing import Any

import orjson

from shopwright.errors import ShopwrightError
from shopwright.frames import read_frame, write_frame
from shopwright.generation.addresses import file_of
from shopwright.generation.press import Press
from shopwright.generation.site import Site
from shopwright.seo.gate import check_fragments, inspect
from shopwright.storage.exchange import storing
from shopwright.template_engine.theme import load_theme

Json = dict[str, Any]


class PageWorker:
    """Prints the pages of jobs into a folder."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._press = Press(site, load_theme(site.theme))
        self._base = site.addresses(site.default_locale).base
        self._folder = folder

    def print(self, job: Json) -> list[Json]:
        """Render the wanted pages of a job: ``{"wanted": [[locale, address, known sha256]], "payload": {…}}``.

        Returns one note per page: its file, hash and size, whether it was written, and what the gate found. Raises
        ``ThemeError`` or ``StorageError``.
        """
        payload = job["payload"]
        return [self._page(payload, locale, address, known) for locale, address, known in job["wanted"]]

    def _page(self, payload: Json, locale: str, address: str, known: str) -> Json:
        data = self._press.render(payload, locale)
        digest = hashlib.sha256(data).hexdigest()
        file = file_of(address, self._base)
        if digest != known:
            with storing(file):
                path = self._folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        note = {"file": file, "address": address, "sha256": digest, "bytes": len(data), "written": digest != known}
        return note if file.endswith(".json") else {**note, **_notes(data.decode(), address)}


def _notes(html: str, address: str) -> Json:
    seen = inspect(html, address)
    findings = [*seen.findings, *check_fragments(address, seen)]
    links = sorted({link.partition("#")[0] for link in seen.links})
    return {
        "title": seen.title,
        "lang": seen.lang,
        "indexed": seen.indexed,
        "alternates": seen.alternates,
        "links": links,
        "findings": findings,
    }


def main() -> None:
    """Serve one build over standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    setup = read_frame(requests)
    if setup is None:
        return
    worker: PageWorker | None = None
    while (batch := read_frame(requests)) is not None:
        try:
            worker = worker or PageWorker(Site.from_json(orjson.dumps(setup["site"])), Path(setup["folder"]))
            write_frame(answers, {"pages": [note for job in batch["jobs"] for note in worker.print(job)]})
        except ShopwrightError as error:
            said = {"what": error.what, "where": error.where, "remedy": error.remedy}
            write_frame(answers, {"error": {"kind": type(error).__name__, **said}})


if __name__ == "__main__":
    main()
