"""Everything a tenant has in one file that Shopwright, or anything that reads ZIP and JSON, can read."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.tenant_contents import LINES, Lines
from shopwright.bootstrap.tenant_life import TenantLife, utc_now
from shopwright.catalog.documents import EVERY_STORE, STORES
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.whole import every
from shopwright.errors import TenantError
from shopwright.multi_tenant.archive.manifest import TENANT, TRAIL, Manifest, reaching
from shopwright.multi_tenant.archive.packing import pack
from shopwright.multi_tenant.customisation.files import write_folder
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.documents import TenantDocument

_AT_ONCE = 1_000_000
"""Bytes written at once."""

_DRAFT = "export-"
_LONGEST = 86_400
"""Seconds after which nobody writes into a draft any more."""


@dataclass(frozen=True, slots=True)
class TenantExport:
    """Exports of tenants."""

    life: TenantLife

    async def run(self, handle: str, out: Path) -> Manifest:
        """Write a tenant's archive. Each store is as it was at one revision; all else is read behind it.

        Raises ``TenantError`` for a tenant that is half made or deleted, ``StorageError``, ``DatabaseError``.
        """
        async with self.life.failures_told(handle, "tenant.export"):
            return await self._exported(handle, out)

    async def _exported(self, handle: str, out: Path) -> Manifest:
        tenant = await self.life.tenants.get(handle)
        if tenant.state not in {"active", "suspended"}:
            raise TenantError(f"it is {tenant.state}, so there is nothing whole to export.", where=handle)
        place = picture_folder(self.life.state, handle)
        with reaching(place):
            place.mkdir(parents=True, exist_ok=True)
            _remove_left(place)
        with tempfile.TemporaryDirectory(prefix=_DRAFT, dir=place) as name:
            async with self.life.platform.tenants.tenant(handle) as database:
                await self._write(tenant, database, Path(name))
            manifest = await asyncio.to_thread(pack, Path(name), out, handle, utc_now())
        try:
            await self.life.record(handle, "tenant.export", {"file.hash.sha256": manifest.sha256})
        except BaseException:
            await asyncio.to_thread(out.unlink)  # what nobody is told of is not taken out
            raise
        return manifest

    async def _write(self, tenant: TenantDocument, database: TenantDatabase, folder: Path) -> None:
        said = {"title": tenant.title, "plan": tenant.plan, "state": tenant.state, "created": tenant.created}
        with reaching(folder):
            (folder / TENANT).write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")
        await self._write_stores(database, folder)
        await _write_look(LookRepository(database), folder)
        for lines in LINES:
            await _write_lines(_lines(database, lines), folder / lines.file)
        await _write_lines((line.encode() async for line in AuditTrail(database).lines()), folder / TRAIL)

    async def _write_stores(self, database: TenantDatabase, folder: Path) -> None:
        pictures = PictureFiles(picture_folder(self.life.state, database.name))
        async for store in database.documents(STORES).stream(EVERY_STORE, {}):
            if store.revision:
                kept = Kept(database, store.id, pictures, graph=GRAPH)
                await CatalogRepository(kept).write_folder(folder / "stores" / store.id)


def _remove_left(place: Path) -> None:
    """What an export left behind that was killed: it holds people's names. Of two at once each has its own."""
    for folder in place.glob(f"{_DRAFT}*"):
        if time.time() - folder.stat().st_mtime > _LONGEST:
            shutil.rmtree(folder, ignore_errors=True)


async def _write_look(looks: LookRepository, folder: Path) -> None:
    """The brand and each theme as the folders they were given as."""
    for name in await looks.themes():
        await asyncio.to_thread(write_folder, await looks.theme_files(name), folder / "themes" / name)
    await asyncio.to_thread(write_folder, await looks.brand_files(), folder / "brand")
    said = (await looks.look()).model_dump(mode="json", exclude_defaults=True)
    if said:
        await asyncio.to_thread(_append, folder / "brand" / "look.json", orjson.dumps(said, option=orjson.OPT_INDENT_2))


async def _lines(database: TenantDatabase, lines: Lines) -> AsyncIterator[bytes]:
    fields = set(lines.fields) or None
    async for document in every(database.documents(lines.kind)):
        yield document.model_dump_json(include=fields).encode()


async def _write_lines(lines: AsyncIterator[bytes], file: Path) -> None:
    """A file of lines, some written at a time; none if there is no line."""
    waiting = bytearray()
    async for line in lines:
        waiting += line + b"\n"
        if len(waiting) > _AT_ONCE:
            await asyncio.to_thread(_append, file, bytes(waiting))
            waiting.clear()
    if waiting:
        await asyncio.to_thread(_append, file, bytes(waiting))


def _append(file: Path, data: bytes) -> None:
    with reaching(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab") as stream:
            stream.write(data)
