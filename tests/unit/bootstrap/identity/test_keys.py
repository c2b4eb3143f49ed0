import datetime as dt
from dataclasses import replace

import pytest

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.permission import permitted
from shopwright.access.roles import Role
from shopwright.access.token import Token, new_token, read_key
from shopwright.bootstrap.identity.keys import LONGEST, ServiceKeys, Wanted
from shopwright.errors import AccountError, AuditLogError, SignInRefused

WANTED = Wanted("till", {Action.CATALOG_READ, Action.CATALOG_CHANGE}, dt.timedelta(days=90))


@pytest.fixture
def keys(world):
    return ServiceKeys(world.identity)


async def test_a_key_acts_for_its_maker_as_far_as_it_was_made_for(world, keys):
    user = await world.add()
    made = await keys.create(user.id, WANTED, world.client())
    assert made.key.text.startswith(f"sw_{world.identity.database.name}_")
    assert made.key.text not in repr(made)
    caller = await keys.caller(read_key(made.key.text), world.client())
    assert (caller.user, caller.session, caller.scopes) == (user.id, made.id, WANTED.scopes)
    assert caller.factors == {Factor.SERVICE_KEY}
    assert permitted(caller, Action.CATALOG_CHANGE)
    assert not permitted(caller, Action.RELEASE_PUBLISH)


async def test_it_ends_by_itself_and_says_when_it_was_used(world, keys):
    user = await world.add()
    token = read_key((await keys.create(user.id, WANTED, world.client())).key.text)
    assert (await keys.listed())[0].used is None
    for minutes, used in ((0, 0), (0.5, 0), (1, 1)):
        world.now = world.now.replace(minute=0, second=0) + dt.timedelta(minutes=minutes)
        await keys.caller(token, world.client())
        assert (await keys.listed())[0].used == world.now.replace(minute=int(used), second=0)
    world.now += WANTED.lasts
    with pytest.raises(SignInRefused):
        await keys.caller(token, world.client())


async def test_it_counts_no_more_when_it_was_revoked_or_its_maker_is_out(world, keys):
    await world.add("other@example.org")
    user = await world.add()
    one, other = [await keys.create(user.id, WANTED, world.client()) for _ in range(2)]
    assert await keys.revoke(one.id, world.client(), user.id)
    assert not await keys.revoke(one.id, world.client(), user.id)
    with pytest.raises(SignInRefused):
        await keys.caller(read_key(one.key.text), world.client())
    await world.staff.disable(user.id, world.client())
    with pytest.raises(SignInRefused):
        await keys.caller(read_key(other.key.text), world.client())


async def test_it_never_may_more_than_its_maker_now(world, keys):
    await world.add("other@example.org")
    user = await world.add()
    token = read_key((await keys.create(user.id, WANTED, world.client())).key.text)
    await world.staff.give_role(user.id, Role.VIEWER, world.client())
    caller = await keys.caller(token, world.client())
    assert permitted(caller, Action.CATALOG_READ)
    assert not permitted(caller, Action.CATALOG_CHANGE)


@pytest.mark.parametrize(
    ("role", "scopes", "lasts"),
    [
        (Role.VIEWER, {Action.CATALOG_CHANGE}, WANTED.lasts),
        (Role.OWNER, {Action.TENANT_DELETE}, WANTED.lasts),
        (Role.OWNER, {Action.USER_INVITE}, WANTED.lasts),
        (Role.OWNER, set(), WANTED.lasts),
        (Role.OWNER, {Action.CATALOG_READ}, dt.timedelta(0)),
        (Role.OWNER, {Action.CATALOG_READ}, LONGEST + dt.timedelta(seconds=1)),
    ],
)
async def test_what_a_role_cannot_give_no_key_gets(world, keys, role, scopes, lasts):
    user = await world.add(role=role)
    with pytest.raises(AccountError):
        await keys.create(user.id, Wanted("x", scopes, lasts), world.client())


async def test_a_guessed_or_foreign_key_is_nobodys(world, keys):
    user = await world.add()
    token = read_key((await keys.create(user.id, WANTED, world.client())).key.text)
    name = world.identity.database.name
    for wrong in (
        new_token(name),
        Token(name, token.id, new_token(name).secret),
        Token("another", token.id, token.secret),
    ):
        with pytest.raises(SignInRefused):
            await keys.caller(wrong, world.client())
    raw = await world.identity.database.raw["service_keys"].find_one({})
    assert token.secret.text not in repr(raw)


async def test_a_key_is_named_with_what_can_be_shown(world, keys):
    user = await world.add()
    for name in ("", "x" * 101, "till\x1b[2J"):
        with pytest.raises(AccountError, match="This is no name"):
            await keys.create(user.id, replace(WANTED, name=name), world.client())
    assert await keys.listed() == []


async def test_a_key_whose_event_cannot_be_kept_is_not_made(world, keys):
    user = await world.add()

    async def failing(*_):
        raise AuditLogError("the disk is full")

    with pytest.raises(AuditLogError):
        await ServiceKeys(replace(world.identity, record=failing)).create(user.id, WANTED, world.client())
    assert await keys.listed() == []
