import base64
import datetime as dt
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey
from tests.unit.access.openid.provider_server import CLIENT, ProviderServer

from shopwright.access.openid.identity_token import LEEWAY, OLDEST, Claimed, read_identity
from shopwright.access.openid.provider import Provider
from shopwright.access.token import digest
from shopwright.errors import SignInRefused
from shopwright.settings import Secret

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
MOMENT = int(NOW.timestamp())
ISSUER = "https://id.example.org"
NONCE = Secret("the-nonce")
PROVIDER = Provider("example", ISSUER, CLIENT, Secret("s"), frozenset({"example.org"}))
SERVER = ProviderServer(issuer=ISSUER, now=MOMENT)
KEYS = {"keys": [SERVER.key.as_dict(private=False)]}


def token(**changes):
    return ProviderServer(issuer=ISSUER, now=MOMENT, key=SERVER.key, changes=changes).token(NONCE.text)


def read(text, provider=PROVIDER, keys=KEYS):
    return read_identity(provider, keys, text, NONCE, NOW)


def test_who_was_let_in_is_known_by_a_digest_and_a_verified_address():
    assert read(token()) == Claimed(digest(f"{ISSUER}\nada-1"), "ada@example.org", multi_factor=False)


@pytest.mark.parametrize(
    "changes",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "ada@evil.example"},
        {"email": 7},
    ],
)
def test_an_address_that_is_not_verified_or_not_of_its_domains_does_not_count(changes):
    assert read(token(**changes)).email == ""


def test_several_factors_count_only_if_the_provider_is_believed_that():
    believed = Provider("example", ISSUER, CLIENT, Secret("s"), frozenset(), second_factor=True)
    assert read(token(amr=["pwd", "mfa"]), believed).multi_factor
    assert not read(token(amr=["pwd", "mfa"])).multi_factor
    assert not read(token(amr=["pwd"]), believed).multi_factor
    assert not read(token(amr="mfa"), believed).multi_factor


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": MOMENT - LEEWAY - 1},
        {"iat": MOMENT + LEEWAY + 1},
        {"iat": MOMENT - OLDEST - 1},
        {"nbf": MOMENT + LEEWAY + 1},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": 7},
        {"exp": None},
        {"iat": None},
        {"exp": "tomorrow"},
    ],
)
def test_a_token_for_another_or_another_time_is_refused(changes):
    with pytest.raises(SignInRefused):
        read(token(**changes))


def test_a_token_for_several_is_taken_if_it_was_made_for_us():
    assert read(token(aud=[CLIENT, "another"], azp=CLIENT)).email == "ada@example.org"
    assert read(token(aud=[CLIENT])).email == "ada@example.org"


def unsigned(header, claims=None):
    parts = (header, claims or {"iss": ISSUER, "aud": CLIENT, "sub": "ada-1", "nonce": NONCE.text})
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


def claims():
    return {"iss": ISSUER, "aud": CLIENT, "sub": "ada-1", "nonce": NONCE.text, "iat": MOMENT, "exp": MOMENT + 300}


def confused():
    """Signed with the provider's public key as if that were a shared secret."""
    text = unsigned({"alg": "HS256", "kid": "one", "typ": "JWT"}, claims())[:-1]
    signature = hmac.digest(SERVER.key.as_pem(private=False), text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def smuggled():
    """Signed with a key that comes along with the token."""
    mine = ECKey.generate_key("P-256", {"kid": "one"})
    return jwt.encode({"alg": "ES256", "kid": "one", "jwk": mine.as_dict(private=False)}, claims(), mine)


@pytest.mark.parametrize(
    "make",
    [
        lambda: unsigned({"alg": "none"}),
        lambda: unsigned({"alg": "ES256", "kid": "one"}),
        confused,
        smuggled,
        lambda: token()[:-8] + "AAAAAAAA",
        lambda: "x" * 20_000,
        lambda: "",
        lambda: "a.b.c",
    ],
    ids=["none", "unsigned", "confused", "smuggled", "tampered", "long", "empty", "letters"],
)
def test_what_the_provider_did_not_sign_is_refused(make):
    with pytest.raises(SignInRefused):
        read(make())


@pytest.mark.parametrize(
    "keys", [{}, {"keys": []}, {"keys": "x"}, {"keys": [1]}, {"keys": [{"kty": "oct", "k": "AA", "kid": "one"}]}]
)
def test_keys_that_are_none_prove_nothing(keys):
    with pytest.raises(SignInRefused):
        read(token(), keys=keys)


@given(st.text(alphabet="eyJ.abc_-{}\"'0", max_size=60))
def test_whatever_is_sent_is_refused_in_our_words(text):
    with pytest.raises(SignInRefused):
        read(text)
