"""Every method of the experiments' repository, with the server's own account of how it answers each command."""

import datetime as dt

from tests.unit.catalog.repository.stored import store_luna

from shopwright.ml_integration.repository import ExperimentRepository

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


async def test_every_method_uses_its_indexes(explained):
    await store_luna(explained.database, "aria")
    experiments = ExperimentRepository(explained.database)
    for number in range(60):
        await experiments.put("luna", f"test-{number}", {"control": 1}, ("aria",), NOW)
    await explained(experiments.put("luna", "another", {"control": 1}, ("aria",), NOW))
    await explained(experiments.move("luna", "another", "running", NOW))
    assert len(await explained(experiments.in_state("luna", "running"))) == 1
