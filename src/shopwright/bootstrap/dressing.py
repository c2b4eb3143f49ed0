"""A store that was laid out in a folder takes on its tenant's look, before it is built."""

import asyncio
import tempfile
from pathlib import Path

from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.catalog.exporters.own import store_text
from shopwright.catalog.store_file import read_store
from shopwright.database.tenant_database import TenantDatabase
from shopwright.multi_tenant.customisation.files import Files, digest_of, write_folder
from shopwright.multi_tenant.customisation.look import Look
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.storage.exchange import storing


async def dress(database: TenantDatabase, folder: Path, cache: Path) -> str | None:
    """Give the store in a folder the look of its tenant; the folder of its theme if that is one of the tenant's own.

    Raises ``StorageError``, ``DatabaseError``.
    """
    looks = LookRepository(database)
    look, logos = await looks.look(), await looks.brand_files()
    theme = await asyncio.to_thread(_write, folder, look, logos)
    files = await looks.theme_files(theme)
    if not files:
        return None
    root = TenantCache.of(cache, database.name).folder / "themes" / digest_of(files)
    await asyncio.to_thread(_lay_out, files, root / theme)
    return str(root / theme)


def _write(folder: Path, look: Look, logos: Files) -> str:
    """``store.yaml`` with the look, and the files it names; the name of the theme."""
    file = folder / "store.yaml"
    store = look.on(read_store(file))
    with storing(str(file)):
        file.write_text(store_text(store), encoding="utf-8")
        named = {picture.source for picture in (store.brand.logo, store.brand.logo_dark) if picture}
        for logo in logos:
            if logo.path in named:
                (folder / logo.path).write_bytes(logo.data)
    return store.theme


def _lay_out(files: Files, place: Path) -> None:
    """At a place that is named by the content: there whole, or not at all, and the same for every build."""
    with storing(str(place)):
        if place.is_dir():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as scratch:
            made = Path(scratch, place.name)
            write_folder(files, made)
            try:
                made.rename(place)
            except OSError:
                if not place.is_dir():  # else another build was faster
                    raise
