"""Keys through the platform: every database it hands out seals with its own tenant's."""

from uuid import uuid4

import pytest
from pymongo.errors import OperationFailure

from shopwright.bootstrap.cells import MAIN
from shopwright.bootstrap.keys import open_keys, share_key
from shopwright.bootstrap.platform import open_platform
from shopwright.errors import EncryptionError, SettingsError
from shopwright.settings import DatabaseSettings, Secret


@pytest.fixture
def settings(mongo_uri, tmp_path):
    """The folder of keys stands beside that of the server."""
    return DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")


@pytest.fixture
async def platform(settings):
    async with open_platform(settings) as platform:
        await platform.keys.destroy("control")  # of a test with another folder of keys
        await platform.keys.create("control")
        yield platform


@pytest.fixture
async def tenants(platform):
    names = [f"test-{uuid4().hex[:8]}" for _ in range(2)]
    for name in names:
        await platform.provision(name)
    yield names
    for name in names:
        await platform.withdraw(name, MAIN)
        await platform.keys.destroy(name)


async def test_each_database_seals_with_its_own_key(platform, tenants, settings):
    async with platform.tenants.tenant(tenants[0]) as one, platform.tenants.tenant(tenants[1]) as other:
        sealed = await one.cipher.seal(b"Canary", findable=False)
        assert await one.cipher.open(sealed) == b"Canary"
        for foreign in (other.cipher, platform.control.cipher):
            with pytest.raises(EncryptionError, match="not this tenant's"):
                await foreign.open(sealed)
        with pytest.raises(OperationFailure) as refused:
            await one.raw.client.control.data_keys.find_one({})
        assert refused.value.code == 13
    assert sorted(path.name for path in settings.key_folder.iterdir() if path.is_dir()) == sorted(["control", *tenants])


async def test_who_is_there_keeps_its_key(platform, tenants):
    before = await platform.keys.state(tenants[0])
    await platform.provision(tenants[0])
    assert await platform.keys.state(tenants[0]) == before


async def test_a_copy_shares_the_key_of_what_has_one(platform, tenants, settings):
    await share_key(settings, tenants[0], "test-copy")
    async with open_keys(settings) as keys:
        assert (await keys.state("test-copy")).shared_with == (tenants[0],)
        await keys.destroy("test-copy")
        await share_key(settings, "test-none", "test-copy")
        assert await keys.exists("test-copy") is False


async def test_a_service_that_cannot_be_read_is_told_at_once(settings, mongo_uri, tmp_path):
    missing = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo", kms=tmp_path / "none.json")
    with pytest.raises(SettingsError, match="SHOPWRIGHT_KMS"):
        async with open_platform(missing):
            pass
