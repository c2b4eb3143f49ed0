"""The backups of one deployment in one place: taken, listed, checked, restored, rehearsed."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from bson import Timestamp
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from shopwright.database.backup.kept_keys import keeping_keys
from shopwright.database.backup.log import Segment, archive_log, reach, segments_of
from shopwright.database.backup.manifest import Manifest, read_manifest, readable, snapshot_ids
from shopwright.database.backup.restore import Restored, check_snapshot, digests_of, newest_before, restore
from shopwright.database.backup.retention import Pruned, Schedule, prune
from shopwright.database.backup.snapshot import Client, Progress, Scope, take_snapshot
from shopwright.database.backup.vault import Vault
from shopwright.database.cluster import CONTROL
from shopwright.database.failures import in_words, reading_uri
from shopwright.database.server.private_server import private_server
from shopwright.errors import BackupError, LogGap

_TENANT = "t_"
_END_OF_SECOND = 2**32 - 1
_SELECT_MILLISECONDS = 10_000


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A restore into a server made for it, compared with the live one at the same moment.

    ``lost`` is what a loss of the machine right now would have cost: the time since ``at``, the last copied write.
    """

    restored: Restored
    collections: int
    restore_seconds: float
    compare_seconds: float


def _no_files(tenants: Sequence[str]) -> None:
    """The databases are all there is."""
    del tenants


