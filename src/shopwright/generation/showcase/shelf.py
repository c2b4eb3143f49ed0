"""The files of a showcase as they come: written into the new folder, and remembered for its manifest."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from shopwright.generation.manifest import NAME, Entry, manifest_bytes
from shopwright.storage.exchange import NewFolder


class Shelf:
    """``root`` is the path of the showcase's address, without a slash at the end."""

    def __init__(self, new: NewFolder, root: str) -> None:
        self.root = root
        self._new = new
        self._entries: dict[str, Entry] = {}

    def add(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Add files: (name from the root of the showcase, bytes)."""
        for name, data in files:
            self._new.write(name, data)
            self._entries[name] = Entry(name, hashlib.sha256(data).hexdigest(), len(data))

    def take(self, files: Iterable[tuple[str, Path]]) -> None:
        """Add files that lie elsewhere; their names begin with their content's hash."""
        for name, path in files:
            self._new.take(name, path)
            self._entries[name] = Entry(name, Path(name).name.partition("-")[0], path.stat().st_size)

    def finish(self) -> tuple[int, int]:
        """Write the manifest and make the folder the showcase. Returns how many files it has, and of how many bytes."""
        home = self._entries["index.html"]
        self._entries["index.html"] = Entry(home.file, home.sha256, home.size, "showcase", f"{self.root}/")
        self._new.write(NAME, manifest_bytes(self._entries.values()))
        self._new.replace()
        return len(self._entries), sum(entry.size for entry in self._entries.values())
