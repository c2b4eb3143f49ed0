"""The name of a tenant that is taken away afterwards."""

from uuid import uuid4

import pytest

from shopwright.database.isolation.provision import withdraw


@pytest.fixture
async def tenant(cluster):
    name = f"test-{uuid4().hex}"
    yield name
    await withdraw(cluster, name)
