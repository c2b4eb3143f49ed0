"""Keys and signatures; and the documents they sign (shopwright.storage.releases.document)."""

import dataclasses
import stat

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import StorageError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.document import read_release, release_key, release_of_key, seal, unseal
from shopwright.storage.releases.release import Blob, Release, ReleaseFile
from shopwright.storage.releases.signing import load_signer, load_trust

RELEASE = Release("", {"index.html": ReleaseFile(Blob("a" * 64, 1), {})})


def test_a_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "state" / "key.pem"
    first, second = load_signer(path), load_signer(path)
    assert first.key_id == second.key_id
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["key.pem"]


def test_when_two_make_a_key_the_first_counts(tmp_path, monkeypatch):
    path = tmp_path / "key.pem"
    other = load_signer(tmp_path / "other.pem")

    def first(self, _draft):
        self.write_bytes((tmp_path / "other.pem").read_bytes())
        self.chmod(0o600)
        raise FileExistsError

    monkeypatch.setattr(type(path), "hardlink_to", first)
    assert load_signer(path).key_id == other.key_id


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "key.pem"
    load_signer(path)
    path.chmod(0o640)
    with pytest.raises(StorageError, match="others can read this private key") as refused:
        load_signer(path)
    assert f"chmod 600 {path}" in str(refused.value)


def other_key():
    form = serialization.PrivateFormat.PKCS8
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, form, serialization.NoEncryption()
    )


@pytest.mark.parametrize("data", [b"", b"text", other_key()])
def test_what_is_no_key_is_refused(tmp_path, data):
    path = tmp_path / "key.pem"
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(StorageError, match="no Ed25519 key"):
        load_signer(path)


def test_public_keys_of_others_are_trusted(tmp_path):
    signers = [load_signer(tmp_path / f"{name}.pem") for name in "ab"]
    (tmp_path / "trusted").write_text("".join(signer.public_pem() for signer in signers) + "\n")
    trust = load_trust(tmp_path / "none.pem", tmp_path / "trusted")
    for signer in signers:
        trust.check(b"payload", signer.key_id, signer.sign(b"payload"))
    stranger = load_signer(tmp_path / "c.pem")
    with pytest.raises(StorageError, match="is not trusted"):
        trust.check(b"payload", stranger.key_id, stranger.sign(b"payload"))


@pytest.mark.parametrize("text", ["-----BEGIN PUBLIC KEY-----", "x-----END PUBLIC KEY-----", "nothing"])
def test_what_is_no_public_key_is_refused(tmp_path, text):
    (tmp_path / "trusted").write_text(text)
    with pytest.raises(StorageError, match="no Ed25519 key"):
        load_trust(tmp_path / "none.pem", tmp_path / "trusted")


def test_another_kind_of_public_key_is_refused(tmp_path):
    pem = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    (tmp_path / "trusted").write_bytes(pem)
    with pytest.raises(StorageError, match="no Ed25519 key"):
        load_trust(tmp_path / "none.pem", tmp_path / "trusted")


def test_nobody_to_trust_is_an_error(tmp_path):
    with pytest.raises(StorageError, match="no key is known"):
        load_trust(tmp_path / "none.pem", None)


def test_a_document_is_what_it_says(signer, trust):
    document = seal(RELEASE, signer)
    assert unseal(document, RELEASE.id, trust) == RELEASE
    assert seal(RELEASE, signer) == document
    assert release_of_key(release_key(RELEASE.id)) == RELEASE.id


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_bit_of_a_document_can_be_changed(signer, trust, place, bit):
    document = bytearray(seal(RELEASE, signer))
    document[place % len(document)] ^= 1 << bit
    try:
        found = unseal(bytes(document), RELEASE.id, trust)
    except StorageError:
        return
    assert found == RELEASE  # only white space behind the signature may differ


def test_another_release_under_a_name_is_refused(signer, trust):
    other = dataclasses.replace(RELEASE, base="/x")
    with pytest.raises(StorageError, match="not what its name says"):
        unseal(seal(other, signer), RELEASE.id, trust)


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'{"key":1}', b"\xff"])
def test_an_unsigned_document_is_refused(trust, line):
    document = RELEASE.payload + b"\n" + line
    with pytest.raises(StorageError, match="it is not signed"):
        unseal(document, RELEASE.id, trust)
    assert unseal(document, RELEASE.id, None) == RELEASE


def test_a_signature_for_something_else_is_refused(signer, trust):
    forged = seal(dataclasses.replace(RELEASE, base="/x"), signer).partition(b"\n")[2]
    with pytest.raises(StorageError, match="its signature is false"):
        unseal(RELEASE.payload + b"\n" + forged, RELEASE.id, trust)


def test_what_is_not_kept_says_where(tmp_path, trust):
    objects = FolderObjects(tmp_path)
    with pytest.raises(StorageError, match="there is no such release"):
        read_release(objects, RELEASE.id, trust)
    objects.write(release_key(RELEASE.id), b"x")
    with pytest.raises(StorageError, match=rf"{tmp_path}/releases/{RELEASE.id}.jsonl: it is not what its name says"):
        read_release(objects, RELEASE.id, trust)
