"""Which snapshots are kept, and when the next is due."""

import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from shopwright.database.backup.in_use import used_snapshots
from shopwright.database.backup.log import segments_of
from shopwright.database.backup.manifest import Manifest, readable, snapshot_ids
from shopwright.database.backup.vault import MANIFEST, SNAPSHOTS, Held, Vault

ABANDONED_SECONDS = 86_400
"""So long after the last object of a snapshot without a manifest was written, nobody is at work on it any more."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed: ids of snapshots, segments of the log, and objects of backups that never ended."""

    snapshots: Sequence[str]
    segments: int
    abandoned: int


def prune(vault: Vault, keep: int, now: dt.datetime) -> Pruned:
    """Keep the newest ``keep`` snapshots of everything (at least one), and what there is since the oldest of them.

    Newest by the server's time, which never goes back. Snapshots of single tenants push out none of everything. One
    that cannot be read stays, for whoever looks into it; so does one that is being restored.
    """
    oldest, old = _parted(readable(vault), max(1, keep), used_snapshots(vault, now.timestamp()))
    # the manifest goes first: a snapshot that is half removed is none
    vault.delete(f"{SNAPSHOTS}{name}{MANIFEST}" for name in old)
    before = now.timestamp() - ABANDONED_SECONDS
    useless = {name: held for name, held in _unlisted(vault).items() if name in old or _newest(held) < before}
    vault.delete(one.key for held in useless.values() for one in held)
    drafts = vault.tidy(before)
    abandoned = sum(len(held) for name, held in useless.items() if name not in old)
    return Pruned(old, _prune_log(vault, oldest), abandoned + drafts)


def _unlisted(vault: Vault) -> dict[str, list[Held]]:
    """The objects of each snapshot without a manifest: one that is being made, or that was removed or never ended."""
    found: dict[str, list[Held]] = {}
    for held in vault.list(SNAPSHOTS):
        found.setdefault(held.key.removeprefix(SNAPSHOTS).partition("/")[0], []).append(held)
    for name in snapshot_ids(vault):
        found.pop(name, None)
    return found


def _newest(held: Iterable[Held]) -> float:
    return max(one.modified for one in held)


def _parted(manifests: Iterable[Manifest], keep: int, used: AbstractSet[str]) -> tuple[Manifest | None, list[str]]:
    """The oldest snapshot that is kept, and the ids of all before it."""
    found = sorted(manifests, key=lambda manifest: (manifest.at, manifest.id))
    whole = [number for number, manifest in enumerate(found) if manifest.everything][-keep:]
    if not whole:
        return None, []
    first = min([whole[0], *(number for number, manifest in enumerate(found) if manifest.id in used)])
    return found[first], [manifest.id for manifest in found[:first]]


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
