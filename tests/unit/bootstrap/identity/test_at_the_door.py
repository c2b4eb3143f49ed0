import datetime as dt
from dataclasses import replace

import pytest
from tests.security.callers import OWNER
from tests.unit.bootstrap.identity.world import NOW, world_of

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.at_the_door import OthersSessions, OwnAccount
from shopwright.bootstrap.identity.keys import ServiceKeys, Wanted
from shopwright.errors import AccessDenied, AccountError

CLIENT = Client("203.0.113.7", NOW)
BOTH = (Factor.PASSWORD, Factor.TOTP)


@pytest.fixture
async def world(mongo_uri):
    async with world_of(mongo_uri) as world:
        yield world


async def somebody(world, name, role):
    """A user with one session; (a caller with it, the user's id)."""
    user = await world.add(f"{name}@example.org", role, totp="A" * 32)
    signed_in = await world.sessions.begin(user, BOTH, CLIENT)
    tenant = world.identity.database.name
    return replace(OWNER, user=user.id, tenant=tenant, role=role, session=signed_in.token.id)


async def test_ones_own_sessions_are_listed_and_ended(world):
    ada = await somebody(world, "ada", Role.EDITOR)
    other = await world.sessions.begin(await world.user("ada@example.org"), BOTH, CLIENT)
    account = OwnAccount(world.identity, ada)
    assert {each.id for each in await account.sessions()} == {ada.session, other.token.id}
    assert await account.end_session(other.token.id, CLIENT)
    await world.sessions.begin(await world.user("ada@example.org"), BOTH, CLIENT)
    assert await account.end_other_sessions(CLIENT) == 1
    assert [each.id for each in await account.sessions()] == [ada.session]


async def test_a_session_of_somebody_else_is_none_of_ones_own(world):
    ada, bob = [await somebody(world, name, Role.EDITOR) for name in ("ada", "bob")]
    assert not await OwnAccount(world.identity, ada).end_session(bob.session, CLIENT)
    assert [each.id for each in await OwnAccount(world.identity, bob).sessions()] == [bob.session]


async def test_a_key_is_ones_own_and_does_no_more_than_one_may(world):
    ada = await somebody(world, "ada", Role.EDITOR)
    account = OwnAccount(world.identity, ada)
    await account.create_key(Wanted("shop", {Action.CATALOG_CHANGE}, dt.timedelta(days=1)), CLIENT)
    assert [key.maker for key in await ServiceKeys(world.identity).listed()] == [ada.user]
    with pytest.raises(AccountError, match=r"can make no key for audit\.read"):
        await account.create_key(Wanted("spy", {Action.AUDIT_READ}, dt.timedelta(days=1)), CLIENT)


async def test_sessions_of_others_are_ended_by_who_may_manage_them(world):
    owner, admin, editor = [await somebody(world, role.value, role) for role in (Role.OWNER, Role.ADMIN, Role.EDITOR)]
    others = OthersSessions(world.identity, admin)
    assert [each.id for each in await others.listed(editor.user)] == [editor.session]
    assert await others.end(editor.user, editor.session, CLIENT)
    assert await others.end_all(editor.user, CLIENT) == 0
    for attempt in (others.end(owner.user, owner.session, CLIENT), others.end_all(owner.user, CLIENT)):
        with pytest.raises(AccessDenied, match="sessions of an owner"):
            await attempt
    assert [each.id for each in await others.listed(owner.user)] == [owner.session]
    with pytest.raises(AccountError):
        await others.listed("0" * 32)
