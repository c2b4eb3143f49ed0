import pytest

from shopwright.database.encryption.key_state import master_of, others_of, remains_of

LOCAL = {"masterKey": {"provider": "local:0001_ab"}, "keyAltNames": ["b", "acme", "a"]}
AWS = {
    "masterKey": {"provider": "aws", "region": "eu-1", "key": "alias/x", "endpoint": "kms.example"},
    "keyAltNames": ["acme"],
}


def test_how_a_master_is_called():
    assert master_of(LOCAL) == "local:0001_ab"
    assert master_of(AWS) == "aws alias/x eu-1"


def test_who_else_has_a_key():
    assert others_of(LOCAL, "acme") == ("a", "b")
    assert others_of(AWS, "acme") == ()


@pytest.mark.parametrize(
    ("own", "todo"),
    [(True, "destroy it at the service"), (False, "other tenants use it: give them another one, then destroy it")],
)
def test_what_remains_of_a_key(own, todo):
    assert remains_of(AWS, "acme", is_own=own) == (f"the master key aws alias/x eu-1: {todo}",)
    shared = tuple(f"the key itself: {name}, restored from it, has the same" for name in "ab")
    assert remains_of(LOCAL, "acme", is_own=own) == shared
    assert remains_of({**LOCAL, "keyAltNames": ["acme"]}, "acme", is_own=own) == ()
