"""What is sealed stays sealed: on the wire and in logs, in backups and the server's log, in processes that run on."""

import asyncio
import datetime as dt
import logging
import subprocess
import sys
from dataclasses import replace
from typing import Any
from uuid import uuid4

import bson
import pytest
from pydantic import ValidationError
from pymongo import MongoClient

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.backup.backups import Backups
from shopwright.database.backup.key import load_or_make_key
from shopwright.database.backup.vault import Vault
from shopwright.database.document import Document, DocumentType, Query
from shopwright.database.encryption.data_keys import DATA_KEYS
from shopwright.database.encryption.field import Findable, Sealed, seals_of
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.database.encryption.master_keys import MasterKeys
from shopwright.database.fields import checked
from shopwright.database.migrations.run import migrate
from shopwright.errors import DocumentRefused, EncryptionError
from shopwright.storage.objects.folder import FolderObjects

CANARY = "Canary-5f1d"
TENANT = "acme"


class Person(Document):
    id: str
    role: str
    email: Findable[str]
    name: Sealed[str]


BY_EMAIL = Query("by_email", ("email",), unique=True)
PEOPLE = DocumentType("people", Person, (BY_EMAIL,))
SOMEBODY = Person(id="p", role="owner", email=f"{CANARY}@x.example", name=CANARY)


@pytest.fixture
def folder(tmp_path):
    """Where the master keys are."""
    return MasterFolder(tmp_path / "keys")


@pytest.fixture
async def names(cluster):
    """A tenant's database and one for the keys, each with its collection."""
    names = tuple(f"test-{what}-{uuid4().hex[:12]}" for what in ("people", "control"))
    for name, kind in zip(names, (PEOPLE, DATA_KEYS), strict=True):
        await migrate(cluster.tenant(name), [kind])
    yield names
    for name in names:
        await cluster.client.drop_database(cluster.tenant(name).raw.name)


def opened(cluster, names, folder):
    """The people, with keys as a process that starts now finds them, and the vault of these."""
    people, control = map(cluster.tenant, names)
    vault = KeyVault(control, MasterKeys(folder))
    return replace(people, cipher=vault.cipher(TENANT)).documents(PEOPLE), vault


async def keep_somebody(cluster, names, folder):
    people, vault = opened(cluster, names, folder)
    await vault.create(TENANT)
    await people.insert(SOMEBODY)
    await people.update("p", {"name": f"{CANARY} again"})
    return people, vault


def backups_of(client, place):
    return Backups(client, Vault(FolderObjects(place / "vault"), load_or_make_key(place / "backup.key")[0]))


def save(mongo_uri, place, names):
    """Takes a backup of both databases."""
    with MongoClient[dict[str, Any]](mongo_uri) as client:
        backups_of(client, place).take(names, dt.datetime(2026, 11, 23, tzinfo=dt.UTC), lambda _: None)


def saved(mongo_uri, place):
    """Copies the log; returns everything that the backup holds, unsealed."""
    with MongoClient[dict[str, Any]](mongo_uri) as client:
        backups = backups_of(client, place)
        assert backups.copy_log()
        return b"".join(backups.vault.read(held.key) for held in backups.vault.list(""))


def brought_back(mongo_uri, place, names):
    """Restores both databases under other names; returns these."""
    copies = tuple(f"{name}-copy" for name in names)
    with MongoClient[dict[str, Any]](mongo_uri) as client:
        for name, copy in zip(names, copies, strict=True):
            backups_of(client, place).restore_tenant(name, copy, None, replace=True, progress=lambda _: None)
    return copies


async def test_a_backup_opens_with_the_key_and_never_again_without(cluster, mongo_uri, names, folder, tmp_path):
    people, vault = await keep_somebody(cluster, names, folder)
    await asyncio.to_thread(save, mongo_uri, tmp_path, names)
    await people.update("p", {"name": f"{CANARY} once more"})
    content = await asyncio.to_thread(saved, mongo_uri, tmp_path)
    masters = list(folder.read(TENANT).values())
    assert b"owner" in content
    assert CANARY.encode() not in content
    assert not any(master in content for master in masters)

    copies = await asyncio.to_thread(brought_back, mongo_uri, tmp_path, names)
    assert (await opened(cluster, copies, folder)[0].get("p")).name == f"{CANARY} once more"
    await vault.destroy(TENANT)
    copies = await asyncio.to_thread(brought_back, mongo_uri, tmp_path, names)
    people, _ = opened(cluster, copies, folder)
    assert await cluster.tenant(copies[1]).raw.data_keys.count_documents({"keyAltNames": TENANT}) == 1
    with pytest.raises(EncryptionError, match="There is no master key of this tenant"):
        await people.get("p")
    assert (await people.collection.find_one({"_id": "p"}))["role"] == "owner"
    for name in copies:
        await cluster.client.drop_database(cluster.tenant(name).raw.name)


