"""The picture cache: what was prepared from which bytes, by which recipe, and the files.

``entries/<key>.json`` holds a PreparedPicture, ``files/<name>`` a rendition, ``refused/<key>.json`` why a picture
cannot be prepared. Everything is written whole under another name and then renamed, so two builds may share a cache,
and a kill at any moment leaves it good. A file is believed when its length is right; an entry that misses a file is
made again.
"""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import orjson

from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition
from shopwright.errors import PictureError, StorageError

_TOUCH_AFTER = 600


def mark_used(path: Path, last: float) -> None:
    """Write a use down as the file's modification time, unless ``last`` is a few minutes ago or less."""
    if time.time() - last > _TOUCH_AFTER:
        path.touch()


@contextmanager
def draft(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that becomes ``path`` when the block ends well. Raises StorageError when it cannot be written."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror}.", where=str(path), remedy="Is the disk full or read-only?"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all. Raises StorageError when it cannot be written."""
    with draft(path) as file:
        file.write(data)


class PictureCache:
    """A cache in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "files"
        self._entries = folder / "entries"
        self._refused = folder / "refused"

    def file(self, rendition: Rendition) -> Path:
        """Where a rendition's file is."""
        return self.files / rendition.name[:2] / rendition.name

    def recall(self, key: str) -> PreparedPicture | None:
        """What was kept under ``key``, when all its files are there."""
        entry = self._entry(key)
        try:
            with entry.open("rb") as file:
                used = os.fstat(file.fileno()).st_mtime
                picture = PreparedPicture.from_json(file.read())
            whole = all(self.file(rendition).stat().st_size == rendition.bytes for rendition in picture.renditions)
            mark_used(entry, used)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return picture if whole else None

    def keep(self, key: str, picture: PreparedPicture) -> None:
        """Remember ``picture``, whose files are already written."""
        write_whole(self._entry(key), picture.as_json())

    def refusal(self, key: str) -> PictureError | None:
        """Why the picture under ``key`` was found unusable, if it was."""
        path = self._place(self._refused, key)
        try:
            fields = orjson.loads(path.read_bytes())
            error = PictureError(str(fields["what"]), remedy=str(fields["remedy"]))
            mark_used(path, path.stat().st_mtime)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return error

    def refuse(self, key: str, error: PictureError) -> None:
        """Remember that the picture under ``key`` is unusable, whenever it is tried."""
        write_whole(self._place(self._refused, key), orjson.dumps({"what": error.what, "remedy": error.remedy}))

    def _entry(self, key: str) -> Path:
        return self._place(self._entries, key)

    @staticmethod
    def _place(folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key}.json"
