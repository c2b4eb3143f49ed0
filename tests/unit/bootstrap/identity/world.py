"""A tenant with people, for tests: a real database, cheap hashes, a clock that is set by hand."""

import datetime as dt
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pyotp
from tests.unit.access.authenticator import Authenticator
from tests.unit.access.sealing import OwnCipher

from shopwright.access.client import Client
from shopwright.access.documents import PEOPLE, UserDocument
from shopwright.access.passkeys import RelyingParty
from shopwright.access.password_hash import Cost, PasswordHashes
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.factors import Factors
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.passwords import Passwords
from shopwright.bootstrap.identity.proofs import PasskeyAnswer, TotpCode
from shopwright.bootstrap.identity.sessions import Sessions
from shopwright.bootstrap.identity.sign_in import SignIn
from shopwright.bootstrap.identity.staff import Newcomer, Staff
from shopwright.database.cluster import open_cluster
from shopwright.database.migrations.run import migrate
from shopwright.settings import Secret

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
"""In the future: what is over is removed by the server, whose clock is the real one."""

NO_DEVICE = Secret()
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
EMAIL, PASSWORD = "ada@example.org", Secret("correct horse battery")
PARTY = RelyingParty("console.example.org", "https://console.example.org")
HASHES = PasswordHashes(Cost(memory=64, passes=1, lanes=1))


@dataclass
class World:
    identity: Identity
    events: list = field(default_factory=list)
    now: dt.datetime = NOW

    def later(self, **span):
        self.now += dt.timedelta(**span)

    def client(self, address=HOME, device=NO_DEVICE):
        return Client(address, self.now, "Firefox", device)

    @property
    def sign_in(self):
        return SignIn(self.identity)

    @property
    def sessions(self):
        return Sessions(self.identity)

    @property
    def factors(self):
        return Factors(self.identity)

    @property
    def passwords(self):
        return Passwords(self.identity)

    @property
    def staff(self):
        return Staff(self.identity, "root")

    def told(self):
        """What was kept in the trail, shortly."""
        return [(event.action, event.outcome) for event in self.events]

    async def user(self, email=EMAIL):
        return await self.identity.users.by_email(email)

    async def add(self, email=EMAIL, role=Role.OWNER, password=PASSWORD, **changes) -> UserDocument:
        """Somebody who has set a password; nothing is told of it."""
        user = await self.identity.users.add(email, "Ada Lovelace", role, self.now)
        kept = await self.identity.hashes.hash(password.text) if password else None
        return await self.identity.users.change(user, {"password": kept, "status": "active", **changes})

    async def add_app(self, email=EMAIL, **options):
        """Somebody with an app; the app."""
        secret = pyotp.random_base32(32)
        await self.add(email, totp=secret, **options)
        return pyotp.TOTP(secret)

    def code(self, app):
        return TotpCode(Secret(app.at(self.now)))

    async def half(self, email=EMAIL, **where):
        return await self.sign_in.with_password(email, PASSWORD, self.client(**where))

    async def whole(self, app, email=EMAIL, **where):
        """Somebody signed in with two factors."""
        half = await self.half(email, **where)
        return await self.sign_in.with_second_factor(half.token, self.code(app), self.client(**where))

    async def add_passkey(self, token, name="laptop"):
        """Set up a passkey with a session; the authenticator, and what came of it."""
        authenticator = Authenticator(PARTY.origin)
        asked = await self.factors.ask_for_passkey(token, self.client())
        answer = PasskeyAnswer(asked.ceremony, authenticator.create(asked.options))
        return authenticator, await self.factors.add_passkey(token, answer, name, self.client())

    async def invite(self, email, role=Role.EDITOR):
        return await self.staff.invite(Newcomer(email, "Grace Hopper", role), self.client())


_MIGRATED = {}
"""The database of each server, made once: tests begin with it empty."""


@asynccontextmanager
async def world_of(uri, listeners=()):
    """A world in which nobody is yet."""
    async with open_cluster(uri, listeners=listeners) as cluster:
        name = _MIGRATED.get(uri, f"test-{uuid4().hex}")
        database = replace(cluster.tenant(name), cipher=OwnCipher())
        if uri not in _MIGRATED:
            await migrate(database, PEOPLE)
            _MIGRATED[uri] = name
        for kind in PEOPLE:
            await database.raw[kind.name].delete_many({})
        events = []

        async def record(_, event, session=None):
            events.append(event)

        yield World(Identity(database, database, HASHES, PARTY, record), events)
