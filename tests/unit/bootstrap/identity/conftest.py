from collections.abc import AsyncIterator

import pytest
from tests.unit.bootstrap.identity.world import World, world_of


@pytest.fixture
async def world(mongo_uri) -> AsyncIterator[World]:
    async with world_of(mongo_uri) as world:
        yield world
