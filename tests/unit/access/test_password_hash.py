import asyncio

import pytest

from shopwright.access import password_hash
from shopwright.access.password_hash import AT_ONCE, MOST_WAITING, Cost, PasswordHashes
from shopwright.errors import SignInRefused

CHEAP = Cost(memory=64, passes=1, lanes=1)


@pytest.fixture
def hashes():
    made = PasswordHashes(CHEAP)
    yield made
    made.close()


async def test_only_the_password_itself_is_right(hashes):
    kept = await hashes.hash("correct horse")
    assert kept.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert await hashes.verify(kept, "correct horse")
    assert not await hashes.verify(kept, "correct horse ")
    assert not await hashes.verify(kept, "")
    assert not await hashes.verify("no hash", "correct horse")


async def test_the_same_password_is_kept_differently_each_time(hashes):
    assert await hashes.hash("correct horse") != await hashes.hash("correct horse")


async def test_nobodys_password_is_hashed_too_and_never_right(hashes, monkeypatch):
    kept = []
    verify = PasswordHashes._verified
    monkeypatch.setattr(PasswordHashes, "_verified", lambda self, *args: kept.append(args[0]) or verify(self, *args))
    assert not await hashes.verify(None, "the password of nobody")
    assert len(kept) == 1
    assert kept[0].startswith("$argon2id$v=19$m=64,t=1,p=1$")


async def test_half_characters_and_very_long_ones_are_wrong_passwords(hashes):
    kept = await hashes.hash("correct horse")
    assert not await hashes.verify(kept, "\ud800" * 10)
    assert not await hashes.verify(kept, "correct horse" * 100_000)


async def test_how_it_is_composed_does_not_matter(hashes):
    assert await hashes.verify(await hashes.hash("Am\u00e9lie Poulain"), "Ame\u0301lie Poulain")


async def test_hashes_made_more_cheaply_are_made_anew(hashes):
    kept = await hashes.hash("correct horse")
    assert not hashes.is_outdated(kept)
    dearer = PasswordHashes(Cost(memory=128, passes=1, lanes=1))
    assert dearer.is_outdated(kept)
    dearer.close()


async def test_only_so_many_wait(hashes, monkeypatch):
    """Each takes its memory and a processor: the queue is bounded, whoever comes later hears of it at once."""
    most = AT_ONCE + MOST_WAITING
    answers = await asyncio.gather(*(hashes.verify(None, "x") for _ in range(most + 5)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, SignInRefused)]
    assert (len(refused), refused[0].retry_after) == (5, 5)
    assert not await hashes.verify(None, "x")


def test_the_products_cost_is_that_of_rfc_9106():
    assert Cost() == Cost(memory=65_536, passes=3, lanes=4)
    assert password_hash.AT_ONCE * Cost().memory * 1024 <= 256 << 20
