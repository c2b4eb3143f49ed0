import asyncio
import datetime as dt

import pytest
from tests.unit.bootstrap.identity.world import ELSEWHERE, HOME

from shopwright.access.caller import Factor
from shopwright.access.repository import sessions as kept_sessions
from shopwright.access.session_rules import ABSOLUTE, HALF, IDLE
from shopwright.access.token import Token, new_token
from shopwright.errors import SignInRefused


async def is_over(world, token):
    try:
        await world.sessions.caller(token, world.client())
    except SignInRefused:
        return True
    return False


async def test_who_calls_is_read_anew_each_time(world):
    app = await world.add_app()
    whole = await world.whole(app)
    caller = await world.sessions.caller(whole.token, world.client(ELSEWHERE))
    assert (caller.user, caller.tenant) == ((await world.user()).id, world.identity.database.name)
    assert (caller.role, caller.scopes, caller.address) == ("owner", None, ELSEWHERE)
    assert caller.session == whole.token.id


async def test_a_guessed_or_foreign_token_is_nobodys(world):
    whole = await world.whole(await world.add_app())
    name = world.identity.database.name
    for token in (
        new_token(name),
        Token(name, whole.token.id, new_token(name).secret),
        Token("another", whole.token.id, whole.token.secret),
    ):
        assert await is_over(world, token)


async def test_a_session_that_is_idle_ends_and_one_that_is_used_goes_on(world):
    whole = await world.whole(await world.add_app())
    for _ in range(5):
        world.later(minutes=29)
        assert not await is_over(world, whole.token)
    world.now += IDLE
    assert await is_over(world, whole.token)


async def test_a_session_ends_however_it_is_used(world):
    whole = await world.whole(await world.add_app())
    end = world.now + ABSOLUTE
    while world.now < end:
        assert not await is_over(world, whole.token)
        world.later(minutes=20)
    assert await is_over(world, whole.token)


async def test_half_a_sign_in_ends_soon(world):
    await world.add_app()
    half = await world.half()
    world.now += HALF - dt.timedelta(seconds=1)
    assert not await is_over(world, half.token)
    world.later(seconds=1)
    assert await is_over(world, half.token)


async def test_signing_out_ends_the_session_and_no_other(world):
    app = await world.add_app()
    one = await world.whole(app)
    world.later(seconds=30)
    other = await world.whole(app)
    await world.sessions.sign_out(one.token, world.client())
    assert (await is_over(world, one.token), await is_over(world, other.token)) == (True, False)
    with pytest.raises(SignInRefused):
        await world.sessions.sign_out(one.token, world.client())
    assert world.told()[-1] == ("session.end", "success")


async def test_sessions_are_listed_and_ended_one_by_one_or_together(world):
    app = await world.add_app()
    tokens = []
    for address in (HOME, ELSEWHERE, HOME):
        tokens.append((await world.whole(app, address=address)).token)
        world.later(seconds=30)
    caller = await world.sessions.caller(tokens[2], world.client())
    listed = await world.sessions.listed(caller.user)
    assert [session.address for session in listed] == [HOME, ELSEWHERE, HOME]
    assert {session.agent for session in listed} == {"Firefox"}
    assert await world.sessions.end(caller, tokens[1].id, world.client())
    assert not await world.sessions.end(caller, tokens[1].id, world.client())
    assert not await world.sessions.end(caller, tokens[0].id, world.client(), user="0" * 32)
    assert await world.sessions.end_all(caller, world.client()) == 1
    assert [await is_over(world, token) for token in tokens] == [True, True, False]


async def test_of_two_rotations_one_happens(world):
    """Whoever stole a token and steps up with it, beside its owner, is shut out, or is found out by the owner."""
    app = await world.add_app()
    whole = await world.whole(app)
    proved = await world.sessions.proved(whole.token, world.client())
    tries = [world.sessions.rotate(proved, proved.user, Factor.TOTP, world.client()) for _ in range(3)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["SignInRefused", "SignInRefused", "SignedIn"]


async def test_of_too_many_sessions_the_oldest_end(world, monkeypatch):
    monkeypatch.setattr(kept_sessions, "MOST_SESSIONS", 3)
    await world.add_app()
    halves = []
    for _ in range(5):
        halves.append(await world.half())
        world.later(seconds=1)
    assert [await is_over(world, half.token) for half in halves] == [True, True, False, False, False]


async def test_nothing_secret_is_kept_or_shown(world):
    whole = await world.whole(await world.add_app())
    raw = await world.identity.database.raw["sessions"].find_one({"_id": whole.token.id})
    shown = repr(raw) + repr(whole) + repr(await world.sessions.proved(whole.token, world.client()))
    assert whole.token.secret.text not in shown
    assert HOME not in repr(raw)
