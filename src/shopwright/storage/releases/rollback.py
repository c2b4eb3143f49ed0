"""``shopwright rollback``: make a kept release live again. Nothing is uploaded; one pointer is switched."""

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.announce import announced
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.live_folder import show_tree, switch_link
from shopwright.storage.releases.pointer import Pointer, live_pointer, read_pointer, switch
from shopwright.storage.releases.publish import reachable
from shopwright.storage.releases.release import Release, is_release_id
from shopwright.storage.releases.signing import Trust
from shopwright.storage.releases.upload import lacking


def rollback(objects: Objects, trust: Trust, release_id: str = "") -> Pointer:
    """Switch to a release, by default the one that was live before.

    Raises ``StorageError`` if it is not kept, not signed by a trusted key, or lacks a file.
    """
    wanted = _wanted(live_pointer(objects), release_id)
    with announced(objects, wanted):
        seen = read_pointer(objects)
        release = read_release(objects, wanted, trust)
        _refuse_incomplete(objects, release)
        show_tree(objects, release, reachable(objects, seen[0]))
        pointer = switch(objects, wanted, seen)
        switch_link(objects)
    return pointer


def _wanted(pointer: Pointer, release_id: str) -> str:
    if not release_id:
        if not pointer.before:
            raise StorageError("no release was live before this one.", remedy="Publish another site.")
        return pointer.before[0]
    if not is_release_id(release_id):
        raise StorageError(f"{release_id[:80]!r} is no release.", remedy="Run shopwright releases to see them.")
    return release_id


def _refuse_incomplete(objects: Objects, release: Release) -> None:
    missing = len(lacking(objects, release))
    if missing:
        raise StorageError(
            f"release {release.id} lacks {missing:,} of its files.",
            where=objects.name,
            remedy="Run shopwright verify --repair with the folder it was published from.",
        )
