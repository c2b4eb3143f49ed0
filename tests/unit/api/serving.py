"""The application over a real platform: two tenants with something of everything, and people of every role."""

import datetime as dt
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
from tests.security.tenants import HASHES, PARTY, fill, standing

from shopwright.access.caller import CONTROL, Factor
from shopwright.access.cookie import SESSION
from shopwright.access.csrf import csrf_token
from shopwright.access.documents import SESSIONS, SessionDocument
from shopwright.access.repository.users import UserRepository
from shopwright.access.roles import Role
from shopwright.access.token import new_token
from shopwright.api.application import application
from shopwright.api.published import PublishedStores
from shopwright.api.shell import Shell, spend
from shopwright.bootstrap.audit import HeadPlace
from shopwright.bootstrap.jobs import Jobs
from shopwright.bootstrap.parts import Machine, Parts, joined
from shopwright.bootstrap.platform import open_platform
from shopwright.settings import DatabaseSettings, Secret, read_aws, read_settings
from shopwright.storage.objects.folder import FolderObjects

FOREVER = dt.timedelta(days=1)


@dataclass
class Serving:
    """An application, and who calls it."""

    parts: Parts
    shell: Shell
    luna: object
    sol: object
    folder: object
    browsers: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)

    @property
    def client(self):
        """Who calls without a word of who they are."""
        transport = httpx.ASGITransport(self.shell, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=PARTY.origin)

    async def headers(self, role, tenant=None, *, fresh=True):
        """Of a browser in which somebody of a role is signed in with two factors."""
        where = CONTROL if role is Role.OPERATOR else tenant or self.luna.name
        known = (role, where, fresh)
        if known not in self.browsers:
            async with self.parts.platform.database(where) as database:
                user = await self._user(database, role)
                self.browsers[known] = await self._session(database, user, fresh=fresh)
        return dict(self.browsers[known])

    async def ask(self, method, path, role=None, tenant=None, **options):
        """An answer; ``role`` None: nobody asks."""
        headers = await self.headers(role, tenant) if role else {}
        headers |= options.pop("headers", {})
        async with self.client as client:
            return await client.request(method, path, headers=headers, **options)

    async def _user(self, database, role):
        known = (role, database.name)
        if known not in self.users:
            now = utc_now()
            email = f"{role.value}-{uuid4().hex[:8]}@{database.name}.example"
            user = await UserRepository(database).add(email, role.value, role, now)
            password = await HASHES.hash("a long enough password")
            self.users[known] = await UserRepository(database).change(user, {"status": "active", "password": password})
        return self.users[known]

    async def _session(self, database, user, *, fresh):
        token, now = new_token(database.name), utc_now()
        document = SessionDocument(
            id=token.id,
            user=user.id,
            digest=token.digest,
            epoch=user.epoch,
            factors=(Factor.PASSWORD, Factor.TOTP),
            signed_in=now if fresh else now - dt.timedelta(hours=1),
            stepped_up=None,
            seen=now,
            ends=now + FOREVER,
            address="203.0.113.7",
            agent="test",
        )
        await database.documents(SESSIONS).insert(document)
        return {
            "cookie": f"{SESSION}={token.value.text}",
            "origin": PARTY.origin,
            "x-csrf-token": csrf_token(token),
        }


def utc_now():
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def machine_of(uri, folder):
    heads = HeadPlace(FolderObjects(folder / "heads"), folder / "key.pem", None, dt.timedelta(hours=1))
    settings = read_settings({"SHOPWRIGHT_STATE": str(folder), "SHOPWRIGHT_CACHE": str(folder / "cache")})
    return Machine(settings, DatabaseSettings(Secret(uri), None, folder / "mongo"), heads, PARTY)


@asynccontextmanager
async def serving(uri, folder):
    """Two tenants, ``luna`` and ``sol``, and their application."""
    machine = machine_of(uri, folder)
    async with open_platform(machine.database) as platform:
        names = [f"{name}-{uuid4().hex[:12]}" for name in ("luna", "sol")]
        luna = await fill(platform, names[0], "LUNAMARK", folder)
        sol = await fill(platform, names[1], "SOLMARK", folder)
        parts = joined(machine, platform, HASHES, spend)
        jobs = Jobs(platform)
        published = PublishedStores(machine.settings, str(folder / "releases"), read_aws({}))
        yield Serving(parts, Shell(application(parts, jobs, published)), luna, sol, folder)
        for name in names:
            await standing(platform, name, "active")
            await platform.withdraw(name, "main")
