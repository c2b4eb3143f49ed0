import datetime as dt

import pytest
from tests.unit.catalog.repository.stored import store_luna

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.migrations.run import migrate
from shopwright.errors import DatabaseError, ReferenceRefused
from shopwright.ml_integration.repository import ExperimentRepository

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
async def experiments(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES, ())
    await store_luna(tenant_database, "aria", "nova")
    return ExperimentRepository(tenant_database)


async def test_an_experiment_is_described_started_and_stopped(experiments):
    await experiments.put("luna", "round-first", {"control": 1, "round": 1}, ("aria",), NOW)
    new = await experiments.put("luna", "round-first", {"control": 3, "round": 1}, ("aria", "nova"), NOW)
    assert [(arm.name, arm.weight) for arm in new.variants] == [("control", 3), ("round", 1)]
    running = await experiments.move("luna", "round-first", "running", NOW)
    assert running == new.model_copy(update={"state": "running"})
    assert await experiments.in_state("luna", "running") == [running]
    with pytest.raises(DatabaseError, match="The experiment is running"):
        await experiments.put("luna", "round-first", {"control": 1}, (), NOW)
    await experiments.move("luna", "round-first", "stopped", NOW)
    with pytest.raises(DatabaseError, match="The experiment was stopped"):
        await experiments.move("luna", "round-first", "running", NOW)
    with pytest.raises(DatabaseError, match="The experiment is not there"):
        await experiments.move("luna", "other", "running", NOW)


async def test_it_touches_only_products_that_are_there(experiments):
    with pytest.raises(ReferenceRefused, match=r"experiments\.products: 1 of what it names is not in products"):
        await experiments.put("luna", "x", {"control": 1}, ("aria", "gone"), NOW)
    with pytest.raises(ReferenceRefused, match=r"experiments\.store"):
        await experiments.put("mars", "x", {"control": 1}, (), NOW)
