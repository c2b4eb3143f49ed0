import asyncio
import datetime as dt

from shopwright.access.repository.ceremonies import CeremonyRepository
from shopwright.access.session_rules import HALF
from shopwright.access.token import Token, new_token
from shopwright.settings import Secret

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
ADA, ASKED = "a" * 32, Secret("the challenge")


async def test_a_question_is_answered_once(people):
    ceremonies = CeremonyRepository(people)
    token = await ceremonies.ask("passkey", ASKED, NOW)
    answers = await asyncio.gather(*(ceremonies.take("passkey", token, NOW) for _ in range(5)))
    assert sorted(answers, key=bool) == [None] * 4 + [ASKED]


async def test_only_by_whom_and_as_what_and_when_it_was_asked(people):
    ceremonies = CeremonyRepository(people)
    token = await ceremonies.ask("passkey", ASKED, NOW, ADA)
    assert await ceremonies.take("passkey-new", token, NOW, ADA) is None
    assert await ceremonies.take("passkey", token, NOW) is None
    assert await ceremonies.take("passkey", token, NOW, "b" * 32) is None
    assert await ceremonies.take("passkey", token, NOW + HALF, ADA) is None
    assert await ceremonies.take("passkey", Token("luna", token.id, new_token("luna").secret), NOW, ADA) is None
    assert await ceremonies.take("passkey", new_token("luna"), NOW, ADA) is None
    assert await ceremonies.take("passkey", token, NOW, ADA) == ASKED
