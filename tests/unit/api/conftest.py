"""One platform for the tests of the API: what a test changes, others do not look at."""

import pytest_asyncio
from tests.unit.api.serving import serving


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def api(mongo_uri, tmp_path_factory):
    """The application over a real platform."""
    async with serving(mongo_uri, tmp_path_factory.mktemp("api")) as opened:
        yield opened
