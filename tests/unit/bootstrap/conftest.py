"""A tenant's life on the server of the tests."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from tests.unit.bootstrap.lives import living, settings

from shopwright.bootstrap.tenant_life import TenantLife


@pytest.fixture
def handle() -> str:
    """Of a tenant that is not there yet."""
    return f"test-{uuid4().hex}"


@pytest.fixture
async def life(tmp_path, mongo_uri, handle) -> AsyncIterator[TenantLife]:
    """What of ``handle`` is left goes in the end."""
    async with living(tmp_path, settings(tmp_path, mongo_uri), handle) as life:
        yield life
