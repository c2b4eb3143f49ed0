"""A vault and one tenant's people, both in the fresh database of the test."""

from dataclasses import replace

import pytest
from tests.unit.database.encryption.people import PEOPLE

from shopwright.database.encryption.data_keys import DATA_KEYS
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.database.encryption.master_keys import MasterKeys
from shopwright.database.migrations.run import migrate

CACHE_SECONDS = 0.3


@pytest.fixture
def folder(tmp_path):
    """Master keys in files."""
    return MasterFolder(tmp_path / "keys")


@pytest.fixture
async def control(tenant_database):
    """What the vault stands in."""
    await migrate(tenant_database, [DATA_KEYS, PEOPLE])
    return tenant_database


@pytest.fixture
def new_vault(control, folder):
    """Makes a vault as another process would have it."""
    return lambda: KeyVault(control, MasterKeys(folder), CACHE_SECONDS)


@pytest.fixture
async def vault(new_vault):
    """With a key for ``acme``."""
    vault = new_vault()
    await vault.create("acme")
    return vault


@pytest.fixture
def people_of(control):
    """The people of a tenant, read and written with a vault's cipher."""
    return lambda vault, tenant="acme": replace(control, cipher=vault.cipher(tenant)).documents(PEOPLE)


@pytest.fixture
def people(vault, people_of):
    """Of ``acme``."""
    return people_of(vault)
