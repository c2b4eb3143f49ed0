import datetime as dt

import pytest

from shopwright.access.actions import Action
from shopwright.access.client import Client
from shopwright.access.documents import ServiceKeyDocument
from shopwright.access.repository import keys as repository
from shopwright.access.repository.keys import ServiceKeyRepository
from shopwright.access.token import Token, new_token
from shopwright.errors import AccountError

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)


def client(days=0):
    return Client("203.0.113.7", NOW + dt.timedelta(days=days))


async def test_a_key_counts_until_it_ends_or_is_revoked(people):
    keys, token = ServiceKeyRepository(people), new_token("luna")
    times = {"created": NOW, "ends": NOW + dt.timedelta(days=9), "used": None}
    kept = {"id": token.id, "digest": token.digest, "name": "till", "maker": "a" * 32}
    await keys.add(ServiceKeyDocument(**kept, **times, scopes=(Action.CATALOG_READ,)))
    assert (await keys.proved(token, client())).scopes == (Action.CATALOG_READ,)
    assert (await keys.listed())[0].used == NOW
    assert await keys.proved(Token("luna", token.id, new_token("luna").secret), client()) is None
    assert await keys.proved(token, client(9)) is None
    assert [key.name for key in await keys.listed()] == ["till"]
    assert (await keys.revoke(token.id), await keys.revoke(token.id)) == (True, False)
    assert await keys.proved(token, client()) is None


def key(number, ends, created=NOW):
    name, scopes = f"key {number}", (Action.CATALOG_READ,)
    return ServiceKeyDocument(
        id=f"{number:032x}",
        digest="0" * 64,
        name=name,
        maker="a" * 32,
        scopes=scopes,
        created=created,
        ends=ends,
        used=None,
    )


async def test_short_lived_keys_hide_none_and_are_counted_past_none(people, monkeypatch):
    """Whoever makes many keys that end at once must not get one that nobody sees, or that no quota counts."""
    monkeypatch.setattr(repository, "MOST", 5)
    keys = ServiceKeyRepository(people)
    for number in range(12):
        created = NOW + number * dt.timedelta(seconds=2)
        await keys.add(key(number, created + dt.timedelta(seconds=1), created))
    at = NOW + dt.timedelta(minutes=1)
    for number in range(20, 25):
        await keys.add(key(number, at + dt.timedelta(days=number), at))
    assert await keys.count(at) == 5
    assert [each.name for each in await keys.listed()] == [f"key {number}" for number in (24, 23, 22, 21, 20)]
    with pytest.raises(AccountError, match="There are 5 service keys"):
        await keys.add(key(30, at + dt.timedelta(days=1), at))


async def test_keys_that_were_over_long_ago_go(people):
    keys = ServiceKeyRepository(people)
    await keys.add(key(1, NOW + dt.timedelta(days=1)))
    later = NOW + dt.timedelta(days=31)
    await keys.add(key(2, later + dt.timedelta(days=9), later))
    assert [each.name for each in await keys.listed()] == ["key 2", "key 1"]
    later += dt.timedelta(seconds=1)
    await keys.add(key(3, later + dt.timedelta(days=1), later))
    assert [each.name for each in await keys.listed()] == ["key 2", "key 3"]
