"""A published target as a site: the release its pointer names, checked, and hashed files of those before it."""

import hashlib
import io
import threading
import time
from typing import BinaryIO

from shopwright.errors import StorageError
from shopwright.storage.delivery import etag, is_hashed, surrogate_key
from shopwright.storage.objects.stored import Objects
from shopwright.storage.redirect_rules import Redirect, RedirectRules, parse_redirects
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.pointer import REACHABLE, live_pointer
from shopwright.storage.releases.release import Blob, Release, ReleaseFile
from shopwright.storage.releases.signing import Trust
from shopwright.storage.serving.memory import ByteMemory
from shopwright.storage.serving.resource import Form, Resource

FRESH = 1.0
"""Seconds for which the pointer is believed; so long after a switch the new release is served."""

_MEMORY = 128 * 1024 * 1024


class ReleaseSite:
    """The live release of a target. What was not signed by a trusted key is not served."""

    def __init__(self, objects: Objects, trust: Trust) -> None:
        self._objects = objects
        self._trust = trust
        self._memory = ByteMemory(_MEMORY)
        self._lock = threading.Lock()
        self._order: tuple[str, ...] = ()
        self._asked = -FRESH
        self._releases: dict[str, tuple[Release, RedirectRules] | None] = {}
        self.refresh()

    @property
    def base(self) -> str:
        """The path the live release was built for."""
        return self._live()[0].base

    def refresh(self) -> None:
        """Read the pointer, if that is due, and the release it names. Raises ``StorageError``."""
        with self._lock:
            if time.monotonic() - self._asked < FRESH:
                return
            order = live_pointer(self._objects).order()[: 1 + REACHABLE]
            if order != self._order:
                live = self._releases.get(order[0]) or self._read(order[0])
                older = {name: found for name, found in self._releases.items() if name in order and found}
                self._releases = {**older, order[0]: live}
                self._order = order
            self._asked = time.monotonic()

    def find(self, path: str) -> Resource | None:
        """A file of the live release, or a hashed one of those before it."""
        self.refresh()
        file = self._live()[0].files.get(path)
        if file is None and is_hashed(path):
            file = self._before(path)
        if file is None:
            return None
        forms = {coding: self._form(blob, coding) for coding, blob in file.encodings.items()}
        return Resource({**file.headers, "Surrogate-Key": surrogate_key(path)}, self._form(file.blob, ""), forms)

    def redirect(self, path: str) -> Redirect | None:
        """The first rule of the live release that means ``path``."""
        self.refresh()
        return self._live()[1].find(path)

    def _live(self) -> tuple[Release, RedirectRules]:
        with self._lock:
            live = self._releases[self._order[0]]
        assert live  # noqa: S101 - refresh sets the order only when it holds the release
        return live

    def _before(self, path: str) -> ReleaseFile | None:
        for name in self._order[1:]:
            with self._lock:
                if name not in self._releases:
                    self._releases[name] = self._kept(name)
                found = self._releases.get(name)
            if found and path in found[0].files:
                return found[0].files[path]
        return None

    def _read(self, name: str) -> tuple[Release, RedirectRules]:
        release = read_release(self._objects, name, self._trust)
        return release, parse_redirects("\n".join(release.redirects))

    def _kept(self, name: str) -> tuple[Release, RedirectRules] | None:
        """A release that was live before; None if it is pruned or not to be trusted."""
        try:
            return self._read(name)
        except StorageError:
            return None

    def _form(self, blob: Blob, coding: str) -> Form:
        def opened() -> BinaryIO:
            return io.BytesIO(self._memory.get(blob.sha256, lambda: self._bytes(blob)))

        return Form(blob.size, etag(blob.sha256, coding), opened)

    def _bytes(self, blob: Blob) -> bytes:
        content = self._objects.read(blob.key)
        if content is None or hashlib.sha256(content.data).hexdigest() != blob.sha256:
            where = f"{self._objects.name}/{blob.key}"
            raise StorageError("the file is missing or corrupt.", where=where, remedy="Run shopwright verify.")
        return content.data
