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
    departure = new_departure()
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
    departure = new_departure()
    said = {"code": "c", "state": departure.state.text}
    assert returned_code(PROVIDER, ENDPOINTS, departure, said) == Secret("c")
    assert returned_code(PROVIDER, TELLS, departure, {**said, "iss": PROVIDER.issuer}) == Secret("c")


@pytest.mark.parametrize(
    ("endpoints", "changes"),
    [
        (ENDPOINTS, {"state": ""}),
        (ENDPOINTS, {"state": new_departure().state.text}),
        (ENDPOINTS, {"state": "é"}),
        (ENDPOINTS, {"code": ""}),
        (ENDPOINTS, {"iss": "https://evil.example"}),
        (TELLS, {}),
    ],
)
def test_another_browsers_return_or_another_providers_is_refused(endpoints, changes):
    departure = new_departure()
    with pytest.raises(SignInRefused):
        returned_code(PROVIDER, endpoints, departure, {"code": "c", "state": departure.state.text, **changes})
