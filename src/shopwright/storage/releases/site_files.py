"""The release that a built folder is: every file that visitors may ask for, hashed."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli

from shopwright.errors import StorageError
from shopwright.storage.delivery import delivery, is_hashed
from shopwright.storage.exchange import MARK, reading
from shopwright.storage.header_rules import NAME as HEADERS
from shopwright.storage.header_rules import HeaderRules, parse_headers
from shopwright.storage.objects.stored import MOST_BYTES
from shopwright.storage.redirect_rules import NAME as REDIRECTS
from shopwright.storage.redirect_rules import parse_redirects
from shopwright.storage.releases.release import ENCODINGS, Blob, Release, ReleaseFile

MOST_FILES = 1_000_000
_RULES = frozenset({HEADERS, REDIRECTS})
_SHARED = (".css", ".js", ".mjs")
_BROTLI_BEST = 11
_MOST_COMPRESSED = 2 * 1024 * 1024
_REMEDY = "Run the command again when nothing changes the folder any more."


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """A release, and for each hash these bytes, or a file that holds them."""

    release: Release
    sources: dict[str, Path | bytes]

    def read(self, blob: Blob) -> bytes:
        """Bytes of the release. Raises ``StorageError`` if the file changed since it was hashed."""
        path = self.sources[blob.sha256]
        if isinstance(path, bytes):
            return path
        with reading(str(path)):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != blob.sha256:
            raise StorageError("the file changed while it was published.", where=str(path), remedy=_REMEDY)
        return data


def read_site(site: Path, base: str = "") -> SiteFiles:
    """Hash a folder. Hidden files stay at home. Raises ``StorageError`` if it is no site, or changes meanwhile."""
    if not (site / MARK).is_dir() and not (site / "index.html").is_file():
        raise StorageError("there is no built store.", where=str(site), remedy="Run shopwright build first.")
    before = site.stat()
    sources: dict[str, Path | bytes] = {}
    blobs: dict[str, Blob] = {}
    for path in _paths(site):
        blob = blobs[path] = _hashed(site / path)
        sources.setdefault(blob.sha256, site / path)
    for path, data in list(_compressed(site, blobs)):
        blob = blobs[path] = Blob(hashlib.sha256(data).hexdigest(), len(data))
        sources.setdefault(blob.sha256, data)
    rules, redirects = read_header_rules(site), read_redirect_lines(site)
    if (now := site.stat()).st_ino != before.st_ino or now.st_mtime_ns != before.st_mtime_ns:
        raise StorageError("the folder changed while it was read.", where=str(site), remedy=_REMEDY)
    return SiteFiles(Release(base, dict(_files(blobs, rules)), redirects), sources)


def read_header_rules(site: Path) -> HeaderRules:
    """The site's own header rules; none if it has no such file. Raises ``StorageError`` that names the line."""
    return parse_headers(_text(site / HEADERS))


def read_redirect_lines(site: Path) -> tuple[str, ...]:
    """The lines of the site's redirects, checked. Raises ``StorageError`` that names the line."""
    text = _text(site / REDIRECTS)
    parse_redirects(text)
    lines = (line.partition("#")[0] if line.startswith("#") else line for line in text.split("\n"))
    return tuple(" ".join(line.split()) for line in lines if line.strip())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("it cannot be read as UTF-8.", where=str(path), remedy="Correct it.") from error


def _paths(site: Path) -> Iterator[str]:
    count = 0
    for folder, folders, names in os.walk(site):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        above = Path(folder).relative_to(site).as_posix()
        for name in sorted(names):
            path = name if above == "." else f"{above}/{name}"
            if name.startswith(".") or path in _RULES:
                continue
            count += 1
            if count > MOST_FILES:
                raise StorageError(f"there are more than {MOST_FILES:,} files.", where=str(site))
            yield path


def _hashed(path: Path) -> Blob:
    if path.is_symlink() or not path.is_file():
        raise StorageError("it is no plain file.", where=str(path), remedy="Take it out of the site, or copy it.")
    with reading(str(path)), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    if size > MOST_BYTES:
        raise StorageError(f"it is larger than {MOST_BYTES:,} bytes.", where=str(path), remedy="Take it out.")
    return Blob(digest, size)


def _compressed(site: Path, blobs: dict[str, Blob]) -> Iterator[tuple[str, bytes]]:
    """Styles and scripts, which every page shares, compressed as small as can be, where the site has no such file.

    Pages change often and are many: servers and CDNs compress those as they send them.
    """
    for path, blob in blobs.items():
        shared = is_hashed(path) and path.endswith(_SHARED) and blob.size <= _MOST_COMPRESSED
        if shared and path + ENCODINGS["br"] not in blobs:
            with reading(path):
                data = bytes(brotli.compress((site / path).read_bytes(), quality=_BROTLI_BEST))
            if len(data) < blob.size:
                yield path + ENCODINGS["br"], data


def _files(blobs: dict[str, Blob], rules: HeaderRules) -> Iterator[tuple[str, ReleaseFile]]:
    """Each file with its compressed forms, which stand beside it in the folder and have no address of their own."""
    for path, blob in blobs.items():
        original, dot, suffix = path.rpartition(".")
        if f"{dot}{suffix}" in ENCODINGS.values() and original in blobs:
            continue
        encodings = {coding: blobs[path + end] for coding, end in ENCODINGS.items() if path + end in blobs}
        yield path, ReleaseFile(blob, delivery(path, rules), encodings)
