"""Master keys at a service: a real driver speaking to a real (small) KMS of Amazon's kind, over TLS."""

import asyncio
import datetime as dt
import ipaddress
import json
import ssl
import threading
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from shopwright.database.document import Document, DocumentType
from shopwright.database.encryption.data_keys import DATA_KEYS
from shopwright.database.encryption.field import Sealed
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.database.encryption.master_keys import MasterKeys
from shopwright.database.encryption.remote_master import read_remote_master
from shopwright.database.migrations.run import migrate
from shopwright.errors import EncryptionError

CREDENTIALS = {"accessKeyId": "AKIACanary", "secretAccessKey": "CanarySecret"}
CACHE_SECONDS = 0.3


class Note(Document):
    id: str
    text: Sealed[str]


NOTES = DocumentType("notes", Note)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1, and its key: the authority that is trusted is itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kms")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("kms") / "kms.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture(scope="module")
def service(certificate):
    """Host and port of the service, and its keys as an administrator sees them."""
    from moto.kms.models import kms_backends
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = make_server(
        "127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True, ssl_context=context
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    keys = kms_backends["123456789012"]["eu-central-1"]
    for alias in ("alias/shop-acme", "alias/shop-other", "alias/shop-control"):
        made = keys.create_key(None, "ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", "", [])
        keys.create_alias(made.id, alias)
    yield f"127.0.0.1:{server.server_port}", keys
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def remote(service, certificate, tmp_path):
    """What the settings' file says, read."""
    file = tmp_path / "kms.json"
    key = {"region": "eu-central-1", "key": "alias/shop-{tenant}", "endpoint": service[0]}
    content = {"provider": "aws", "credentials": CREDENTIALS, "key": key, "tls": {"ca": str(certificate)}}
    file.write_text(json.dumps(content))
    file.chmod(0o600)
    return read_remote_master(file)


@pytest.fixture
async def control(tenant_database):
    await migrate(tenant_database, [DATA_KEYS, NOTES])
    return tenant_database


def notes_of(control, vault, tenant="acme"):
    return replace(control, cipher=vault.cipher(tenant)).documents(NOTES)


async def test_keys_are_wrapped_by_the_service(control, remote, tmp_path):
    vault = KeyVault(control, MasterKeys(MasterFolder(tmp_path / "keys"), remote))
    assert await vault.create("acme") is True
    await notes_of(control, vault).insert(Note(id="n", text="Canary"))
    again = KeyVault(control, MasterKeys(MasterFolder(tmp_path / "keys"), remote))
    assert (await notes_of(control, again).get("n")).text == "Canary"
    state = await again.state("acme")
    assert (state.master, state.fault) == ("aws alias/shop-acme eu-central-1", "")
    assert not (tmp_path / "keys" / "acme").exists()
    done = await vault.destroy("acme")
    assert done.remains == ("the master key aws alias/shop-acme eu-central-1: destroy it at the service",)


async def test_a_tenant_goes_over_to_the_service_while_others_read(control, remote, tmp_path):
    folder = MasterFolder(tmp_path / "keys")
    local, running = (KeyVault(control, MasterKeys(folder), CACHE_SECONDS) for _ in range(2))
    await local.create("acme")
    await notes_of(control, local).insert(Note(id="n", text="Canary"))
    going = KeyVault(control, MasterKeys(folder, remote), CACHE_SECONDS)
    both = notes_of(control, going)
    assert (await both.get("n")).text == "Canary"
    state = await going.rotate("acme", discard=True)
    assert (state.master, folder.names("acme")) == ("aws alias/shop-acme eu-central-1", [])
    await asyncio.sleep(CACHE_SECONDS + 0.1)
    assert (await both.get("n")).text == "Canary"
    with pytest.raises(EncryptionError):  # a process that was not told of the service
        await notes_of(control, running).get("n")


async def test_one_tenant_cannot_have_anothers_bytes_opened(control, remote, tmp_path):
    """The service would unwrap either key for whoever has its credentials."""
    vault = KeyVault(control, MasterKeys(MasterFolder(tmp_path / "keys"), remote))
    await vault.create("acme")
    await vault.create("other")
    await notes_of(control, vault).insert(Note(id="n", text="Canary"))
    with pytest.raises(EncryptionError, match="'other': It was sealed with a key that is not this tenant's"):
        await notes_of(control, vault, "other").get("n")


async def test_a_key_that_the_service_has_not_is_told_without_secrets(control, remote, tmp_path):
    vault = KeyVault(control, MasterKeys(MasterFolder(tmp_path / "keys"), remote))
    with pytest.raises(EncryptionError, match="The key cannot be used: ") as refused:
        await vault.create("nobody")
    assert not any(secret in str(refused.value) for secret in CREDENTIALS.values())
    assert await control.raw.data_keys.count_documents({}) == 0


async def test_a_service_nobody_trusts_is_not_spoken_to(control, remote, tmp_path):
    vault = KeyVault(control, MasterKeys(MasterFolder(tmp_path / "keys"), replace(remote, tls={})))
    with pytest.raises(EncryptionError, match=r"certificate verify failed|self-signed"):
        await vault.create("acme")
