import datetime as dt

import pytest

from shopwright.bootstrap.kept_answers import CLAIM_LASTS, Answer, KeptAnswers
from shopwright.errors import DocumentRefused, DuplicateDocument

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
ONE, OTHER = "1" * 64, "2" * 64
ANSWER = Answer(201, {"location": "/v1/x"}, '{"a":"ü"}')


@pytest.fixture
def kept(tenant_database):
    return KeptAnswers(tenant_database, "0" * 32, "key \ud800")


async def test_the_first_answer_is_given_again(kept):
    assert await kept.begin(ONE, NOW) is None
    await kept.keep(ANSWER, NOW)
    assert await kept.begin(ONE, NOW) == ANSWER


async def test_while_the_first_is_at_work_others_wait(kept):
    await kept.begin(ONE, NOW)
    with pytest.raises(DuplicateDocument, match="at work"):
        await kept.begin(ONE, NOW)


async def test_a_key_stands_for_one_request(kept):
    await kept.begin(ONE, NOW)
    with pytest.raises(DocumentRefused, match="another request"):
        await kept.begin(OTHER, NOW)


async def test_a_key_is_free_again_when_nothing_was_done(kept):
    await kept.begin(ONE, NOW)
    await kept.forget()
    assert await kept.begin(OTHER, NOW) is None


async def test_a_claim_whose_process_died_ends(kept):
    await kept.begin(ONE, NOW)
    assert await kept.begin(ONE, NOW + CLAIM_LASTS) is None


async def test_what_is_too_long_to_keep_is_given_once(kept):
    await kept.begin(ONE, NOW)
    await kept.keep(Answer(200, {}, "x" * 70_000), NOW)
    assert await kept.begin(ONE, NOW) is None


async def test_each_user_has_keys_of_their_own(kept, tenant_database):
    await kept.begin(ONE, NOW)
    assert await KeptAnswers(tenant_database, "1" * 32, kept.key).begin(OTHER, NOW) is None
