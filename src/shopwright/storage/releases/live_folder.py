"""A folder target as any web server reads it: ``live`` is a link to the whole tree of the live release.

A tree is made of hard links to the blobs, so it costs no bytes. It appears whole, and ``live`` changes in one step.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from shopwright.storage.delivery import is_hashed
from shopwright.storage.exchange import storing
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.pointer import read_pointer
from shopwright.storage.releases.release import ENCODINGS, Blob, Release

LIVE = "live"
TREES = "trees"


def show_tree(objects: Objects, release: Release, before: Iterable[Release]) -> None:
    """Make the tree of a release that is to be live, with hashed files of those before it. Nothing for a bucket."""
    if not isinstance(objects, FolderObjects):
        return
    tree = objects.root / TREES / release.id
    if not tree.is_dir():
        _make(objects, release, tree)
    own = _places(release)
    for older in before:
        hashed = {path: blob for path, blob in _places(older).items() if is_hashed(path) and path not in own}
        _link(objects, hashed, tree)


def switch_link(objects: Objects) -> None:
    """Let ``live`` lead to the tree of the release that is live now, whoever switched last. Nothing for a bucket."""
    if not isinstance(objects, FolderObjects):
        return
    with objects.locked():
        pointer, _ = read_pointer(objects)
        link, target = objects.root / LIVE, f"{TREES}/{pointer.release}" if pointer else ""
        with storing(str(link)):
            if target and not (link.is_symlink() and os.readlink(link) == target):  # noqa: PTH115 - as text
                draft = objects.drafts() / secrets.token_hex(8)
                draft.symlink_to(target)
                draft.replace(link)


def mend_tree(objects: Objects, release: Release) -> None:
    """Make the tree of a release anew, after its blobs were repaired. Nothing where there is no tree of it."""
    if not isinstance(objects, FolderObjects) or not (objects.root / TREES / release.id).is_dir():
        return
    tree = objects.root / TREES / release.id
    for path, blob in _places(release).items():
        place, source = tree / path, objects.path(blob.key)
        with storing(str(place)):
            if not (place.exists() and place.samefile(source)):
                draft = objects.drafts() / secrets.token_hex(8)
                _put(source, draft)
                place.parent.mkdir(parents=True, exist_ok=True)
                draft.replace(place)


def remove_trees(objects: Objects, kept: Iterable[str], abandoned: float) -> None:
    """Remove trees of releases that are not kept, and drafts older than ``abandoned`` (seconds since 1970).

    Nothing for a bucket.
    """
    if not isinstance(objects, FolderObjects):
        return
    names = set(kept)
    gone = [tree for tree in (objects.root / TREES).glob("*") if tree.name not in names]
    for tree in gone:
        shutil.rmtree(tree, ignore_errors=True)
    objects.tidy(abandoned)


def _make(objects: FolderObjects, release: Release, tree: Path) -> None:
    draft = objects.drafts() / secrets.token_hex(8)
    try:
        _link(objects, _places(release), draft)
        with storing(str(tree)):
            tree.parent.mkdir(parents=True, exist_ok=True)
            try:
                draft.rename(tree)
            except OSError:
                if not tree.is_dir():  # otherwise another publisher of the same release was first
                    raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _places(release: Release) -> dict[str, Blob]:
    """Blobs by path, the compressed forms beside their file: where web servers look for them."""
    places = {path: file.blob for path, file in release.files.items()}
    for path, file in release.files.items():
        places |= {path + ENCODINGS[coding]: blob for coding, blob in file.encodings.items()}
    return places


def _link(objects: FolderObjects, places: dict[str, Blob], tree: Path) -> None:
    made: set[Path] = set()
    for path, blob in places.items():
        place = tree / path
        with storing(str(place)):
            if place.parent not in made:
                place.parent.mkdir(parents=True, exist_ok=True)
                made.add(place.parent)
            _put(objects.path(blob.key), place)


def _put(source: Path, place: Path) -> None:
    try:
        place.hardlink_to(source)
    except FileExistsError:
        return
    except OSError:  # a disk without links, or too many of one file
        shutil.copyfile(source, place)
