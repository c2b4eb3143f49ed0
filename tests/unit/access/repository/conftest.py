import pytest
from tests.unit.bootstrap.identity.world import world_of


@pytest.fixture
async def people(mongo_uri):
    """A database of people, empty."""
    async with world_of(mongo_uri) as world:
        yield world.identity.database
