"""Bring to a target what it lacks of a release, several files at once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from shopwright.storage.delivery import IMMUTABLE, is_hashed
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.release import BLOBS, Blob, Release
from shopwright.storage.releases.site_files import SiteFiles

AT_ONCE = 16
Progress = Callable[[int, int], None]
"""Called with how many files are uploaded, of how many."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """How much was sent: files, not counting their compressed forms, and all bytes."""

    files: int
    size: int


def lacking(objects: Objects, release: Release) -> list[Blob]:
    """What is not at the target, or has another size there. The target is asked; no note of ours is believed."""
    there = {stored.key: stored.size for stored in objects.list(BLOBS)}
    return [blob for blob in release.blobs().values() if there.get(blob.key) != blob.size]


def upload(objects: Objects, site: SiteFiles, blobs: Iterable[Blob], progress: Progress) -> Uploaded:
    """Send blobs of a site, assets before pages. Raises ``StorageError``; what was sent until then is kept."""
    headers = blob_headers(site.release)
    assets = {blob.sha256 for path, file in site.release.files.items() if is_hashed(path) for blob in file.blobs()}
    todo = sorted(blobs, key=lambda blob: (blob.sha256 not in assets, blob.sha256))

    def send(blob: Blob) -> None:
        objects.write(blob.key, site.read(blob), headers[blob.sha256])

    with ThreadPoolExecutor(AT_ONCE) as threads:
        try:
            for done, sent in enumerate(as_completed([threads.submit(send, blob) for blob in todo]), start=1):
                sent.result()
                progress(done, len(todo))
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    compressed = {blob for file in site.release.files.values() for blob in file.encodings.values()}
    return Uploaded(len({*todo} - compressed), sum(blob.size for blob in todo))


def blob_headers(release: Release) -> dict[str, dict[str, str]]:
    """By hash, what a bucket tells who reads a blob directly: its type and coding; its name never means other bytes."""
    found: dict[str, dict[str, str]] = {}
    for file in release.files.values():
        kind = {"Content-Type": file.headers.get("Content-Type", ""), "Cache-Control": IMMUTABLE}
        found.setdefault(file.blob.sha256, kind)
        for coding, blob in file.encodings.items():
            found.setdefault(blob.sha256, {**kind, "Content-Encoding": coding})
    return found
