"""Which snapshots are kept, and when the next is due."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from shopwright.database.backup.log import segments_of
from shopwright.database.backup.manifest import Manifest, readable, snapshot_ids
from shopwright.database.backup.vault import MANIFEST, SNAPSHOTS, Vault

ABANDONED_SECONDS = 86_400
"""Age at which objects without a manifest are those of a backup that was killed, and not of one that is at work."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed: ids of snapshots, segments of the log, and objects of backups that never ended."""

    snapshots: Sequence[str]
    segments: int
    abandoned: int


def prune(vault: Vault, keep: int, now: dt.datetime) -> Pruned:
    """Keep the newest ``keep`` snapshots of everything (at least one), and what there is since the oldest of them.

    Newest by the server's time, which never goes back. Snapshots of single tenants push out none of everything. One
    that cannot be read stays, for whoever looks into it.
    """
    oldest, old = _parted(readable(vault), max(1, keep))
    kept = set(snapshot_ids(vault)).difference(old)
    # the manifest goes first: a snapshot that is half removed is none
    vault.delete(f"{SNAPSHOTS}{name}{MANIFEST}" for name in old)
    gone, abandoned = set(old), []
    for held in list(vault.list(SNAPSHOTS)):
        name = held.key.removeprefix(SNAPSHOTS).partition("/")[0]
        if name in gone or (name not in kept and now.timestamp() - held.modified > ABANDONED_SECONDS):
            abandoned.append((name in gone, held.key))
    vault.delete(key for _, key in abandoned)
    return Pruned(old, _prune_log(vault, oldest), sum(not known for known, _ in abandoned))


def _parted(manifests: Iterable[Manifest], keep: int) -> tuple[Manifest | None, list[str]]:
    """The oldest snapshot of everything that is kept, and the ids of all before it."""
    found = sorted(manifests, key=lambda manifest: (manifest.at, manifest.id))
    whole = [number for number, manifest in enumerate(found) if manifest.everything][-keep:]
    if not whole:
        return None, []
    return found[whole[0]], [manifest.id for manifest in found[: whole[0]]]


def _prune_log(vault: Vault, oldest: Manifest | None) -> int:
    if not oldest:
        return 0
    useless = [segment.name for segment in segments_of(vault) if segment.end <= oldest.at]
    vault.delete(useless)
    return len(useless)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often a snapshot is taken and the log is copied, and how many snapshots are kept."""

    every: dt.timedelta
    log_every: dt.timedelta
    keep: int

    def due(
        self, snapshot: dt.datetime | None, log: dt.datetime | None, now: dt.datetime
    ) -> Literal["snapshot", "log"] | None:
        """What is to be done ``now``, if the newest of each was made then.

        One made far in the future was made by a clock that has been put right since: it puts off nothing.
        """
        if snapshot is None or not -self.every < now - snapshot < self.every:
            return "snapshot"
        if not -self.log_every < now - max(log or snapshot, snapshot) < self.log_every:
            return "log"
        return None
