import datetime as dt

from shopwright.access.actions import Action
from shopwright.access.client import Client
from shopwright.access.documents import ServiceKeyDocument
from shopwright.access.repository.keys import ServiceKeyRepository
from shopwright.access.token import Token, new_token

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
