"""``shopwright verify``: read everything that is kept, and see whether it is still what it was."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.document import RELEASES, read_release, release_of_key
from shopwright.storage.releases.live_folder import mend_tree
from shopwright.storage.releases.pointer import live_pointer
from shopwright.storage.releases.release import Blob, Release
from shopwright.storage.releases.signing import Trust
from shopwright.storage.releases.site_files import read_site
from shopwright.storage.releases.upload import AT_ONCE, blob_headers


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read and what is wrong with it; paths are of one file that each blob stands for."""

    releases: int
    blobs: int
    missing: tuple[str, ...] = ()
    corrupt: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """Releases whose document is damaged, or signed by nobody who is trusted, and why."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong any more."""
        return not self.refused and not ({*self.missing, *self.corrupt} - {*self.repaired})


def verify(objects: Objects, trust: Trust) -> Verified:
    """Read every kept release and hash every file it needs."""
    releases, refused = _releases(objects, trust)
    return _verified(objects, releases, refused)[0]


def repair(objects: Objects, trust: Trust, site: Path) -> Verified:
    """As ``verify``, and store again what is missing or corrupt, if the folder ``site`` holds it."""
    releases, refused = _releases(objects, trust)
    found, broken = _verified(objects, releases, refused)
    files = read_site(site)
    headers = {sha256: kind for release in releases for sha256, kind in blob_headers(release).items()}
    repaired = []
    for blob, path in broken.items():
        if blob.sha256 in files.sources:
            objects.write(blob.key, files.read(blob), headers[blob.sha256])
            repaired.append(path)
    if repaired:
        for release in releases:
            mend_tree(objects, release)
    return replace(found, repaired=tuple(sorted(repaired)))


def _releases(objects: Objects, trust: Trust) -> tuple[list[Release], tuple[str, ...]]:
    names = {live_pointer(objects).release, *(release_of_key(stored.key) for stored in objects.list(RELEASES))}
    releases, refused = [], []
    for name in sorted(names):
        try:
            releases.append(read_release(objects, name, trust))
        except StorageError as error:
            refused.append(f"{name}: {error.what}")
    return releases, tuple(refused)


def _verified(objects: Objects, releases: list[Release], refused: tuple[str, ...]) -> tuple[Verified, dict[Blob, str]]:
    paths = {blob: path for release in releases for path, file in release.files.items() for blob in file.blobs()}
    with ThreadPoolExecutor(AT_ONCE) as threads:
        states = dict(zip(paths, threads.map(lambda blob: _state(objects, blob), paths), strict=True))
    missing = {blob: paths[blob] for blob, state in states.items() if state == "missing"}
    corrupt = {blob: paths[blob] for blob, state in states.items() if state == "corrupt"}
    found = Verified(
        len(releases), len(paths), tuple(sorted(missing.values())), tuple(sorted(corrupt.values())), (), refused
    )
    return found, {**missing, **corrupt}


def _state(objects: Objects, blob: Blob) -> str:
    content = objects.read(blob.key)
    if content is None:
        return "missing"
    return "sound" if hashlib.sha256(content.data).hexdigest() == blob.sha256 else "corrupt"
