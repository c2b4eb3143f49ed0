"""The first half: a browser is sent to the provider, and comes back with a code (RFC 6749, RFC 7636, RFC 9700)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson

from shopwright.access.openid.provider import Endpoints, Provider
from shopwright.access.token import new_secret
from shopwright.errors import SignInRefused
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class Departure:
    """What is kept of a browser that was sent away.

    ``state`` binds its return to it, ``nonce`` the token we get, ``verifier`` the code (PKCE); ``issuer`` is the
    provider it was sent to: another one's return is refused (RFC 9700, 4.4).
    """

    issuer: str

    state: Secret
    nonce: Secret
    verifier: Secret

    @property
    def kept(self) -> Secret:
        """As it is kept."""
        return Secret(orjson.dumps([self.issuer, self.state.text, self.nonce.text, self.verifier.text]).decode())


def new_departure(provider: Provider) -> Departure:
    """To this provider, with three secrets nobody can guess."""
    return Departure(provider.issuer, new_secret(), new_secret(), new_secret())


def read_departure(kept: Secret) -> Departure:
    """A departure as it was kept."""
    issuer, *secrets = orjson.loads(kept.text)
    return Departure(issuer, *map(Secret, secrets))


def authorization_address(provider: Provider, endpoints: Endpoints, back: str, departure: Departure) -> str:
    """Where a browser is sent; it comes back to ``back``."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(departure.verifier.text.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": departure.state.text,
        "nonce": departure.nonce.text,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in endpoints.authorization else "?"
    return f"{endpoints.authorization}{joint}{urlencode(asked)}"


def returned_code(provider: Provider, endpoints: Endpoints, departure: Departure, said: Mapping[str, str]) -> Secret:
    """The code a browser came back with; ``said`` are the parameters of the address.

    Raises ``SignInRefused`` for another browser's return (CSRF), another provider's (mix-up), and a refusal.
    """
    is_same = hmac.compare_digest(said.get("state", "").encode("utf-8", "replace"), departure.state.text.encode())
    if not is_same or departure.issuer != provider.issuer:
        raise SignInRefused("This browser was not sent to the provider", remedy="Begin again.")
    issuer = said.get("iss", "" if endpoints.tells_issuer else provider.issuer)
    if issuer != provider.issuer or not said.get("code"):
        raise SignInRefused("The provider did not let you in", where=provider.name, remedy="Begin again.")
    return Secret(said["code"])
