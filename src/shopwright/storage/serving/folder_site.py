"""A built folder as a site: its files, with the headers and redirects it says itself."""

import email.utils
import hashlib
import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

from shopwright.errors import StorageError
from shopwright.storage.delivery import delivery, etag
from shopwright.storage.header_rules import NAME as HEADERS
from shopwright.storage.header_rules import HeaderRules
from shopwright.storage.redirect_rules import NAME as REDIRECTS
from shopwright.storage.redirect_rules import Redirect, RedirectRules, parse_redirects
from shopwright.storage.releases.release import ENCODINGS
from shopwright.storage.releases.site_files import read_header_rules, read_redirect_lines
from shopwright.storage.serving.resource import Form, Resource

_HASHES_KEPT = 20_000


class FolderSite:
    """The site in ``folder``, which may be built again at any time; ``base`` is the path of its address."""

    def __init__(self, folder: Path, base: str = "") -> None:
        self.base = base
        self._folder = folder.resolve()
        self._lock = threading.Lock()
        self._hashes: OrderedDict[tuple[int, int, int], str] = OrderedDict()
        self._rules_of: tuple[object, ...] = ()
        self._rules: tuple[HeaderRules, RedirectRules] = (HeaderRules(), RedirectRules())

    def find(self, path: str) -> Resource | None:
        """A file that is not hidden, no rule file, and inside the folder."""
        if path in (HEADERS, REDIRECTS):
            return None
        place = self._folder / path
        found = self._form(place)
        if found is None:
            return None
        form, modified = found
        encodings = {coding: self._form(self._folder / f"{path}{end}") for coding, end in ENCODINGS.items()}
        headers = {
            **delivery(path, self._read_rules()[0]),
            "Last-Modified": email.utils.formatdate(modified, usegmt=True),
        }
        return Resource(headers, form, {coding: made[0] for coding, made in encodings.items() if made}, modified)

    def redirect(self, path: str) -> Redirect | None:
        """The first rule of the site that means ``path``."""
        return self._read_rules()[1].find(path)

    def _form(self, place: Path) -> tuple[Form, float] | None:
        try:
            if not place.is_file() or not place.resolve().is_relative_to(self._folder):
                return None
            state = place.stat()
            validator = etag(self._sha256(place, state))
        except (OSError, ValueError):  # too long a name, or gone meanwhile
            return None
        return Form(state.st_size, validator, lambda: _opened(place)), state.st_mtime

    def _sha256(self, place: Path, state: os.stat_result) -> str:
        """The hash of a file, remembered while the file is the same."""
        key = (state.st_ino, state.st_mtime_ns, state.st_size)
        with self._lock:
            known = self._hashes.get(key)
        if known:
            return known
        with place.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        with self._lock:
            self._hashes[key] = digest
            if len(self._hashes) > _HASHES_KEPT:
                self._hashes.popitem(last=False)
        return digest

    def _read_rules(self) -> tuple[HeaderRules, RedirectRules]:
        """The rules, read again when their files have changed."""
        now = tuple(_identity(self._folder / name) for name in (HEADERS, REDIRECTS))
        with self._lock:
            if now != self._rules_of:
                redirects = parse_redirects("\n".join(read_redirect_lines(self._folder)))
                self._rules = (read_header_rules(self._folder), redirects)
                self._rules_of = now
            return self._rules


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns


def _opened(place: Path) -> BinaryIO:
    try:
        return place.open("rb")
    except OSError as error:
        raise StorageError("the file is gone.", where=str(place)) from error
