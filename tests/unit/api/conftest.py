"""One platform for the tests of the API: what a test changes, others do not look at."""

import pytest_asyncio
from tests.unit.api.serving import serving


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def api(own_mongo):
    """The application over a real platform."""
    async with serving(*own_mongo) as opened:
        yield opened
