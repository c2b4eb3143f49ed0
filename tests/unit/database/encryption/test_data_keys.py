from shopwright.database.encryption.data_keys import DATA_KEYS, OF_TENANT
from shopwright.database.schema.drift import drift


async def test_what_the_driver_writes_is_as_declared(vault, control):
    found = await control.documents(DATA_KEYS).first(OF_TENANT, {"names": "acme"})
    assert found.names == ("acme",)
    assert found.master["provider"].startswith("local:0001_")
    assert (len(found.id), found.wrapped) == (16, found.made)
    await vault.rotate("acme")
    again = await control.documents(DATA_KEYS).first(OF_TENANT, {"names": "acme"})
    assert again.id == found.id
    assert again.master["provider"].startswith("local:0002_")
    assert again.material != found.material


async def test_a_name_is_one_tenants(control):
    assert not [one for one in await drift(control, [DATA_KEYS]) if one.where.startswith("data_keys")]
