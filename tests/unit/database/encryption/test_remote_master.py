import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.encryption.remote_master import MOST_BYTES, RemoteMaster, read_remote_master
from shopwright.errors import SettingsError

AWS = {
    "provider": "aws",
    "credentials": {"accessKeyId": "id", "secretAccessKey": "Canary"},
    "key": {"region": "eu-central-1", "key": "alias/shop-{tenant}"},
}
AZURE = {
    "provider": "azure",
    "credentials": {"tenantId": "t", "clientId": "c", "clientSecret": "Canary"},
    "key": {"keyVaultEndpoint": "shop.vault.azure.net", "keyName": "shop-{tenant}"},
}
GCP = {
    "provider": "gcp",
    "credentials": {"email": "a@b.example", "privateKey": "Canary"},
    "key": {"projectId": "p", "location": "l", "keyRing": "r", "keyName": "shop"},
}
KMIP = {
    "provider": "kmip",
    "credentials": {"endpoint": "kmip.example:5696"},
    "tls": {"ca": "/ca.pem", "certificate": "/me.pem"},
}


@pytest.fixture
def written(tmp_path):
    """Writes the file."""

    def write(content):
        file = tmp_path / "kms.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        file.chmod(0o600)
        return file

    return write


@pytest.mark.parametrize(
    ("content", "key", "own"),
    [
        (AWS, {"region": "eu-central-1", "key": "alias/shop-acme"}, True),
        (AZURE, {"keyVaultEndpoint": "shop.vault.azure.net", "keyName": "shop-acme"}, True),
        (GCP, {"projectId": "p", "location": "l", "keyRing": "r", "keyName": "shop"}, False),
        (KMIP, {}, True),
        ({**KMIP, "key": {"keyId": "1", "delegated": True}}, {"keyId": "1", "delegated": True}, False),
        ({"provider": "aws", "key": AWS["key"]}, {"region": "eu-central-1", "key": "alias/shop-acme"}, True),
    ],
)
def test_each_provider(written, content, key, own):
    read = read_remote_master(written(content))
    assert read.provider == content["provider"]
    assert read.credentials == content.get("credentials", {})
    assert (read.key_of("acme"), read.is_own) == (key, own)
    assert "Canary" not in repr(read)


def test_how_the_service_is_trusted(written):
    assert read_remote_master(written(AWS)).tls_options == {}
    wanted = {"kmip": {"tlsCAFile": "/ca.pem", "tlsCertificateKeyFile": "/me.pem"}}
    assert read_remote_master(written(KMIP)).tls_options == wanted


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not of the right form (JSON)"),
        (b"[]", "not of the right form (JSON)"),
        ({**AWS, "provider": "local"}, "not of the right form (provider)"),
        ({**AWS, "Canary": 1}, "not of the right form (JSON)"),
        ({**AWS, "credentials": {"accessKeyId": "Canary"}}, "`credentials` of aws must hold accessKeyId, secretAccess"),
        ({**AWS, "credentials": {**AWS["credentials"], "Canary": "x"}}, "it may hold sessionToken"),
        ({**AWS, "key": {"region": "r"}}, "`key` of aws must hold key, region; it may hold endpoint"),
        ({**AWS, "key": {"region": "r", "key": "{store}"}}, "braces other than {tenant}"),
        ({**KMIP, "credentials": {}}, "`credentials` of kmip must hold endpoint; it may hold nothing else"),
        (b" " * (MOST_BYTES + 1), "larger than 65,536 bytes"),
    ],
)
def test_what_cannot_be_used_is_told_without_what_it_holds(written, content, said):
    with pytest.raises(SettingsError) as refused:
        read_remote_master(written(content))
    assert said in refused.value.what
    assert refused.value.where == "SHOPWRIGHT_KMS"
    assert "Canary" not in str(refused.value)


def test_a_file_that_others_can_read_or_nobody_has(written, tmp_path):
    file = written(AWS)
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="others can read it, and it holds secrets"):
        read_remote_master(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_remote_master(tmp_path / "none.json")


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text(), lambda s: st.dictionaries(st.text(), s)).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_whatever_a_file_holds_is_read_or_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("kms") / "kms.json"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(SettingsError):
        read_remote_master(file)


def test_a_tenants_name_is_put_into_every_text():
    remote = RemoteMaster(
        "gcp", {}, {"projectId": "p", "location": "l", "keyRing": "{tenant}", "keyName": "a-{tenant}"}
    )
    assert remote.key_of("x1") == {"projectId": "p", "location": "l", "keyRing": "x1", "keyName": "a-x1"}
