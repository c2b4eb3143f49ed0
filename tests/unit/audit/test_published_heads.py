import datetime as dt

import pytest

from shopwright.audit.chain import Link
from shopwright.audit.published_heads import FoundHead, PublishedHeads
from shopwright.audit.signed_head import SignedHead
from shopwright.errors import AuditLogError
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.signing import load_signer, load_trust

AT = dt.datetime(2026, 11, 23, 9, 30, 0, 123_000, dt.UTC)
LATER = AT + dt.timedelta(hours=1)
NAME = "acme/20261123T093000123Z-000000000000007.json"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    file = tmp_path_factory.mktemp("key") / "key.pem"
    return load_signer(file), load_trust(file, None)


@pytest.fixture
def heads(tmp_path):
    return PublishedHeads(FolderObjects(tmp_path), "acme")


def head(sequence=7, at=AT, digit="a", tenant="acme"):
    return SignedHead(tenant, Link(sequence, digit * 64), at)


def test_heads_are_kept_in_the_order_of_their_time(heads, key):
    signer, trust = key
    assert heads.newest(trust) is None
    heads.publish(head(9, LATER), signer)
    assert heads.publish(head(), signer) == NAME
    assert [found.head for found in heads.read(trust)] == [head(), head(9, LATER)]
    assert heads.newest(trust) == head(9, LATER)


def test_a_head_is_written_once(heads, key, tmp_path):
    signer, _ = key
    heads.publish(head(), signer)
    heads.publish(head(), signer)
    with pytest.raises(AuditLogError, match=f"{NAME}: another head stands there"):
        heads.publish(head(digit="b"), signer)


def test_another_tenants_heads_are_not_ours(heads, key, tmp_path):
    signer, trust = key
    PublishedHeads(FolderObjects(tmp_path), "acme-2").publish(head(tenant="acme-2"), signer)
    assert heads.read(trust) == []


def test_what_cannot_be_trusted_is_named(heads, key, tmp_path):
    signer, trust = key
    heads.publish(head(), signer)
    copied = tmp_path / "acme/20261123T113000123Z-000000000000009.json"
    copied.write_bytes((tmp_path / NAME).read_bytes())
    forged = tmp_path / "acme/20261123T123000123Z-000000000000009.json"
    forged.write_bytes((tmp_path / NAME).read_bytes().replace(b'"sequence":7', b'"sequence":9'))
    (tmp_path / "acme/note.txt").write_text("nothing of ours")
    first, second, third = heads.read(trust)
    assert first == FoundHead(NAME, head())
    assert (second.head, second.fault) == (None, "it is the head of something else.")
    assert third.head is None
    assert "its signature is false" in third.fault
    assert heads.newest(trust) == head()
