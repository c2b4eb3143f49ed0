"""A cluster as its operator, and the name of a tenant that is taken away afterwards."""

from uuid import uuid4

import pytest

from shopwright.database.cluster import open_cluster
from shopwright.database.isolation.provision import withdraw


@pytest.fixture
async def cluster(mongo_uri):
    async with open_cluster(mongo_uri) as cluster:
        yield cluster


@pytest.fixture
async def tenant(cluster):
    name = f"test-{uuid4().hex}"
    yield name
    await withdraw(cluster, name)
