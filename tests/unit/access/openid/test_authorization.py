from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from shopwright.access.openid.authorization import (
    authorization_address,
    new_departure,
    read_departure,
    returned_code,
)
from shopwright.access.openid.provider import Endpoints, Provider
from shopwright.errors import SignInRefused
from shopwright.settings import Secret

PROVIDER = Provider("example", "https://id.example.org", "shopwright", Secret("s"), frozenset())
ENDPOINTS = Endpoints("https://id.example.org/authorize", "https://id.example.org/token", "https://id.example.org/keys")
TELLS = Endpoints(ENDPOINTS.authorization, ENDPOINTS.token, ENDPOINTS.keys, tells_issuer=True)
BACK = "https://console.example.org/back"


def test_a_browser_is_sent_with_pkce_and_without_secrets():
    departure = new_departure(PROVIDER)
    address = authorization_address(PROVIDER, ENDPOINTS, BACK, departure)
    said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert said["code_challenge_method"] == "S256"
    assert said["redirect_uri"] == BACK
    assert (said["state"], said["nonce"]) == (departure.state.text, departure.nonce.text)
    assert departure.verifier.text not in address
    assert read_departure(departure.kept) == departure
    more = Endpoints("https://id.example.org/authorize?realm=a", ENDPOINTS.token, ENDPOINTS.keys)
    assert "?realm=a&response_type=code" in authorization_address(PROVIDER, more, BACK, departure)


def test_the_code_of_the_same_browser_is_taken():
    departure = new_departure(PROVIDER)
    said = {"code": "c", "state": departure.state.text}
    assert returned_code(PROVIDER, ENDPOINTS, departure, said) == Secret("c")
    assert returned_code(PROVIDER, TELLS, departure, {**said, "iss": PROVIDER.issuer}) == Secret("c")


@pytest.mark.parametrize(
    ("endpoints", "changes"),
    [
        (ENDPOINTS, {"state": ""}),
        (ENDPOINTS, {"state": new_departure(PROVIDER).state.text}),
        (ENDPOINTS, {"state": "é"}),
        (ENDPOINTS, {"state": "\ud800"}),
        (ENDPOINTS, {"code": ""}),
        (ENDPOINTS, {"iss": "https://evil.example"}),
        (TELLS, {}),
    ],
)
def test_another_browsers_return_or_another_providers_is_refused(endpoints, changes):
    departure = new_departure(PROVIDER)
    with pytest.raises(SignInRefused):
        returned_code(PROVIDER, endpoints, departure, {"code": "c", "state": departure.state.text, **changes})


def test_a_return_that_began_with_another_provider_is_refused():
    """The mix-up attack (RFC 9700, 4.4): else the code of an honest provider would be handed to another one."""
    other = replace(PROVIDER, name="other", issuer="https://id.example.net")
    departure = new_departure(other)
    said = {"code": "c", "state": departure.state.text}
    with pytest.raises(SignInRefused):
        returned_code(PROVIDER, ENDPOINTS, read_departure(departure.kept), said)
    assert returned_code(other, ENDPOINTS, departure, said) == Secret("c")
