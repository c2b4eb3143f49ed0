"""Passkeys of a real browser, with the authenticator Chromium has for tests: real keys, real signatures."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.loopback import running

from shopwright.access.passkeys import RelyingParty, ask_for_new, ask_for_proof, claimed, new_passkey, proved
from shopwright.errors import SignInRefused

USER = "0f" * 16
CREATE = """async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options));
  return JSON.stringify((await navigator.credentials.create({publicKey})).toJSON());
}"""
GET = """async (options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options));
  return JSON.stringify((await navigator.credentials.get({publicKey})).toJSON());
}"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Empty(BaseHTTPRequestHandler):
    """A page with nothing on it."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title>")

    def log_message(self, *_):
        pass


@pytest.fixture
def party():
    with running(ThreadingHTTPServer(("127.0.0.1", 0), Empty)) as port:
        yield RelyingParty("localhost", f"http://localhost:{port}")


@pytest.fixture
def page(browser, party):
    """A page of ours in a browser that has an authenticator."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(party.origin)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def test_a_passkey_is_made_and_signs_in(page, party):
    asked = ask_for_new(party, USER, "ada@example.org", [])
    passkey = new_passkey(party, asked.challenge, page.evaluate(CREATE, asked.options))
    for known in ([passkey.id], []):
        question = ask_for_proof(party, known)
        answer = page.evaluate(GET, question.options)
        assert claimed(answer) == (passkey.id, USER)
        assert proved(party, question.challenge, answer, passkey) > passkey.signs
    another = RelyingParty(party.id, "https://evil.example")
    with pytest.raises(SignInRefused):
        proved(another, question.challenge, answer, passkey)
    with pytest.raises(SignInRefused):
        proved(party, ask_for_proof(party).challenge, answer, passkey)
