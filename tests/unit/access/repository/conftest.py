from dataclasses import replace

import pytest
from tests.unit.access.sealing import OwnCipher

from shopwright.access.documents import PEOPLE
from shopwright.database.migrations.run import migrate


@pytest.fixture
async def people(tenant_database):
    """A database of people."""
    database = replace(tenant_database, cipher=OwnCipher())
    await migrate(database, PEOPLE)
    return database
