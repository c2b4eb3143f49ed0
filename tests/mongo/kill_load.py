"""Write load for the kill tests: every kind of transaction, each acknowledged in a file once the database said yes.

``python -m tests.mongo.kill_load URI TENANT STORE ACKS``; it goes on until it, or the server, is killed.
"""

import asyncio
import datetime as dt
import itertools
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.unit.catalog.repository.stored import product
from tests.unit.catalog.repository.test_reviews import review

from shopwright.bootstrap.document_types import GRAPH
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.repository.writing import writing
from shopwright.catalog.versions.revision import Act, Author, Counts, Kind
from shopwright.database.cluster import open_cluster
from shopwright.database.lease import Leases
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseUnavailable
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository
from shopwright.jobs.documents import Order, Reason
from shopwright.jobs.repository.asking import Asking, JobRepository
from shopwright.jobs.repository.working import JobWork

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
STEPS, STEP = 3, 20
"""Steps of an import, and new products of each."""


@dataclass(frozen=True)
class Load:
    """One store of releases, and one of a catalogue and its reviews: work on each has its own queue."""

    database: TenantDatabase
    store: str
    acks: int

    @property
    def kept(self):
        return Kept(self.database, f"{self.store}-shop", PictureFiles(Path(os.devnull)))

    def acknowledge(self, *words):
        """One write: a line is there whole or not at all."""
        os.write(self.acks, (" ".join(map(str, words)) + "\n").encode())

    async def publish(self, writer, number):
        """A job, and in one transaction the release it makes, the switch, and its end; whether one was made."""
        work, releases = JobWork(self.database), ReleaseRepository(self.database, GRAPH)
        name, digits = f"{writer}-{number}", f"{writer:04x}{number:016x}"
        await JobRepository(self.database).submit(
            Order(store=self.store), Asking("load", NOW, key=f"{self.store}-{name}")
        )
        async with Leases(self.database).hold(self.store, name) as lease:
            taken = await self.take(work, name)
            if taken is None:  # the other writer's job was asked for at the same time, and is this one
                return False

            async def also(session):
                await work.published(taken, f"{self.store}/{digits}", "", NOW, session)

            new = NewRelease(digits, digits.rjust(64, "0"), files=1, bytes=1, job=taken.id)
            live = await releases.publish(lease, new, Change(name, "load", NOW), also=also)
            self.acknowledge("release", f"{self.store}/{digits}", taken.id, live.sequence)
            return True

    async def take(self, work, name):
        """A job of this round; what a killed load left is not done any more."""
        while taken := await work.take(name, 3_600, NOW):
            if taken.store == self.store:
                return await work.audited(taken, {}, NOW)
            await work.end(taken, "cancelled", Reason(error="", what="left over"), NOW)
        return None

    async def roll_back(self, writer, number):
        releases = ReleaseRepository(self.database, GRAPH)
        async with Leases(self.database).hold(self.store, f"back {writer}") as lease:
            live = await releases.roll_back(lease, Change(f"back-{writer}-{number}", "load", NOW))
            self.acknowledge("back", f"{self.store}/back-{writer}-{number}", live.sequence)

    async def review(self, writer, number):
        id_ = f"{self.store}-{writer}-{number}"
        await ReviewRepository(self.database).add(review(0, id=id_, store=self.kept.store, product="p1-0-0"))
        self.acknowledge("review", id_)

    async def bring_in(self, number):
        """A revision of several steps."""
        async with writing(self.kept, Author("load", NOW)) as writer:
            for step in range(STEPS):
                names = [f"p{number}-{step}-{each}" for each in range(STEP)]
                await writer.write(Kind.PRODUCT, [self._version(name, number) for name in names])
            await writer.commit(Act.IMPORT, Author("load", NOW), Counts(added=STEPS * STEP))
        self.acknowledge("revision", self.kept.store, number)

    def _version(self, name, number):
        own = {"id": f"{self.kept.store}:{name}:{number}", "store": self.kept.store, "since": number}
        return product(name).model_copy(update=own)

    async def publishing(self, writer):
        made = 0
        for number in itertools.count():
            if await self.publish(writer, number):
                made += 1
                if made % 3 == 0:
                    await self.roll_back(writer, number)

    async def reviewing(self, writer):
        for number in itertools.count():
            await self.review(writer, number)

    async def importing(self):
        for number in itertools.count(2):
            await self.bring_in(number)

    async def run(self):
        """The first import makes the products that reviews are about."""
        await self.database.documents(STORES).insert(StoreDocument(id=self.store, revision=0, kept=0))
        await self.bring_in(1)
        endless = (self.publishing(1), self.publishing(2), self.reviewing(1), self.reviewing(2), self.importing())
        await asyncio.gather(*endless)


async def main(uri, tenant, store, acks):
    descriptor = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    async with open_cluster(uri) as cluster:
        await Load(cluster.tenant(tenant), store, descriptor).run()


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except DatabaseUnavailable:
        sys.exit(3)
