"""A platform for tests of tenants' lives: one server or two, folders of its own, tenants that go when the test ends."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import yaml
from tests.stores.small import SVG

from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant_life import TenantLife, utc_now
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author
from shopwright.multi_tenant.documents import TENANTS
from shopwright.multi_tenant.repository.held import Work
from shopwright.settings import DatabaseSettings, Secret


class Killed(BaseException):
    """The process ends here."""


def deadly(steps: Callable[..., list[Work]], at: str, *, after: bool = False) -> Callable[..., list[Work]]:
    """The same steps, but the process ends in the one called ``at``: before, or ``after`` it was done."""

    def wrapped(work: Work) -> Work:
        async def do() -> None:
            if after:
                await work.do()
            raise Killed

        return Work(work.name, do) if work.name == at else work

    return lambda *given: [wrapped(work) for work in steps(*given)]


def settings(folder: Path, uri: str, other: str = "") -> DatabaseSettings:
    """Of a deployment whose second cell, ``other``, is another server."""
    cells = None
    if other:
        cells = folder / "cells.json"
        cells.write_text(json.dumps({"other": other}))
        cells.chmod(0o600)
    return DatabaseSettings(Secret(uri), None, folder / "mongo", cells=cells)


@asynccontextmanager
async def living(folder: Path, wanted: DatabaseSettings, *handles: str) -> AsyncIterator[TenantLife]:
    """The life of tenants; what is left of ``handles`` goes in the end."""
    async with open_platform(wanted) as platform:
        try:
            yield TenantLife(platform, folder / "state", "ann")
        finally:
            for handle in handles:
                await platform.cluster.control.documents(TENANTS).delete(handle)
                for cell in platform.cells.names:
                    await platform.withdraw(handle, cell)


async def with_store(life: TenantLife, handle: str, store: str = "luna", products: int = 3) -> None:
    """Give a tenant a store with products and a picture."""
    folder = life.state / f"source-{store}"
    write_store(folder, products)
    async with life.platform.tenants.tenant(handle) as database:
        pictures = PictureFiles(picture_folder(life.state, handle))
        catalog = CatalogRepository(Kept(database, store, pictures, graph=GRAPH))
        author = Author("ann", utc_now())
        await catalog.bring_in(open_source(folder), author, Report(), bringing=Bringing(folder=folder))


def write_store(folder: Path, products: int) -> None:
    """A store folder."""
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    (folder / "pictures" / "frame.svg").write_text(SVG.format("#123456"))
    said = {
        "name": "Luna",
        "locales": ["en"],
        "currency": "EUR",
        "collections": [{"handle": "round", "title": "Round"}],
    }
    (folder / "store.yaml").write_text(yaml.safe_dump(said))
    (folder / "products.jsonl").write_text("".join(json.dumps(product(number)) + "\n" for number in range(products)))


def product(number: int) -> dict[str, object]:
    """One of its products."""
    price = {"amount": 12_900 + number, "currency": "EUR"}
    return {
        "handle": f"frame-{number}",
        "title": f"Frame {number}",
        "collections": ["round"],
        "variants": [{"id": "only", "price": price, "sku": f"S-{number}"}],
        "pictures": [{"source": "pictures/frame.svg", "alt": "A frame"}],
    }
