import datetime as dt

import pytest

from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import SessionDocument
from shopwright.access.repository.sessions import SessionRepository
from shopwright.access.session_rules import ABSOLUTE, IDLE
from shopwright.access.token import Token, new_token

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
ADA, GRACE = "a" * 32, "b" * 32


@pytest.fixture
def sessions(people):
    return SessionRepository(people)


def client(seconds=0):
    return Client("203.0.113.7", NOW + dt.timedelta(seconds=seconds), "Firefox")


async def begin(sessions, user=ADA, seconds=0):
    token, at = new_token("luna"), client(seconds).at
    times = {"signed_in": at, "seen": at, "stepped_up": None, "ends": at + ABSOLUTE}
    kept = {"id": token.id, "digest": token.digest, "user": user, "epoch": 0, "factors": (Factor.PASSKEY,)}
    await sessions.add(SessionDocument(**kept, **times, address="203.0.113.7", agent="Firefox"))
    return token


async def test_its_token_proves_a_session_and_nothing_else_does(sessions):
    token = await begin(sessions)
    assert (await sessions.proved(token, client())).user == ADA
    assert await sessions.proved(Token("luna", token.id, new_token("luna").secret), client()) is None
    assert await sessions.proved(new_token("luna"), client()) is None


async def test_that_it_is_used_is_told_at_most_once_a_minute(sessions):
    token = await begin(sessions)
    seen = []
    for seconds in (59, 60, 61):
        await sessions.proved(token, client(seconds))
        seen.append(((await sessions.of_user(ADA))[0].seen - NOW).seconds)
    assert seen == [0, 60, 60]
    assert await sessions.proved(token, client(60 + IDLE.seconds)) is None


async def test_sessions_of_a_user_end_and_no_others(sessions):
    mine = [await begin(sessions, seconds=number) for number in range(3)]
    other = await begin(sessions, GRACE)
    assert [session.id for session in await sessions.of_user(ADA)] == [token.id for token in reversed(mine)]
    assert not await sessions.end(other.id, ADA)
    assert await sessions.end(mine[0].id, ADA)
    assert await sessions.end_all(ADA, but=(mine[1].id,)) == 1
    assert await sessions.end_all(ADA) == 1
    assert len(await sessions.of_user(GRACE)) == 1
