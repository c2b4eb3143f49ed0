"""The API served on loopback, and many who ask it at once: how long each waits, and what the answers cost."""

import asyncio
import datetime as dt
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from shopwright.access.actions import Action
from shopwright.access.client import Client
from shopwright.access.passkeys import RelyingParty
from shopwright.access.repository.users import UserRepository
from shopwright.access.roles import Role
from shopwright.api.application import application
from shopwright.api.published import PublishedStores
from shopwright.api.server import ApiServer, Listening
from shopwright.bootstrap.audit import HeadPlace
from shopwright.bootstrap.identity.keys import ServiceKeys, Wanted
from shopwright.bootstrap.jobs import Jobs
from shopwright.bootstrap.parts import Machine, Parts, open_parts
from shopwright.bootstrap.tenant_life import Order, TenantLife, utc_now
from shopwright.settings import DatabaseSettings, Secret, read_aws, read_settings
from shopwright.storage.objects.folder import FolderObjects

TENANT = "load"
_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Served:
    """An API that is served: its port, and a service key of its one tenant."""

    port: int
    key: Secret


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: seconds of each request, sorted; answers by status; processor seconds of this process."""

    seconds: tuple[float, ...]
    statuses: Counter[int]
    cpu_seconds: float

    def percentile(self, share: float) -> float:
        """The seconds within which this share of the requests was answered."""
        return self.seconds[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


@asynccontextmanager
async def served(folder: Path, uri: Secret) -> AsyncIterator[Served]:
    """The API of one new tenant, below ``folder``; an empty ``uri``: over a private database. Raises as those."""
    settings = read_settings({"SHOPWRIGHT_STATE": str(folder), "SHOPWRIGHT_CACHE": str(folder / "cache")})
    heads = HeadPlace(FolderObjects(folder / "heads"), folder / "key.pem", None, _HOUR)
    database = DatabaseSettings(uri=uri, mongod=None, folder=folder / "mongo")
    machine = Machine(settings, database, heads, RelyingParty("127.0.0.1", "http://127.0.0.1"))
    async with open_parts(machine) as parts:
        key = await _tenant(parts)
        published = PublishedStores(settings, str(folder / "releases"), read_aws({}))
        told = asyncio.get_running_loop().create_future()
        server = ApiServer(application(parts, Jobs(parts.platform), published), Listening(port=0), told.set_result)
        task = asyncio.create_task(server.serve())
        try:
            yield Served(await told, key)
        finally:
            server.should_exit = True
            await task


async def asked(where: Served, path: str, *, at_once: int, each: int) -> Load:
    """``at_once`` clients, each asking ``each`` times, one after another on a connection of its own."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {where.key.text}\r\n\r\n".encode()
    began = time.process_time()
    found = await asyncio.gather(*(_asks(where.port, head, each) for _ in range(at_once)))
    answers = [answer for answers in found for answer in answers]
    seconds = tuple(sorted(seconds for _, seconds in answers))
    return Load(seconds, Counter(status for status, _ in answers), time.process_time() - began)


async def _asks(port: int, head: bytes, each: int) -> list[tuple[int, float]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    try:
        for _ in range(each):
            began = time.perf_counter()
            writer.write(head)
            status = await _answer(reader)
            answers.append((status, time.perf_counter() - began))
    finally:
        writer.close()
        await writer.wait_closed()
    return answers


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of the next answer, which is read to its end."""
    fields = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
    length = next(int(field[15:]) for field in fields if field.startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(fields[0].split(b" ")[1])


async def _tenant(parts: Parts) -> Secret:
    """A tenant, and a key that reads its stores."""
    await TenantLife(parts.platform, parts.machine.settings.state, "load").create(Order(TENANT))
    async with parts.people(TENANT) as identity:
        users = UserRepository(identity.database)
        user = await users.add("load@example.org", "Load", Role.OWNER, utc_now())
        await users.change(user, {"status": "active"})
        wanted = Wanted("Load", [Action.CATALOG_READ], _HOUR)
        return (await ServiceKeys(identity).create(user.id, wanted, Client("127.0.0.1", utc_now()))).key
