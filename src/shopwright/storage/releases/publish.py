"""``shopwright publish``: make a built folder the live release of a target.

First what the target lacks is uploaded, then the release's document, then one pointer is switched. Whoever reads has
the old store or the new one; a publish that is stopped at any moment changed nothing, and the next one goes on from it.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import StorageError
from shopwright.performance.line_metrics import UPLOADED, UPLOADED_BYTES, stage
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.announce import announced
from shopwright.storage.releases.document import HEADERS, read_release, release_key, seal
from shopwright.storage.releases.live_folder import show_tree, switch_link
from shopwright.storage.releases.pointer import REACHABLE, Pointer, read_pointer, sequence_of, switch
from shopwright.storage.releases.release import Release
from shopwright.storage.releases.signing import Signer
from shopwright.storage.releases.site_files import read_site
from shopwright.storage.releases.upload import Progress, lacking, upload


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: files of the release, and what of it had to be sent."""

    release: str
    files: int
    uploaded: int
    bytes_uploaded: int
    seconds: float
    pointer: Pointer


def publish(
    site: Path,
    objects: Objects,
    signer: Signer,
    base: str = "",
    progress: Progress = lambda *_: None,
    *,
    after: int | None = None,
) -> Published:
    """Publish ``site``, whose address has the path ``base``.

    ``after``: only if nobody switched the target since its pointer had this ``sequence_of``. Raises ``StorageError``
    when it cannot be done, also when another publisher was faster: then the other's is live.
    """
    started = time.monotonic()
    files = read_site(site, base)
    release, document = files.release, seal(files.release, signer)
    with announced(objects, release.id, document):
        seen = read_pointer(objects)
        if after is not None and sequence_of(seen[0]) != after:
            remedy = "Build again from what is to be sold now."
            raise StorageError("another release was made live meanwhile.", where=objects.name, remedy=remedy)
        with stage("upload"):
            sent = upload(objects, files, lacking(objects, release), progress)
        UPLOADED.add(amount=sent.files)
        UPLOADED_BYTES.add(amount=sent.size)
        stored = objects.read(release_key(release.id))
        if stored is None or stored.data != document:
            objects.write(release_key(release.id), document, HEADERS)
        with stage("switch"):
            show_tree(objects, release, reachable(objects, seen[0]))
            pointer = switch(objects, release.id, seen)
            switch_link(objects)
    seconds = round(time.monotonic() - started, 3)
    return Published(release.id, len(release.files), sent.files, sent.size, seconds, pointer)


def reachable(objects: Objects, pointer: Pointer | None) -> Iterator[Release]:
    """The releases whose hashed files stay reachable behind the next one; those that are gone are passed over."""
    for release_id in pointer.order()[:REACHABLE] if pointer else ():
        try:
            yield read_release(objects, release_id, None)
        except StorageError:
            continue
