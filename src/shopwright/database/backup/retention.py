"""Which snapshots are kept, and when the next is due."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shopwright.database.backup.log import segments_of
from shopwright.database.backup.manifest import read_manifest, snapshot_ids
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
    """Keep the newest ``keep`` snapshots (at least one) and the log since the oldest of them."""
    names = snapshot_ids(vault)
    old, kept = names[: -max(1, keep)], names[-max(1, keep) :]
    # the manifest goes first: a snapshot that is half removed is none
    vault.delete(f"{SNAPSHOTS}{name}{MANIFEST}" for name in old)
    gone, abandoned = set(old), []
    for held in list(vault.list(SNAPSHOTS)):
        name = held.key.removeprefix(SNAPSHOTS).partition("/")[0]
        if name in gone or (name not in kept and now.timestamp() - held.modified > ABANDONED_SECONDS):
            abandoned.append((name in gone, held.key))
    vault.delete(key for _, key in abandoned)
    return Pruned(old, _prune_log(vault, kept), sum(not known for known, _ in abandoned))


def _prune_log(vault: Vault, kept: Sequence[str]) -> int:
    if not kept:
        return 0
    start = read_manifest(vault, kept[0]).at
    useless = [segment.name for segment in segments_of(vault) if segment.end <= start]
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
        """What is to be done ``now``, if the newest of each was made then."""
        if snapshot is None or now - snapshot >= self.every:
            return "snapshot"
        if now - max(log or snapshot, snapshot) >= self.log_every:
            return "log"
        return None
