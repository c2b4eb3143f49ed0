import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from shopwright.settings import Secret
from shopwright.validation import checks_api as module
from shopwright.validation.api_load import TENANT, Load, asked, served
from shopwright.validation.checkout import Checkout

ROOT = Path(__file__).parents[3]


async def test_everybody_gets_an_answer(mongo_uri, tmp_path):
    async with served(tmp_path, Secret(mongo_uri)) as where:
        load = await asked(where, f"/v1/tenants/{TENANT}/stores", at_once=5, each=2)
        refused = await asked(where, "/v1/tenants/none/stores", at_once=1, each=1)
    assert (load.statuses, len(load.seconds)) == ({200: 10}, 10)
    assert refused.statuses == {404: 1}
    assert load.percentile(0.5) <= load.percentile(1.0) == load.seconds[-1]


@pytest.mark.parametrize(("statuses", "passed"), [({200: 600}, True), ({200: 599, 503: 1}, False)])
async def test_the_check_counts_answers(monkeypatch, tmp_path, statuses, passed):
    async def answered(*_, **__):
        return Load((0.1, 0.2), Counter(statuses), 0.6)

    @asynccontextmanager
    async def nothing(*_):
        yield None

    monkeypatch.setattr(module, "asked", answered)
    monkeypatch.setattr(module, "served", nothing)
    result = await asyncio.to_thread(module.simultaneous, Checkout(ROOT, tmp_path))
    assert result.passed is passed
    assert "of 600 requests of 150 clients at once answered; p50 200 ms" in result.figure


def test_a_figure_is_of_all_answers():
    load = Load((0.1, 0.2, 0.3, 0.4), {200: 4}, 0.0)
    assert [load.percentile(share) for share in (0.0, 0.5, 0.99)] == [0.1, 0.3, 0.4]
