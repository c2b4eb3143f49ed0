import datetime as dt

import pytest

from shopwright.access.repository.links import LinkRepository
from shopwright.access.session_rules import LINK_LASTS
from shopwright.access.token import Token, new_token

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
ADA = "a" * 32


@pytest.mark.parametrize("kind", ["invitation", "reset"])
async def test_a_link_is_followed_once_and_in_time(people, kind):
    links = LinkRepository(people)
    token = await links.add(kind, ADA, NOW)
    assert token.tenant == people.name
    assert (await links.look(token, NOW)).kind == kind
    assert await links.look(token, NOW + LINK_LASTS[kind]) is None
    assert (await links.follow(token, NOW)).user == ADA
    assert await links.follow(token, NOW) is None


async def test_only_its_token_and_only_the_newest_leads_anywhere(people):
    links = LinkRepository(people)
    first = await links.add("reset", ADA, NOW)
    second = await links.add("reset", ADA, NOW)
    assert await links.look(first, NOW) is None
    assert await links.look(Token(people.name, second.id, new_token("luna").secret), NOW) is None
    assert await links.forget(ADA) == 1
    assert await links.follow(second, NOW) is None
