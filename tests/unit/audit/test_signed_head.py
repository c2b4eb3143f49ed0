import datetime as dt

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.chain import Link
from shopwright.audit.signed_head import Lost, SignedHead, read_signed_head, write_signed_head
from shopwright.errors import AuditLogError
from shopwright.storage.releases.signing import load_signer, load_trust

AT = dt.datetime(2026, 11, 23, 9, 30, 0, 123_000, dt.UTC)
HEAD = SignedHead("acme", Link(7, "ab" * 32), AT)


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    file = tmp_path_factory.mktemp("key") / "key.pem"
    return load_signer(file), load_trust(file, None)


@pytest.mark.parametrize("head", [HEAD, SignedHead("acme", Link(7, "ab" * 32), AT, Lost(3, 9))])
def test_a_head_comes_back_as_it_was(key, head):
    signer, trust = key
    assert read_signed_head(write_signed_head(head, signer), trust) == head


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tenant", "evil"),
        ("sequence", 8),
        ("hash", "cd" * 32),
        ("at", "2027-01-01T00:00:00.000Z"),
        ("lost", {"first": 1, "last": 9}),
    ],
)
def test_a_changed_head_is_refused(key, name, value):
    signer, trust = key
    said = orjson.loads(write_signed_head(HEAD, signer))
    with pytest.raises(AuditLogError, match="cannot be trusted: its signature is false"):
        read_signed_head(orjson.dumps({**said, name: value}), trust)


def test_a_head_of_somebody_else_is_refused(key, tmp_path):
    other = load_signer(tmp_path / "other.pem")
    with pytest.raises(AuditLogError, match="which is not trusted"):
        read_signed_head(write_signed_head(HEAD, other), key[1])


def test_a_signature_of_something_else_means_nothing_here(key):
    signer, trust = key
    said = orjson.loads(write_signed_head(HEAD, signer))
    bare = {name: said[name] for name in said if name not in ("key", "signature")}
    said["signature"] = signer.sign(orjson.dumps(bare, option=orjson.OPT_SORT_KEYS))
    with pytest.raises(AuditLogError, match="its signature is false"):
        read_signed_head(orjson.dumps(said), trust)


@given(st.binary() | st.recursive(st.none() | st.integers(-9, 9), st.lists).map(orjson.dumps))
def test_anything_else_is_no_head(key, data):
    with pytest.raises(AuditLogError):
        read_signed_head(data, key[1])


def test_what_was_given_up():
    lost = SignedHead("acme", Link(4, "ef" * 32), AT, Lost(5, 9))
    assert lost.excuses(HEAD)
    assert not lost.excuses(SignedHead("acme", Link(4, "ab" * 32), AT))
    assert not HEAD.excuses(HEAD)
