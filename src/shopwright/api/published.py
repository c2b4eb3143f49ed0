"""Where releases are kept, for who may look at them and switch between them."""

from collections.abc import Callable
from dataclasses import dataclass

from shopwright.api.wire import Wire, example
from shopwright.bootstrap.job_place import release_place
from shopwright.settings import Aws, Settings
from shopwright.storage.objects.target import Target, open_target
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.pointer import Pointer
from shopwright.storage.releases.release import Release
from shopwright.storage.releases.rollback import rollback
from shopwright.storage.releases.signing import load_trust

MOST_PATHS = 1_000
"""Of a comparison that are named, of each kind."""


class Comparison(Wire):
    """Files that came, changed and went, the first thousand of each; ``same`` is how many are in both."""

    model_config = Wire.model_config | example(
        added=["products/oval.html"], changed=["index.html"], removed=[], same=338
    )

    added: list[str]
    changed: list[str]
    removed: list[str]
    same: int


@dataclass(frozen=True, slots=True)
class PublishedStores:
    """The releases of every tenant's stores, below ``place``: a folder or ``s3://bucket/prefix``."""

    settings: Settings
    place: str
    aws: Aws

    def switch(self, tenant: str, store: str, release: str) -> Callable[[], Pointer]:
        """What makes a release live. It raises ``StorageError`` for one that is not there."""
        trust = load_trust(self.settings.release_key, self.settings.trusted_keys)
        return lambda: rollback(self._target(tenant, store), trust, release)

    def compared(self, tenant: str, store: str, before: str, after: str) -> Comparison:
        """What differs between two releases. Raises ``StorageError``."""
        objects = self._target(tenant, store)
        trust = load_trust(self.settings.release_key, self.settings.trusted_keys)
        return compared(read_release(objects, before, trust), read_release(objects, after, trust))

    def _target(self, tenant: str, store: str) -> Target:
        return open_target(release_place(self.place, tenant, store), self.aws)


def compared(before: Release, after: Release) -> Comparison:
    """What differs between two releases."""
    both = before.files.keys() & after.files.keys()
    changed = sorted(path for path in both if before.files[path].blob != after.files[path].blob)
    return Comparison(
        added=sorted(after.files.keys() - both)[:MOST_PATHS],
        changed=changed[:MOST_PATHS],
        removed=sorted(before.files.keys() - both)[:MOST_PATHS],
        same=len(both) - len(changed),
    )
