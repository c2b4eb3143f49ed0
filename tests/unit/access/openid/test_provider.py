import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.openid.provider import Endpoints, Provider, is_safe, read_description
from shopwright.errors import SettingsError, SignInRefused
from shopwright.settings import Secret

ISSUER = "https://id.example.org/realm"
PROVIDER = Provider("example", ISSUER, "shopwright", Secret("canary"), frozenset({"example.org"}))
TOLD = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


def test_it_describes_itself_at_a_known_place():
    assert PROVIDER.description == f"{ISSUER}/.well-known/openid-configuration"
    assert read_description(PROVIDER, TOLD) == Endpoints(f"{ISSUER}/authorize", f"{ISSUER}/token", f"{ISSUER}/keys")
    tells = {**TOLD, "authorization_response_iss_parameter_supported": True}
    assert read_description(PROVIDER, tells).tells_issuer


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://id.example.org/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": ["https://id.example.org"]},
        {"token_endpoint": None},
    ],
)
def test_who_speaks_for_another_or_over_plain_http_is_not_believed(changes):
    with pytest.raises(SignInRefused):
        read_description(PROVIDER, {**TOLD, **changes})


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://id.example.org", True),
        ("http://127.0.0.1:8080", True),
        ("http://[::1]:8080", True),
        ("http://localhost:8080", False),
        ("http://id.example.org", False),
        ("https://user:pw@id.example.org", False),
        ("https://id.example.org#x", False),
        ("https://", False),
        ("ftp://id.example.org", False),
        ("https://[::1", False),
    ],
)
def test_only_what_nobody_on_the_way_can_change_is_asked(address, safe):
    assert is_safe(address) is safe


@given(st.text(max_size=50))
def test_whatever_is_named_has_an_answer(address):
    assert is_safe(address) in (True, False)


def test_a_provider_that_is_not_safe_cannot_be_set():
    with pytest.raises(SettingsError, match="issuer of example"):
        Provider("example", "http://id.example.org", "shopwright", Secret(), frozenset())


def test_the_secret_is_never_shown():
    assert "canary" not in repr(PROVIDER)
