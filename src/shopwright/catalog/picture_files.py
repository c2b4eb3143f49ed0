"""Bytes of a catalogue's pictures, kept once under their hash; what they are called is said by picture documents."""

import hashlib
import os
import shutil
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.errors import LimitExceeded, StorageError
from shopwright.storage.exchange import reading, storing
from shopwright.storage.objects.folder import FolderObjects

PREFIX = "pictures/"

MOST_BYTES = 64 * 1024 * 1024
"""Of one picture: more than any camera makes."""

RESERVE = 256 * 1024 * 1024
"""Bytes of the disk that pictures leave to others: a database that cannot write stops."""

GRACE_SECONDS = 86_400
"""No import takes so long from keeping its pictures to naming them."""


class PictureFiles:
    """Picture files of one tenant below ``folder``. All methods raise ``StorageError``."""

    def __init__(self, folder: Path) -> None:
        self._objects = FolderObjects(folder)

    def keep(self, file: Path) -> tuple[str, int]:
        """Keep a file's bytes; their SHA-256 and how many they are. Raises ``LimitExceeded`` for a huge file."""
        data = _read(file)
        sha256 = hashlib.sha256(data).hexdigest()
        if not self.renew(sha256):
            self._objects.write(f"{PREFIX}{sha256}", data)
        return sha256, len(data)

    def refuse_too_much(self, size: int) -> None:
        """Raise ``StorageError`` if so many bytes more would leave the disk less than ``RESERVE``."""
        if not size:
            return
        free = self._objects.free()
        if free - size < RESERVE:
            what = f"the disk has {free / 1e6:,.0f} MB left, and the pictures need {size / 1e6:,.0f} MB."
            remedy = f"Make room: {RESERVE / 1e6:,.0f} MB stay free for the database."
            raise StorageError(what, where=self._objects.name, remedy=remedy)

    def renew(self, sha256: str) -> bool:
        """Whether the bytes with this hash are kept; then no ``sweep`` takes them for a day."""
        path = self._objects.path(f"{PREFIX}{sha256}")
        with self._objects.locked(), storing(str(path)):
            try:
                os.utime(path)
            except FileNotFoundError:
                return False
        return True

    def sweep(self, named: AbstractSet[str], now: float) -> int:
        """Remove bytes that nothing names and nobody asked for within a day, and what killed writers left; how many.

        Whoever is about to name some has renewed them before.
        """
        until = now - GRACE_SECONDS
        gone = 0
        for stored in list(self._objects.list(PREFIX)):
            if stored.modified < until and stored.key.removeprefix(PREFIX) not in named:
                gone += self._removed(stored.key, until)
        return gone + self._objects.tidy(until)

    def _removed(self, key: str, until: float) -> bool:
        with self._objects.locked():
            now = self._objects.find(key)
            old = now is not None and now.modified < until
            if old:
                self._objects.delete([key])
        return old

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash, proved by it."""
        content = self._objects.read(f"{PREFIX}{sha256}", MOST_BYTES)
        if content is None or content.version != sha256:
            what = "is not there" if content is None else "is damaged"
            remedy = "Import the catalogue again from the folder with its pictures, or restore a backup."
            raise StorageError(
                f"the file of a picture {what}.", where=f"{self._objects.name}/{PREFIX}{sha256}", remedy=remedy
            )
        return content.data

    def lay_out(self, sha256: str, place: Path, *, linked: bool = False) -> None:
        """Let the bytes with this hash stand at ``place``.

        ``linked``: as a link where the disk has links, for who changes no file in place: it would change these.
        """
        source = self._objects.path(f"{PREFIX}{sha256}")
        with storing(str(place)):
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                (os.link if linked else shutil.copyfile)(source, place)
            except FileExistsError:
                return
            except FileNotFoundError:
                self.read(sha256)  # says what is missing, and what to do
                raise
            except OSError:  # a disk without links
                shutil.copyfile(source, place)


@dataclass(frozen=True, slots=True)
class PictureIntake:
    """Files that are measured first, and kept when there is room for what they belong to."""

    pictures: PictureFiles
    _measured: dict[Path, tuple[str, int]] = field(default_factory=dict)

    def measure(self, file: Path) -> tuple[str, int]:
        """The SHA-256 of a file's bytes and how many they are. Raises ``StorageError``, ``LimitExceeded``."""
        data = _read(file)
        self._measured[file] = hashlib.sha256(data).hexdigest(), len(data)
        return self._measured[file]

    def keep(self) -> None:
        """Keep every file that was measured.

        Raises ``StorageError`` for one that is another one by now, and before anything is written if the disk would be
        full then.
        """
        missing = {file: known for file, known in self._measured.items() if not self.pictures.renew(known[0])}
        self.pictures.refuse_too_much(sum(size for _, size in missing.values()))
        for file, (sha256, _) in missing.items():
            if not self.pictures.renew(sha256) and self.pictures.keep(file)[0] != sha256:
                raise StorageError("the picture was changed meanwhile.", where=str(file), remedy="Import again.")


def _read(file: Path) -> bytes:
    with reading(str(file)), file.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LimitExceeded(f"it is larger than {MOST_BYTES:,} bytes.", where=str(file), remedy="Make it smaller.")
    return data
