"""``shopwright prune``: remove old releases, and the files that only they need."""

from dataclasses import dataclass

from shopwright.storage.objects.stored import Objects, Stored
from shopwright.storage.releases.announce import ABANDONED, PruneLock, announced_releases, clock
from shopwright.storage.releases.document import RELEASES, read_release, release_key, release_of_key
from shopwright.storage.releases.live_folder import remove_trees
from shopwright.storage.releases.pointer import live_pointer
from shopwright.storage.releases.release import BLOBS

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, and which releases are left, in no order."""

    releases: tuple[str, ...]
    files: int
    bytes: int
    kept: tuple[str, ...]


def prune(objects: Objects, keep: int) -> Pruned:
    """Keep the live release and those live last, ``keep`` together, and every one that is being published.

    Raises ``StorageError`` if a release that is to be kept cannot be read: then nothing is removed, because nobody
    knows what it needs.
    """
    live_pointer(objects)
    with PruneLock(objects) as lock:
        published = announced_releases(objects)
        pointer = live_pointer(objects)  # after the announcements: who is not there any more has switched
        found = {release_of_key(stored.key): stored.modified for stored in objects.list(RELEASES)}
        others = sorted(found.keys() - set(pointer.order()), key=lambda release: (-found[release], release))
        order = [each for each in (*pointer.order(), *others) if each in found]
        kept = {*order[:keep], pointer.release}
        needed = {blob.key for each in kept for blob in read_release(objects, each, None).blobs().values()}
        needed |= {blob.key for release in published.values() if release for blob in release.blobs().values()}
        gone = tuple(sorted(found.keys() - kept - published.keys()))
        unneeded = [stored for stored in objects.list(BLOBS) if stored.key not in needed]
        _remove(objects, lock, gone, unneeded)
        remove_trees(objects, {*kept, *published}, clock(objects) - ABANDONED)
    return Pruned(gone, len(unneeded), sum(stored.size for stored in unneeded), tuple(sorted(kept)))


def _remove(objects: Objects, lock: PruneLock, releases: tuple[str, ...], blobs: list[Stored]) -> None:
    """Releases before their files: what is named is there."""
    keys = [*(release_key(release) for release in releases), *(stored.key for stored in blobs)]
    for start in range(0, len(keys), _BATCH):
        lock.renew()
        objects.delete(keys[start : start + _BATCH])
