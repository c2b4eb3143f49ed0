"""What tests of queries share; `mongo_uri` and `tenant_database` stand in tests/conftest.py for all."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.cluster import open_cluster
from shopwright.database.explain.explaining import Explaining
from shopwright.database.explain.recorder import Recorder
from shopwright.database.migrations.run import migrate


@pytest.fixture
async def explained(mongo_uri: str) -> AsyncIterator[Explaining]:
    """A fresh database with the whole schema: `await explained(work)` fails when a command of work would not scale."""
    recorder = Recorder()
    async with open_cluster(mongo_uri, listeners=[recorder]) as cluster:
        database = cluster.tenant(f"test-{uuid4().hex}")
        await migrate(database, DOCUMENT_TYPES)
        yield Explaining(database, recorder)
        await cluster.client.drop_database(database.raw.name)
