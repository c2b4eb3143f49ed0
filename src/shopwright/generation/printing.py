"""From jobs to the files of the new site: what is known is reused, what is new is printed, then all is switched."""

import filecmp
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import orjson

from shopwright.generation.addresses import file_of
from shopwright.generation.built import Built
from shopwright.generation.crew import Crew
from shopwright.generation.job import Job
from shopwright.generation.manifest import NAME, Entry, manifest_bytes, packed, read_manifest
from shopwright.generation.setup import code_digest
from shopwright.generation.site import Site
from shopwright.generation.theme_records import ThemeRecords
from shopwright.storage.exchange import MARK, NewFolder, replacing
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]


class Printing:
    """The files of one build, collected until ``finish`` makes them the site."""

    def __init__(
        self, site: Site, theme: Theme, new: NewFolder, workers: int, records: ThemeRecords | None = None
    ) -> None:
        self._new = new
        self._old = read_manifest(new.target)
        self._entries: dict[str, Entry] = {}
        self._maps: list[tuple[str, bytes]] = []
        self._kept: list[str] = []
        self._changed: set[str] = set()
        self._records = records or ThemeRecords(theme, "", None)
        self._crew = Crew(site, new.path, workers, self._records.pass_on, confined=not theme.builtin)
        self._base = site.addresses(site.default_locale).base
        shared = orjson.dumps({**asdict(site), "theme": theme.digest, "instant": ""}, option=orjson.OPT_SORT_KEYS)
        self._shared = hashlib.blake2b(code_digest() + shared)

    def _known(self, file: str) -> Entry | None:
        """The old site's entry of a file, if the file is still there and whole."""
        entry = self._old.get(file)
        if entry is None:
            return None
        try:
            return entry if (self._new.target / file).stat().st_size == entry.size else None
        except OSError:
            return None

    def add_files(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Add files (name from the site's root, bytes); those that are the same as before are not written."""
        for file, data in files:
            digest = hashlib.sha256(data).hexdigest()
            known = self._known(file)
            if known is None or known.sha256 != digest:
                self._new.write(file, data)
                self._changed.add(file)
            self._entries[file] = Entry(file, digest, len(data))

    def add_stream(self, file: str, chunks: Iterable[bytes]) -> str:
        """Add a file of any size, whose bytes come one piece after the other. Returns its name."""
        digest, size = hashlib.sha256(), 0
        with replacing(file), self._new.file(file).open("wb") as stream:
            for chunk in chunks:
                digest.update(chunk)
                size += stream.write(chunk)
        entry = Entry(file, digest.hexdigest(), size)
        known = self._known(file)
        if known is not None and known.sha256 == entry.sha256:
            (self._new.path / file).unlink()
        else:
            self._changed.add(file)
        self._entries[file] = entry
        return file

    def entry(self, file: str) -> Entry | None:
        """A file of the new site; none if it has none of this name."""
        return self._entries.get(file)

    def read(self, file: str) -> bytes:
        """The bytes of a file of the new site, written or still to be taken over."""
        with replacing(file):
            return self.place(file).read_bytes()

    def note(self, file: str, key: str, notes: Json) -> None:
        """Remember what a family of files was made from with its first file; ``notes`` name them all as ``files``."""
        entry = self._entries.get(file)
        if entry:
            self._entries[file] = replace(
                entry, key=self._own(key), address=f"{self._base}/{file}", notes=packed(notes)
            )

    def reuse(self, file: str, key: str) -> Json | None:
        """Take over a family of files that was made from the same; gives its notes, or none if it is to be made."""
        first = self._known(file)
        if first is None or first.key != self._own(key):
            return None
        notes: Json = orjson.loads(first.notes)
        entries = [self._known(name) for name in notes["files"]]
        if not all(entries):
            return None
        self._entries |= {entry.file: entry for entry in entries if entry}
        return notes

    def _own(self, key: str) -> str:
        """A key that also changes with the program and the store."""
        own = self._shared.copy()
        own.update(key.encode())
        return own.hexdigest()[:32]

    def keep(self, name: str, chunks: Iterable[bytes]) -> None:
        """Keep a file with the build that is no part of the site: what the next build needs to know."""
        with replacing(name), self._new.file(name).open("wb") as stream:
            stream.writelines(chunks)
        self._kept.append(name)

    def add_pictures(self, pictures: Iterable[tuple[str, Path]]) -> None:
        """Add picture files (published name, where they are in the cache); their names are their content."""
        for name, path in pictures:
            file = f"assets/pictures/{name}"
            entry = self._known(file)
            if entry is None:
                self._new.take(file, path)
                self._changed.add(file)
                entry = Entry(file, name.partition("-")[0], path.stat().st_size)
            self._entries[file] = entry

    def keep_maps(self, maps: Iterable[tuple[str, bytes]]) -> None:
        """Keep source maps (name, bytes) with the build; they are no part of the site."""
        self._maps.extend(maps)

    def print(self, jobs: Iterable[Job], tick: Callable[[], None]) -> None:
        """Print the pages of jobs whose input has changed; ``tick`` is called once per page."""
        keys: dict[str, str] = {}
        pages = size_of_all = 0
        for note in self._crew.print(self._wanted(jobs, keys, tick)):
            file = note.pop("file")
            if note.pop("written"):
                self._changed.add(file)
            address, sha256, size = note.pop("address"), note.pop("sha256"), note.pop("bytes")
            self._entries[file] = Entry(file, sha256, size, keys.pop(file), address, packed(note))
            pages, size_of_all = pages + 1, size_of_all + size
            tick()
        self._records.rendered(pages, size_of_all)

    def _wanted(self, jobs: Iterable[Job], keys: dict[str, str], tick: Callable[[], None]) -> Iterator[bytes]:
        for job in jobs:
            shared = self._shared.copy()
            shared.update(job.payload)
            wanted = []
            for locale, address in job.addresses.items():
                own = shared.copy()
                own.update(f"{locale} {address}".encode())
                file, key = file_of(address, self._base), own.hexdigest()[:32]
                known = self._known(file)
                if known and known.key == key:
                    self._entries[file] = known
                    tick()
                else:
                    keys[file] = key
                    wanted.append([locale, address, known.sha256 if known else ""])
            if wanted:
                yield b'{"wanted":' + orjson.dumps(wanted) + b',"payload":' + job.payload + b"}"

    def pages(self) -> Iterator[Entry]:
        """The entries of all HTML pages."""
        return (entry for entry in self._entries.values() if entry.file.endswith(".html"))

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file so far."""
        return {file: entry.sha256 for file, entry in self._entries.items()}

    def place(self, file: str) -> Path:
        """Where a file of the new site is on disk now."""
        new = self._new.path / file
        return new if new.exists() else self._new.target / file

    def files_by_address(self) -> Iterator[tuple[str, str]]:
        """(address, file) of every file of the site."""
        return ((entry.address or f"{self._base}/{entry.file}", entry.file) for entry in self._entries.values())

    def addresses(self) -> set[str]:
        """The address of every file."""
        return {entry.address or f"{self._base}/{entry.file}" for entry in self._entries.values()}

    def finish(self) -> Built:
        """Make the new files the site, unless nothing has changed. What is kept beside the site is not counted."""
        removed = [file for file in self._old if file not in self._entries]
        self.keep(NAME, [manifest_bytes(self._entries.values())])
        if self._changed or removed or not self._old:
            self._switch()
        else:
            self._renew_kept()
        files = [entry for entry in self._entries.values() if _is_public(entry.file)]
        written = sum(1 for file in self._changed if _is_public(file))
        return Built(
            pages=sum(1 for _ in self.pages()),
            files=len(files),
            written=written,
            reused=len(files) - written,
            removed=sum(1 for file in removed if _is_public(file)),
            bytes=sum(entry.size for entry in files),
        )

    def _renew_kept(self) -> None:
        """The site stays as it is; what is kept beside it may say more."""
        for name in self._kept:
            new, old = self._new.path / name, self._new.target / name
            with replacing(name):
                if not old.is_file() or not filecmp.cmp(new, old, shallow=False):
                    new.replace(old)

    def _switch(self) -> None:
        for file in self._entries:
            if not (self._new.path / file).exists():
                self._new.take(file, self._new.target / file)
        for name, data in self._maps:
            self._new.write(f"{MARK}/maps/{name}", data)
        self._new.replace()


def _is_public(file: str) -> bool:
    return not file.startswith(f"{MARK}/")


def published(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Theme files under the folder they are published in."""
    return ((str(Path("assets") / name), data) for name, data in files)
