"""``shopwright releases``: which releases a target keeps."""

import datetime as dt
from dataclasses import dataclass

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.document import RELEASES, read_release, release_of_key
from shopwright.storage.releases.pointer import live_pointer


@dataclass(frozen=True, slots=True)
class Kept:
    """A release that is kept: when its document was first stored, and how large it is; 0 files if it is damaged."""

    release: str
    live: bool
    published: str
    files: int
    bytes: int


def kept_releases(objects: Objects) -> list[Kept]:
    """Every release, the live one first, then as they were live last. Raises ``StorageError`` if there is none."""
    order = live_pointer(objects).order()
    found = {release_of_key(stored.key): stored.modified for stored in objects.list(RELEASES)}
    unused = sorted(found.keys() - set(order), key=lambda release: (-found[release], release))
    return [_kept(objects, each, found[each], live=each == order[0]) for each in (*order, *unused) if each in found]


def _kept(objects: Objects, release_id: str, modified: float, *, live: bool) -> Kept:
    published = dt.datetime.fromtimestamp(modified, dt.UTC).isoformat(timespec="seconds")
    try:
        release = read_release(objects, release_id, None)
    except StorageError:
        return Kept(release_id, live, published, 0, 0)
    return Kept(release_id, live, published, len(release.files), sum(file.blob.size for file in release.files.values()))
