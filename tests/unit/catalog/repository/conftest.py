"""A store kept in a real database."""

import pytest
from tests.unit.catalog.repository.shops import KINDS, shop_in

from shopwright.database.migrations.run import migrate


@pytest.fixture
async def shop(tenant_database, tmp_path):
    """A repository on a database with the schema, for a store that nothing was imported into yet."""
    await migrate(tenant_database, KINDS)
    return shop_in(tenant_database, tmp_path)