@dataclass(frozen=True, slots=True)
class Backups:
    """What can be done with the backups of the deployment that ``client`` speaks to.

    ``save_files`` saves what stands beside the databases of some tenants, or of all; what it raises ends what calls it.
    """

    client: Client
    vault: Vault
    save_files: Callable[[Sequence[str]], object] = _no_files

    def take(self, tenants: Sequence[str], taken: dt.datetime, progress: Progress) -> Manifest:
        """A snapshot of some tenants, or of everything, and the log up to it. Raises ``BackupError``."""
        present = self._databases()
        wanted = [_TENANT + tenant for tenant in tenants]
        for name in wanted:
            if name not in present:
                raise BackupError(f"there is no tenant {name.removeprefix(_TENANT)!r}.", remedy="Look at its spelling.")
        scope = Scope(wanted or present, everything=not wanted, beside=lambda: self.save_files(tenants))
        manifest = take_snapshot(self.client, self.vault, scope, taken, progress)
        self.copy_log()
        return manifest

    def copy_log(self) -> list[Segment]:
        """Copy what was written since the last copy, or since the oldest snapshot. Raises ``BackupError``.

        Where the server no longer has all of it, the chain begins anew at the first snapshot after which it has.
        """
        snapshots = sorted({manifest.at for manifest in readable(self.vault)})
        if not snapshots:
            raise BackupError("there is no snapshot to begin from.", where=self.vault.name, remedy="Take one first.")
        self._note()
        known = segments_of(self.vault)
        begins = [known[-1].end, *(at for at in snapshots if at > known[-1].end)] if known else snapshots
        for since in begins[:-1]:
            with suppress(LogGap):
                return self._copied(since)
        return self._copied(begins[-1])

    def _copied(self, since: Timestamp) -> list[Segment]:
        return archive_log(self.client, self.vault, since, lambda: self.save_files(()))

    def _note(self) -> None:
        """Bring the log to this second, if the user may: where nothing is written it would end before it."""
        with suppress(PyMongoError):
            self.client.admin.command("appendOplogNote", 1, data={"by": "backup"}, writeConcern={"w": "majority"})

    def keep_up(self, schedule: Schedule, now: dt.datetime, progress: Progress) -> Manifest | Literal["log"] | None:
        """Do what the schedule asks for ``now``: a snapshot, ``log`` or nothing. Raises ``BackupError``."""
        newest, segments = self._newest_whole(now + schedule.every), segments_of(self.vault)
        copied = dt.datetime.fromtimestamp(segments[-1].end.time, dt.UTC) if segments else None
        due = schedule.due(newest.taken if newest else None, copied, now)
        if due == "log":
            try:
                self.copy_log()
            except LogGap:  # a new server, or one whose log is too short for this schedule
                due = "snapshot"
        if due != "snapshot":
            return due
        made = self.take((), now, progress)
        prune(self.vault, schedule.keep, now)
        return made

    def snapshots(self) -> list[Manifest]:
        """What there is, oldest first. Raises ``BackupError`` if one cannot be read."""
        return [read_manifest(self.vault, name) for name in snapshot_ids(self.vault)]

    def check(self, manifest: Manifest, progress: Progress) -> int:
        """Read every byte of a snapshot; returns its documents. Raises ``BackupError`` naming what is damaged."""
        return check_snapshot(self.vault, manifest, manifest.databases, progress)

    def prune(self, keep: int, now: dt.datetime) -> Pruned:
        """Remove all but the newest snapshots, and the log before them."""
        return prune(self.vault, keep, now)

    def restore_tenant(
        self,
        tenant: str,
        into: str,
        at: dt.datetime | None,
        *,
        snapshot: str = "",
        replace: bool,
        progress: Progress,
    ) -> Restored:
        """One tenant as it was at the end of the second ``at``, or as lately as is known. Raises ``BackupError``."""
        base = self.base(tenant, at, snapshot)
        names = {_TENANT + tenant: _TENANT + into}.get
        return restore(
            self.client, self.vault, base, names, until=self._until(base, at), replace=replace, progress=progress
        )

    def base(self, tenant: str, at: dt.datetime | None, snapshot: str) -> Manifest:
        """The snapshot a restore of a tenant would begin from. Raises ``BackupError`` if there is none."""
        return newest_before(self.vault, _TENANT + tenant, moment_of(at) if at else None, snapshot)

    def restore_everything(
        self, at: dt.datetime | None, *, snapshot: str = "", replace: bool, progress: Progress
    ) -> Restored:
        """Every database; tenants' keys that are there stay. Raises ``BackupError``."""
        base = newest_before(self.vault, None, moment_of(at) if at else None, snapshot)
        with keeping_keys(self.client):
            return self._everything(self.client, base, at, replace=replace, progress=progress)

    def rehearse(self, progress: Progress) -> Rehearsal:
        """Restore everything into a server of its own and compare it with this one. Raises ``BackupError``."""
        self.copy_log()
        with scratch_server() as scratch:
            started = time.perf_counter()
            base = newest_before(self.vault, None, None)
            restored = self._everything(scratch, base, None, replace=False, progress=progress)
            loaded = time.perf_counter()
            collections = self._compare(scratch, restored, progress)
            return Rehearsal(restored, collections, loaded - started, time.perf_counter() - loaded)

    def _compare(self, scratch: Client, restored: Restored, progress: Progress) -> int:
        """Every document of the scratch server with the live one at the same cluster time."""
        compared = 0
        for name in restored.databases:
            here = digests_of(scratch, name, progress)
            there = digests_of(self.client, name, progress, restored.at)
            different = sorted(
                collection
                for collection in here.keys() | there.keys()
                if collection not in here or collection not in there or here[collection].text != there[collection].text
            )
            if different:
                places = ", ".join(f"{name}.{collection}" for collection in different[:5])
                raise BackupError(f"what was restored differs from what is there: {places}.", where=self.vault.name)
            compared += len(here)
        return compared

    def _everything(
        self, client: Client, base: Manifest, at: dt.datetime | None, *, replace: bool, progress: Progress
    ) -> Restored:
        until = self._until(base, at)
        return restore(client, self.vault, base, _as_it_was, until=until, replace=replace, progress=progress)

    def _until(self, base: Manifest, at: dt.datetime | None) -> Timestamp:
        return moment_of(at) if at else reach(segments_of(self.vault), base.at)

    def _newest_whole(self, until: dt.datetime) -> Manifest | None:
        """Whoever saves single tenants more often does not put off the snapshot of everything."""
        return next((manifest for manifest in readable(self.vault, until) if manifest.everything), None)

    def _databases(self) -> list[str]:
        try:
            found = sorted(self.client.list_database_names())
        except PyMongoError as error:
            raise BackupError(f"the databases cannot be listed: {in_words(error)}.") from None
        return [name for name in found if _as_it_was(name)]


def _as_it_was(name: str) -> str | None:
    """Databases of ours keep their names; others are left alone."""
    return name if name == CONTROL or name.startswith(_TENANT) else None


def moment_of(at: dt.datetime) -> Timestamp:
    """The last cluster time of a second: what was written within it is included."""
    return Timestamp(int(at.timestamp()), _END_OF_SECOND)


@contextmanager
def connected(uri: str) -> Iterator[Client]:
    """A client of the deployment at ``uri``. Raises ``DatabaseError`` if that is no connection string."""
    with reading_uri():
        client: Client = MongoClient(
            uri, tz_aware=True, serverSelectionTimeoutMS=_SELECT_MILLISECONDS, appname="backup"
        )
    with client:
        yield client


@contextmanager
def scratch_server() -> Iterator[Client]:
    """A private server in a folder that is removed with it."""
    with (
        TemporaryDirectory(prefix="shopwright-rehearsal-") as folder,
        private_server(Path(folder)) as uri,
        connected(uri) as client,
    ):
        yield client