async def test_the_servers_log_holds_neither_values_nor_what_opens_them(cluster, mongo_uri, names, folder):
    """The wrapped key is taken from the log and put back; without its master it is of no use."""
    people, vault = await keep_somebody(cluster, names, folder)
    secrets = [CANARY.encode(), *folder.read(TENANT).values()]
    await vault.destroy(TENANT)
    control = cluster.tenant(names[1]).raw
    log = cluster.client.local["oplog.rs"]
    ours = {"$regex": f"^t_({'|'.join(names)})"}
    entries = [bson.encode(entry) async for entry in log.find({"ns": ours})]
    assert len(entries) >= 4
    assert not [secret for secret in secrets for entry in entries if secret in entry]
    wrapped = await log.find_one({"ns": f"{control.name}.data_keys", "op": "i"})
    await control.data_keys.insert_one(wrapped["o"])
    for _ in range(2):
        with pytest.raises(EncryptionError, match=r"no master key|cannot be used"):
            await opened(cluster, names, folder)[0].get("p")
        folder.add(TENANT)  # a master key that was made since does not help either
    assert (await people.collection.find_one({"_id": "p"}))["role"] == "owner"


RUNNING = """
import asyncio, sys, time
from dataclasses import replace
from pathlib import Path
from shopwright.database.cluster import open_cluster
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.database.encryption.master_keys import MasterKeys
from shopwright.errors import EncryptionError

uri, people, control, keys = sys.argv[1:]

async def main():
    async with open_cluster(uri) as cluster:
        vault = KeyVault(cluster.tenant(control), MasterKeys(MasterFolder(Path(keys))), cache_seconds=0.5)
        cipher = vault.cipher("acme")
        sealed = (await cluster.tenant(people).raw.people.find_one({"_id": "p"}))["name"]
        await cipher.open(sealed)
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        destroyed = time.monotonic()
        while time.monotonic() < destroyed + 20:
            try:
                await cipher.open(sealed)
            except EncryptionError as error:
                print(f"closed {time.monotonic() - destroyed:.2f} {error.what}", flush=True)
                return
            await asyncio.sleep(0.05)

asyncio.run(main())
"""


async def test_another_process_cannot_go_on_with_a_destroyed_key(cluster, mongo_uri, names, folder, tmp_path):
    _, vault = await keep_somebody(cluster, names, folder)
    command = [sys.executable, "-c", RUNNING, mongo_uri, *names, str(tmp_path / "keys")]
    with subprocess.Popen(  # noqa: ASYNC220 - it is spoken to from a thread
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        said = await asyncio.to_thread(process.stdout.readline)
        assert said == "open\n"
        await vault.destroy(TENANT)
        process.stdin.write("destroyed\n")
        process.stdin.flush()
        word, _, what = (await asyncio.to_thread(process.stdout.readline)).split(" ", 2)
    assert (word, what.strip()) == ("closed", "There is no key of this tenant")


async def test_the_drivers_own_log_shows_nothing(cluster, names, folder, caplog):
    """It tells every command with its values to whoever turns it on."""
    caplog.set_level(logging.DEBUG)
    people, vault = await keep_somebody(cluster, names, folder)
    assert await people.first(BY_EMAIL, {"email": SOMEBODY.email}) is not None
    await vault.rotate(TENANT)
    with pytest.raises(DocumentRefused):
        await people.update("p", {"name": {CANARY: 1}})
    await vault.destroy(TENANT)
    with pytest.raises(EncryptionError) as refused:
        await people.get("p")
    assert "data_keys" in caplog.text
    assert CANARY not in caplog.text + str(refused.value) + repr((people, vault, people.sealed))


KINDS = [kind for kind in (*DOCUMENT_TYPES, *CONTROL_TYPES) if seals_of(kind.model)]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_no_kind_shows_what_is_sealed(kind):
    """In its repr, in what is said of values it refuses, in the error that the model itself raises."""
    model: Any = kind.model
    sealed = [name for name, field in model.model_fields.items() if (field.alias or name) in seals_of(model)]
    shown = repr(model.model_construct(**dict.fromkeys(sealed, CANARY)))
    assert shown.count("…") == len(sealed)
    assert CANARY not in shown
    for name in sealed:
        with pytest.raises(DocumentRefused) as refused:
            checked(model, name, {CANARY: CANARY})
        assert CANARY not in str(refused.value)
    with pytest.raises(ValidationError) as invalid:
        model(**{name: {CANARY: CANARY} for name in sealed})
    assert CANARY not in str(invalid.value)
