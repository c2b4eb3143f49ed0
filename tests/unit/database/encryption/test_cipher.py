import asyncio
import gc

import pytest
from pymongo.errors import ConnectionFailure, NetworkTimeout
from pymongo.errors import EncryptionError as DriverError
from pymongocrypt.errors import MongoCryptError
from tests.unit.database.encryption.conftest import CACHE_SECONDS

from shopwright.database.encryption.cipher import refused
from shopwright.errors import DatabaseUnavailable, EncryptionError


async def test_what_is_sealed_is_opened(vault):
    cipher = vault.cipher("acme")
    for findable in (True, False):
        sealed = await cipher.seal(b"Canary", findable=findable)
        assert sealed.subtype == 6
        assert b"Canary" not in sealed
        assert await cipher.open(sealed) == b"Canary"
    assert await cipher.seal(b"a", findable=True) == await cipher.seal(b"a", findable=True)
    assert await cipher.seal(b"a", findable=False) != await cipher.seal(b"a", findable=False)
    assert repr(cipher) == "TenantCipher('acme')"


async def test_another_tenants_key_opens_nothing(vault):
    await vault.create("other")
    acme, other = vault.cipher("acme"), vault.cipher("other")
    sealed = await acme.seal(b"Canary", findable=True)
    assert sealed[17:] != (await other.seal(b"Canary", findable=True))[17:]
    with pytest.raises(EncryptionError, match="'other': It was sealed with a key that is not this tenant's"):
        await other.open(sealed)


async def test_many_at_once_load_the_key_once(vault, monkeypatch):
    loads = []
    load = vault._load
    monkeypatch.setattr(vault, "_load", lambda tenant: loads.append(tenant) or load(tenant))
    cipher = vault.cipher("acme")
    sealed = await asyncio.gather(*(cipher.seal(b"%d" % number, findable=False) for number in range(50)))
    assert await asyncio.gather(*map(cipher.open, sealed)) == [b"%d" % number for number in range(50)]
    assert loads == ["acme"]


async def test_one_cipher_for_all_who_ask_at_a_time(vault):
    first = vault.cipher("acme")
    assert vault.cipher("acme") is first
    name = id(first)
    del first
    gc.collect()
    assert "acme" not in vault._ciphers, name


async def test_a_key_that_is_gone_is_of_no_use_after_a_bounded_time(vault, new_vault):
    running = new_vault().cipher("acme")
    sealed = await running.seal(b"Canary", findable=False)
    await vault.destroy("acme")
    assert await running.open(sealed) == b"Canary"
    await asyncio.sleep(CACHE_SECONDS + 0.1)
    with pytest.raises(EncryptionError, match="There is no key of this tenant"):
        await running.open(sealed)
    with pytest.raises(EncryptionError, match="There is no key of this tenant"):
        await running.seal(b"more", findable=False)


async def test_a_key_that_was_made_anew_is_followed(vault, new_vault):
    running = new_vault().cipher("acme")
    await running.seal(b"before", findable=False)
    await vault.destroy("acme")
    await vault.create("acme")
    sealed = await vault.cipher("acme").seal(b"after", findable=False)
    assert await running.open(sealed) == b"after"


@pytest.mark.parametrize(
    ("cause", "kind", "said"),
    [
        (MongoCryptError("HMAC validation failure"), EncryptionError, "are not what they were"),
        (MongoCryptError("not all keys requested were satisfied"), EncryptionError, "The key was destroyed"),
        (MongoCryptError("KMS said no"), EncryptionError, "The key cannot be used: KMS said no"),
        (ConnectionFailure("gone"), DatabaseUnavailable, "did not answer"),
        (NetworkTimeout("late"), DatabaseUnavailable, "did not answer"),
    ],
)
def test_failures_in_our_words(cause, kind, said):
    error = refused(DriverError(cause), "acme")
    assert type(error) is kind
    assert said in error.what
    assert error.where == "the key of 'acme'"
