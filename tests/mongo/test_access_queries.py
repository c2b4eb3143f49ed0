"""Every method of what is kept of people, with the server's own account of how it answers each command."""

import datetime as dt
from dataclasses import replace

from tests.unit.access.sealing import OwnCipher

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import ServiceKeyDocument, SessionDocument
from shopwright.access.lockout import ACCOUNT
from shopwright.access.repository.ceremonies import CeremonyRepository
from shopwright.access.repository.keys import ServiceKeyRepository
from shopwright.access.repository.links import LinkRepository
from shopwright.access.repository.sessions import SessionRepository
from shopwright.access.repository.tries import Place, TryRepository
from shopwright.access.repository.users import UserRepository
from shopwright.access.roles import Role
from shopwright.access.token import new_token
from shopwright.settings import Secret

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
LATER = Client("203.0.113.7", NOW + dt.timedelta(minutes=2))


def people(explained):
    return replace(explained.database, cipher=OwnCipher())


async def added_user(users):
    """What is only written asks for nothing that could be explained."""
    user = await users.add("ada@example.org", "Ada", Role.OWNER, NOW)
    return await users.get(user.id)


async def added_key(keys, token):
    times = {"created": NOW, "ends": NOW + dt.timedelta(days=1), "used": None}
    kept = {"id": token.id, "digest": token.digest, "name": "till", "maker": "a" * 32}
    await keys.add(ServiceKeyDocument(**kept, **times, scopes=(Action.CATALOG_READ,)))
    return await keys.proved(token, LATER)


async def asked_and_taken(ceremonies):
    token = await ceremonies.ask("passkey", Secret("asked"), NOW)
    return await ceremonies.take("passkey", token, NOW)


async def test_every_method_of_users_uses_its_indexes(explained):
    users = UserRepository(people(explained))
    for number in range(60):
        user = await users.add(f"{number}@example.org", "", Role.OWNER, NOW)
        await users.change(user, {"subjects": (f"{number:064x}",), "status": "active"})
    user = await explained(added_user(users))
    assert await explained(users.by_email("7@example.org"))
    assert await explained(users.by_subject(f"{7:064x}"))
    assert len(await explained(users.listed(5))) == 5
    changed = await explained(users.change(user, {"status": "active"}))
    assert await explained(users.active(Role.OWNER)) == 61
    await explained(standing(users, changed))


async def standing(users, user):
    return await users.database.transaction(lambda session: users.change_standing(user, {"role": Role.VIEWER}, session))


def session(token, user):
    times = {"signed_in": NOW, "seen": NOW, "stepped_up": None, "ends": NOW + dt.timedelta(hours=1)}
    kept = {"id": token.id, "digest": token.digest, "user": user, "epoch": 0, "factors": (Factor.PASSKEY,)}
    return SessionDocument(**kept, **times, address="", agent="")


async def test_every_method_of_sessions_uses_its_indexes(explained):
    sessions, tokens = SessionRepository(people(explained)), [new_token("luna") for _ in range(60)]
    for number, token in enumerate(tokens):
        await sessions.add(session(token, f"{number % 6:032x}"))
    await explained(sessions.add(session(new_token("luna"), f"{1:032x}")))
    assert await explained(sessions.proved(tokens[0], LATER))
    assert len(await explained(sessions.of_user(f"{1:032x}"))) == 11
    assert await explained(sessions.end(tokens[0].id))
    assert await explained(sessions.end_all(f"{1:032x}")) == 11
    assert await explained(sessions.end_all(f"{2:032x}", but=(tokens[2].id,))) == 9


async def test_every_method_of_service_keys_uses_its_indexes(explained):
    keys, tokens = ServiceKeyRepository(people(explained)), [new_token("luna") for _ in range(60)]
    for token in tokens[1:]:
        await added_key(keys, token)
    assert await explained(added_key(keys, tokens[0]))
    assert len(await explained(keys.listed(5))) == 5
    assert await explained(keys.count(NOW)) == 60
    assert await explained(keys.revoke(tokens[0].id))


async def test_every_method_of_links_ceremonies_and_tries_uses_its_indexes(explained):
    links, ceremonies, tries = (each(people(explained)) for each in (LinkRepository, CeremonyRepository, TryRepository))
    for number in range(60):
        await links.add("reset", f"{number:032x}", NOW)
        await ceremonies.ask("passkey", Secret("asked"), NOW)
        await tries.admit(Place(ACCOUNT, (str(number),)), NOW)
    token = await explained(links.add("reset", "a" * 32, NOW))
    assert await explained(links.look(token, NOW))
    assert await explained(links.follow(token, NOW))
    assert await explained(links.forget(f"{7:032x}")) == 1
    assert await explained(asked_and_taken(ceremonies))
    place = Place(ACCOUNT, ("7",))
    await explained(tries.admit(place, NOW))
    await explained(tries.take_back(place, NOW))
    await explained(tries.forget(place))
