import asyncio

import pytest
from tests.unit.database.encryption.conftest import CACHE_SECONDS
from tests.unit.database.encryption.people import BY_ROLE, person

from shopwright.database.encryption import key_vault
from shopwright.database.encryption.key_state import Destroyed
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.encryption.master_keys import MasterKeys
from shopwright.database.encryption.remote_master import RemoteMaster
from shopwright.errors import DatabaseError, EncryptionError


async def test_a_tenant_has_one_key_however_often_it_is_made(control, new_vault, folder):
    vaults = [new_vault() for _ in range(4)]
    made = await asyncio.gather(*(vault.create("acme") for vault in vaults))
    assert sorted(made) == [False, False, False, True]
    assert await vaults[0].create("acme") is False
    assert (await vaults[0].exists("acme"), await vaults[0].exists("none")) == (True, False)
    assert len(folder.names("acme")) == 1
    assert await control.raw.data_keys.count_documents({}) == 1


async def test_a_key_that_was_left_half_made_is_made_whole(vault, folder):
    """Killed between the file and the database."""
    left = folder.add("half")
    assert await vault.create("half") is True
    assert folder.names("half") == [left]
    assert (await vault.state("half")).master == f"local:{left}"


async def test_rotation_while_others_read_and_write(vault, new_vault, people, people_of, folder):
    """Another process goes on through three rotations, without its old masters from the second on."""
    running = people_of(new_vault())
    await running.insert(person(0))
    stop = asyncio.Event()

    async def work():
        number = 0
        while not stop.is_set():
            number += 1
            await running.insert(person(number))
            assert await running.get(f"p{number - 1}") == person(number - 1)
            await asyncio.sleep(0.01)
        return number

    working = asyncio.create_task(work())
    for discard in (False, True, True):
        state = await vault.rotate("acme", discard=discard)
        await asyncio.sleep(CACHE_SECONDS + 0.1)
    stop.set()
    number = await working
    assert (state.superseded, state.fault) == ((), "")
    assert folder.names("acme") == [state.master.removeprefix("local:")]
    assert state.master.startswith("local:0004_")
    everybody = await people_of(new_vault()).find(BY_ROLE, {"role": "editor"}, limit=number + 5)
    assert len(everybody) == number + 1


async def test_what_wrapped_a_key_before_stays_until_it_is_discarded(vault, folder):
    first = folder.names("acme")
    assert (await vault.rotate("acme")).superseded == tuple(first)
    assert (await vault.rotate("acme", discard=True)).superseded == ()
    with pytest.raises(EncryptionError, match="'none': There is no key of this tenant"):
        await vault.rotate("none")


async def test_a_rotation_that_was_cut_short_is_done_again(vault, people, folder):
    await people.insert(person(1))
    stray = folder.add("acme")
    assert stray in (await vault.state("acme")).superseded
    await vault.rotate("acme", discard=True)
    assert len(folder.names("acme")) == 1
    assert await people.get("p1") == person(1)


async def test_destroyed_is_destroyed(vault, people, folder, control):
    await people.insert(person(1))
    names = tuple(folder.names("acme"))
    assert await vault.destroy("acme") == Destroyed("acme", key=True, masters=names)
    assert await vault.destroy("acme") == Destroyed("acme", key=False, masters=())
    assert await control.raw.data_keys.count_documents({}) == 0
    with pytest.raises(EncryptionError, match="There is no key of this tenant"):
        await people.get("p1")


async def test_a_key_that_comes_back_without_its_master_opens_nothing(vault, new_vault, people_of, control):
    """As after a restore of the whole control database from before the deletion."""
    people = people_of(vault)
    await people.insert(person(1))
    saved = await control.raw.data_keys.find_one({})
    await vault.destroy("acme")
    await control.raw.data_keys.insert_one(saved)
    with pytest.raises(EncryptionError, match="There is no master key of this tenant"):
        await people_of(new_vault()).get("p1")
    await control.raw.data_keys.delete_one({})
    await vault.create("acme")  # another key, another master
    await control.raw.data_keys.delete_one({})
    await control.raw.data_keys.insert_one(saved)
    with pytest.raises(EncryptionError, match="cannot be used"):
        await people_of(new_vault()).get("p1")
    state = await new_vault().state("acme")
    assert state.fault.startswith("The key cannot be used: ")


async def test_a_restored_copy_has_the_same_key(vault, new_vault, people_of, folder):
    await people_of(vault).insert(person(1))
    await vault.share("acme", "copy")
    await vault.share("acme", "copy")
    assert await vault.create("copy") is False
    copied = people_of(new_vault(), "copy")
    assert await copied.get("p1") == person(1)
    assert (await vault.state("acme")).shared_with == ("copy",)
    await vault.rotate("acme", discard=True)
    await asyncio.sleep(CACHE_SECONDS + 0.1)
    assert await copied.get("p1") == person(1)
    done = await vault.destroy("acme")
    assert done.remains == ("the key itself: copy, restored from it, has the same",)
    assert await people_of(new_vault(), "copy").get("p1") == person(1)
    assert (await vault.destroy("copy")).remains == ()
    with pytest.raises(EncryptionError, match="There is no key"):
        await people_of(new_vault(), "copy").get("p1")


async def test_who_has_a_key_is_given_no_other(vault):
    await vault.create("other")
    with pytest.raises(EncryptionError, match="'other': It has a key of its own"):
        await vault.share("acme", "other")


async def test_the_state_of_all(vault, folder):
    await vault.create("control")
    await vault.create("other")
    folder.destroy("other")
    told = [(state.tenant, state.fault.partition(" of")[0]) async for state in vault.states()]
    assert told == [("acme", ""), ("control", ""), ("other", "There is no master key")]


async def test_a_service_described_wrongly_is_told_without_its_secrets(control, folder):
    remote = RemoteMaster("gcp", {"email": "a@b.example", "privateKey": "!Canary!"}, {"keyName": "k"})
    with pytest.raises(EncryptionError, match="The settings of key management cannot be used") as refused:
        await KeyVault(control, MasterKeys(folder, remote)).create("acme")
    assert "Canary" not in str(refused.value)
    assert refused.value.remedy == "Correct the file that SHOPWRIGHT_KMS names."


async def test_a_vault_that_cannot_be_written_is_told(vault, people, control):
    await people.insert(person(1))
    await control.raw.command("collMod", "data_keys", validator={"status": 99})
    with pytest.raises(DatabaseError, match=r"^control: "):
        await vault.rotate("acme")
    assert await people.get("p1") == person(1)


async def test_one_at_a_time_changes_keys(vault, folder, monkeypatch):
    monkeypatch.setattr(key_vault, "PATIENCE", 0.1)
    with folder.lock(), pytest.raises(EncryptionError, match="Another command changes keys"):
        await vault.rotate("acme")
