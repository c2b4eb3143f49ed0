"""Changing how a tenant's stores look: checked as a build would, recorded in the trail, kept in its database."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from shopwright.asset_pipeline.crew import Crew, Task
from shopwright.asset_pipeline.recipe import FORMATS, tiers
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.audit.event import TARGET, AuditEvent
from shopwright.audit.forms import Scalar, has_form
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit_failures import failures_told
from shopwright.bootstrap.platform import Platform, opened_platform
from shopwright.bootstrap.quotas import platform_meter
from shopwright.bootstrap.tenant import tenant_of
from shopwright.catalog.store import Brand
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import LimitExceeded, SettingsError, ThemeError
from shopwright.generation.palette import brand_faults
from shopwright.generation.theme_check.check import Checked, check_theme
from shopwright.generation.theme_check.sample import Means
from shopwright.multi_tenant.customisation.files import (
    MOST_FILE,
    Files,
    GivenFile,
    digest_of,
    read_folder,
    write_folder,
)
from shopwright.multi_tenant.customisation.look import Look, read_look
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.settings import DatabaseSettings
from shopwright.storage.exchange import reading
from shopwright.template_engine.theme import builtin_themes


@dataclass(frozen=True, slots=True)
class Customisation:
    """The look of a tenant that is there; ``by`` is who changes it, ``cache`` the folder of what can be made again.

    ``settings`` say where it is; whoever has a platform open gives that.

    Methods raise ``DatabaseError``; what changes raises ``QuotaExceeded`` before anything is changed.
    """

    settings: DatabaseSettings | Platform
    cache: Path
    tenant: str
    by: str
    workers: int = 1

    async def look(self) -> Look:
        """The look as it is."""
        async with self._opened() as (looks, _):
            return await looks.look()

    async def change(
        self, changes: Mapping[str, Any], logos: Mapping[str, Path] | None = None
    ) -> tuple[Look, tuple[str, ...]]:
        """Change parts of the look; the look then, and what is shown otherwise than it was given.

        A value of None takes a part back. ``logos`` are picture files for ``logo`` and ``logo_dark``. Raises
        ``SettingsError`` for what is no look or a theme that is not there, ``PictureError`` for a logo that is no
        picture, ``SourceError`` for an ``exact`` colour that cannot be read.
        """
        files = {part: await asyncio.to_thread(self._logo, path) for part, path in (logos or {}).items()}
        async with self._opened() as (looks, meter), self._failures_told(looks, "brand.change", "brand/look"):
            edit = partial(_edited, changes={**changes, **{part: file.path for part, file in files.items()}})
            await _refuse_unknown_theme(looks, edit(await looks.look()))
            async with meter.hold(looks.database, {Quota.STORAGE: sum(len(file.data) for file in files.values())}):
                await self._tell(looks.database, "brand.change", "brand/look", {})
                look = await looks.change(edit, tuple(files.values()))
            return look, _told(look)

    async def put_theme(self, folder: Path) -> Checked:
        """Keep a theme of the tenant's own if nothing in it must be corrected; what was found in it.

        It takes the place of the one with its name. Raises ``ThemeError``, ``LimitExceeded``; a theme named like a
        built-in one is refused.
        """
        files = await asyncio.to_thread(read_folder, folder)
        checked = await asyncio.to_thread(self._checked, files, folder)
        if checked.errors or checked.theme is None:
            return checked
        name = checked.theme.name
        if name in builtin_themes():
            raise ThemeError(f"a built-in theme is called {name!r}.", where=str(folder), remedy="Give it another name.")
        async with self._opened() as (looks, meter), self._failures_told(looks, "template.upload", f"theme/{name}"):
            growth = sum(len(file.data) for file in files) - (await looks.themes()).get(name, 0)
            async with meter.hold(looks.database, {Quota.STORAGE: growth}):
                details: dict[str, Scalar] = {"theme.name": name, "file.hash.sha256": digest_of(files)}
                await self._tell(looks.database, "template.upload", f"theme/{name}", details)
                await looks.put_theme(name, files)
        return checked

    async def themes(self) -> dict[str, int]:
        """The tenant's own themes, and their bytes."""
        async with self._opened() as (looks, _):
            return await looks.themes()

    async def forget_theme(self, name: str) -> None:
        """Remove an own theme. Raises ``SettingsError`` if there is none, or if the look names it."""
        async with self._opened() as (looks, _), self._failures_told(looks, "theme.delete", f"theme/{name}"):
            if name not in await looks.themes():
                raise SettingsError(f"There is no own theme {name[:60]!r}", where=f"tenant {self.tenant}")
            if (await looks.look()).theme == name:
                raise SettingsError("The brand names it", where=name, remedy="Choose another theme first.")
            await self._tell(looks.database, "theme.delete", f"theme/{name}", {"theme.name": name})
            await looks.put_theme(name, ())

    def _logo(self, path: Path) -> GivenFile:
        """A logo that was decoded by a confined worker, as a build does it."""
        with reading(str(path)), path.open("rb") as stream:
            data = stream.read(MOST_FILE + 1)
        if len(data) > MOST_FILE:
            raise LimitExceeded(f"it is larger than {MOST_FILE:,} bytes.", where=str(path), remedy="Make it smaller.")
        ending = path.suffix.lower().lstrip(".")
        sha256 = GivenFile("", data).sha256
        with tempfile.TemporaryDirectory(prefix="shopwright-") as scratch:
            crew = Crew(1, Path(scratch))
            try:
                copy = Path(scratch, "logo")
                copy.write_bytes(data)
                crew.prepare(Task(copy, sha256, tiers(FORMATS).publishable))
            finally:
                crew.close()
        return GivenFile(f"brand-{sha256[:16]}.{ending}", data)

    def _checked(self, files: Files, given: Path) -> Checked:
        """A check of the bytes that will be kept, not of a folder that may change meanwhile."""
        cache = TenantCache.of(self.cache, self.tenant)
        with tempfile.TemporaryDirectory(prefix="shopwright-") as scratch:
            folder = Path(scratch, given.resolve().name)
            write_folder(files, folder)
            return check_theme(folder, Means(cache, self.workers))

    def _failures_told(self, looks: LookRepository, action: str, target: str) -> AbstractAsyncContextManager[None]:
        event = AuditEvent(action, actor=self.by, target=target if has_form(target, TARGET) else "")
        return failures_told(AuditTrail(looks.database).record, event)

    async def _tell(self, database: TenantDatabase, action: str, target: str, details: Mapping[str, Scalar]) -> None:
        await AuditTrail(database).record(AuditEvent(action, actor=self.by, target=target, details=details))

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[tuple[LookRepository, Meter]]:
        async with (
            opened_platform(self.settings) as platform,
            tenant_of(platform, self.tenant, there=True) as database,
        ):
            yield LookRepository(database), platform_meter(platform.control, platform.settings.plans)


def _edited(before: Look, changes: Mapping[str, Any]) -> Look:
    """A look with some parts changed. Raises ``SettingsError`` and ``SourceError`` for one that cannot be shown."""
    given = {**before.model_dump(mode="json"), **changes}
    look = read_look({name: value for name, value in given.items() if value is not None})
    _told(look)
    return look


def _told(look: Look) -> tuple[str, ...]:
    brand = Brand(accent=look.accent, accent_dark=look.accent_dark, exact=look.exact)
    return tuple(fault.message for fault in brand_faults(brand))


async def _refuse_unknown_theme(looks: LookRepository, look: Look) -> None:
    own = await looks.themes()
    if look.theme and look.theme not in (*builtin_themes(), *own):
        remedy = f"Choose one of {', '.join((*builtin_themes(), *sorted(own)))}."
        raise SettingsError(f"There is no theme {look.theme!r}", where="--theme", remedy=remedy)
