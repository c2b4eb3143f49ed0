"""What stands behind a door in tests without a server: it notes what is opened, asked, counted and recorded."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.security.callers import NOW

from shopwright.access.standing import Standing
from shopwright.bootstrap.door import Door
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import QuotaExceeded


def shop_of(database, store):
    return CatalogRepository(Kept(database, store, PictureFiles(Path("state"))))


@dataclass
class House:
    """Two tenants, luna and sol, unless told otherwise."""

    standings: dict[str, Standing] = field(default_factory=lambda: {"luna": Standing.ACTIVE, "sol": Standing.ACTIVE})
    opened: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    events: list = field(default_factory=list)
    most: int = 1_000

    @asynccontextmanager
    async def open(self, name):
        self.opened.append(name)
        yield TenantDatabase(name, None, None)

    async def standing(self, name):
        self.asked.append(name)
        return self.standings.get(name, Standing.CLOSED)

    async def admit(self, database):
        self.counted.append(database.name)
        if len(self.counted) > self.most:
            raise QuotaExceeded("too many requests")

    async def record(self, database, event):
        self.events.append((database.name, event))

    @property
    def door(self):
        return Door(self.open, self.standing, self.admit, self.record, shop_of, lambda: NOW)

    @property
    def told(self):
        return [(name, event.action, event.details.get("event.reason")) for name, event in self.events]
