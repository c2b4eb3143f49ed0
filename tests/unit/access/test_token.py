import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.token import Token, digest, new_id, new_secret, new_token, read_key, read_token
from shopwright.errors import SignInRefused
from shopwright.settings import Secret

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,47}", fullmatch=True)


def test_a_digest_is_sha_256():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(digest("\ud800")) == 64


@given(NAMES)
def test_what_is_handed_out_is_read_back(tenant):
    token = new_token(tenant)
    assert read_token(token.value.text) == token
    assert read_key(token.key.text) == token


def test_a_token_is_not_read_as_a_key_or_the_other_way():
    token = new_token("luna")
    for read, value in ((read_token, token.key), (read_key, token.value)):
        with pytest.raises(SignInRefused):
            read(value.text)


@given(st.text(max_size=200))
def test_anything_else_is_refused_without_being_shown(text):
    for read in (read_token, read_key):
        with pytest.raises(SignInRefused) as refused:
            read(text)
        assert len(text) < 12 or text not in str(refused.value)


@pytest.mark.parametrize("bad", ["../x", "Luna", "a.b", "-a", "a" * 49, "a\n", "ä", ""])
def test_a_tenants_name_in_a_token_can_lead_nowhere_else(bad):
    token = new_token("luna")
    for read, value in ((read_token, token.value), (read_key, token.key)):
        with pytest.raises(SignInRefused):
            read(value.text.replace("luna", bad, 1))


def test_secrets_have_256_bits_and_ids_128_and_none_comes_twice():
    assert len({new_secret().text for _ in range(1_000)}) == 1_000
    assert {len(new_secret().text) for _ in range(100)} == {43}
    assert len({new_id() for _ in range(1_000)}) == 1_000
    assert {len(new_id()) for _ in range(100)} == {32}


def test_only_the_secret_proves_a_token():
    token = new_token("luna")
    assert token.proves(token.digest)
    assert not Token("luna", token.id, new_secret()).proves(token.digest)
    assert not token.proves("0" * 64)


def test_the_secret_is_never_shown():
    token = Token("luna", "0" * 32, Secret("canary" * 7 + "c"))
    assert "canary" not in repr(token) + repr(token.value) + repr(token.key)
