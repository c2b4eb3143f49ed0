"""A small provider of identities on loopback: real HTTP, real signatures, codes that work once, PKCE checked."""

import base64
import hashlib
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey
from tests.loopback import running

CLIENT, SECRET = "shopwright", "the-clients-secret"


@dataclass
class ProviderServer:
    """`person` is who sits at the browser; `changes` alter the next token's claims, `header` its header."""

    issuer: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}))
    person: dict = field(default_factory=lambda: {"sub": "ada-1", "email": "ada@example.org", "email_verified": True})
    changes: dict = field(default_factory=dict)
    description: dict = field(default_factory=dict)
    now: int = 0
    signing: ECKey | None = None
    codes: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def let_in(self, address):
        """What a person's browser does at the authorization endpoint: the parameters it comes back with."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert said["response_type"] == "code"
        code = secrets.token_urlsafe(16)
        self.codes[code] = said
        return {"code": code, "state": said["state"], "iss": self.issuer}

    def answer(self, path, form):
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "authorization_response_iss_parameter_supported": True,
                **self.description,
            }
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        return self._token(form) if path == "/token" else (404, {})

    def _token(self, form):
        said = self.codes.pop(form.get("code"), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            said is None
            or said["code_challenge"] != challenge.decode().rstrip("=")
            or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET)
            or form.get("redirect_uri") != said["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.token(said["nonce"]), "token_type": "Bearer", "access_token": "unused"}

    def token(self, nonce):
        times = {"iat": self.now, "exp": self.now + 300}
        claims = {"iss": self.issuer, "aud": CLIENT, "nonce": nonce, **times, **self.person, **self.changes}
        header = {"alg": "ES256", "kid": "one"}
        return jwt.encode(
            header, {name: value for name, value in claims.items() if value is not None}, self.signing or self.key
        )


@contextmanager
def provider_server(now):
    """A provider that runs while this lasts."""
    state = ProviderServer(now=int(now.timestamp()))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer({})

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form):
            state.asked.append(self.path)
            status, said = state.answer(self.path, form)
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        state.issuer = f"http://127.0.0.1:{port}"
        yield state
