"""Where a worker works: the folders of its machine, the place releases go, and what both are for one store.

Everything of a tenant's jobs lies in that tenant's cache: the site as it was built last (from which the next build
takes what has not changed), and a scratch folder for each job, which goes when the job ends.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.job_settings import JobSettings
from shopwright.settings import Aws, Settings
from shopwright.storage.exchange import storing
from shopwright.storage.objects.target import Target, open_target

_ABANDONED = 86_400.0
"""Seconds after which a scratch folder belongs to nobody: no job may take so long."""


@dataclass(frozen=True, slots=True)
class JobPlace:
    """This machine as its workers need it; ``worker`` is what the job's document calls it."""

    settings: Settings
    jobs: JobSettings
    aws: Aws
    worker: str

    def site(self, tenant: str, store: str) -> Path:
        """The folder a store is built into, on this machine."""
        return self._own(tenant) / "sites" / store

    def target(self, tenant: str, store: str) -> Target:
        """Where the releases of a store go. Raises ``SettingsError``."""
        return open_target(release_place(self.jobs.releases, tenant, store), self.aws)

    @asynccontextmanager
    async def scratch(self, tenant: str, job: str) -> AsyncIterator[Path]:
        """An empty folder for one attempt at a job; it goes afterwards, with what killed workers left of others.

        Raises ``StorageError``.
        """
        folder = self._own(tenant) / "jobs" / job
        await asyncio.to_thread(_make_anew, folder)
        try:
            yield folder
        finally:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))

    def _own(self, tenant: str) -> Path:
        return TenantCache.of(self.settings.cache, tenant).folder


def release_place(releases: str, tenant: str, store: str) -> str:
    """The folder or bucket prefix of a store's releases below that of all."""
    return f"{releases.rstrip('/')}/{tenant}/{store}"


def _make_anew(folder: Path) -> None:
    with storing(str(folder)):
        _remove_abandoned(folder.parent)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _remove_abandoned(folder: Path) -> None:
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.stat().st_mtime < time.time() - _ABANDONED:
            shutil.rmtree(each, ignore_errors=True)
