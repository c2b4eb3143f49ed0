import datetime as dt
import http.client

import pytest
from tests.unit.access.openid.provider_server import CLIENT, SECRET, provider_server

from shopwright.access.openid import exchange
from shopwright.access.openid.authorization import authorization_address, new_departure
from shopwright.access.openid.provider import Endpoints, Provider, read_description
from shopwright.errors import SignInRefused
from shopwright.settings import Secret

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
BACK = "https://console.example.org/back"


@pytest.fixture(scope="module")
def server():
    with provider_server(NOW) as running:
        yield running


@pytest.fixture
def provider(server):
    return Provider("example", server.issuer, CLIENT, Secret(SECRET), frozenset({"example.org"}))


@pytest.fixture
def endpoints(server, provider):
    return read_description(provider, exchange.describe(provider))


def test_a_code_is_redeemed_once_and_only_with_its_verifier(server, provider, endpoints):
    departure = new_departure(provider)
    address = authorization_address(provider, endpoints, BACK, departure)
    code = Secret(server.let_in(address)["code"])
    assert exchange.redeem(provider, endpoints, BACK, code, departure.verifier).count(".") == 2
    with pytest.raises(SignInRefused, match="did not answer"):
        exchange.redeem(provider, endpoints, BACK, code, departure.verifier)
    other = Secret(server.let_in(address)["code"])
    with pytest.raises(SignInRefused):
        exchange.redeem(provider, endpoints, BACK, other, new_departure(provider).verifier)


def test_its_keys_are_public(provider, endpoints):
    (key,) = exchange.keys(provider, endpoints)["keys"]
    assert (key["kty"], "d" in key) == ("EC", False)


def test_who_is_not_there_is_told(provider):
    absent = Provider("example", "http://127.0.0.1:9", CLIENT, Secret(SECRET), frozenset())
    with pytest.raises(SignInRefused, match="example: The provider did not answer"):
        exchange.describe(absent)


def test_an_address_that_is_not_safe_is_not_asked(provider):
    with pytest.raises(SignInRefused, match="not https"):
        exchange.keys(provider, Endpoints("", "", "http://id.example.org/keys"))


@pytest.mark.parametrize("said", [[], "x", None])
def test_an_answer_that_is_no_object_is_refused(server, provider, endpoints, monkeypatch, said):
    monkeypatch.setattr(server, "answer", lambda *_: (200, said))
    with pytest.raises(SignInRefused):
        exchange.keys(provider, endpoints)
    with pytest.raises(SignInRefused):
        exchange.redeem(provider, endpoints, BACK, Secret("c"), Secret("v"))


def test_an_answer_without_a_token_is_refused(server, provider, endpoints, monkeypatch):
    monkeypatch.setattr(server, "answer", lambda *_: (200, {"id_token": 7}))
    with pytest.raises(SignInRefused, match="no identity token"):
        exchange.redeem(provider, endpoints, BACK, Secret("c"), Secret("v"))


def test_an_answer_that_is_too_long_or_too_slow_is_refused(server, provider, endpoints, monkeypatch):
    monkeypatch.setattr(exchange, "MOST_BYTES", 10)
    with pytest.raises(SignInRefused, match="did not answer"):
        exchange.keys(provider, endpoints)
    monkeypatch.setattr(exchange, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(exchange, "SECONDS", 0.0)
    monkeypatch.setattr(exchange, "_connection", lambda *at: http.client.HTTPConnection(at[1], at[2], timeout=5))
    with pytest.raises(SignInRefused, match="did not answer"):
        exchange.keys(provider, endpoints)


def test_https_is_asked_with_certificates_looked_at():
    connection = exchange._connection("https", "id.example.org", None)
    assert connection._context.verify_mode.name == "CERT_REQUIRED"
    assert connection._context.check_hostname


@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 500])
def test_what_leads_elsewhere_or_is_no_answer_is_not_followed(server, provider, endpoints, monkeypatch, status):
    """A redirect would take the client's secret along."""
    monkeypatch.setattr(server, "answer", lambda *_: (status, {"id_token": "a.b.c"}))
    server.asked.clear()
    with pytest.raises(SignInRefused, match="did not answer"):
        exchange.redeem(provider, endpoints, BACK, Secret("c"), Secret("v"))
    assert len(server.asked) == 1
