"""The second half: what the provider says of whom it let in, signed (OpenID Connect Core 1.0, 3.1.3.7).

Only algorithms with a public key are taken, whatever the token says of itself, and only keys that the provider shows
under the address it named: none that comes with the token.
"""

import datetime as dt
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shopwright.access.openid.provider import Provider, distrusted
from shopwright.access.token import digest
from shopwright.settings import Secret

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
LEEWAY = 60
"""Seconds two clocks may differ by."""

OLDEST = 600
"""Seconds: a token is read as soon as it was made."""

_MOST_TOKEN = 16_384
_SEVERAL_FACTORS = "mfa"
"""Among the methods a provider names when somebody has proved several factors (RFC 8176)."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whom a provider let in: ``subject`` is a digest of who that is to the provider.

    ``email`` is one that the provider has verified, else empty; ``multi_factor`` says that several factors were proved
    there, if the provider is believed that.
    """

    subject: str
    email: str
    multi_factor: bool


def read_identity(provider: Provider, keys: Mapping[str, Any], token: str, nonce: Secret, now: dt.datetime) -> Claimed:
    """Whom a token is of. Raises ``SignInRefused`` unless this provider made it for us, now, for this departure."""
    claims = _signed(provider, keys, token)
    moment = int(now.timestamp())
    required = {name: {"essential": True} for name in ("sub", "iat", "exp")}
    registry = jwt.JWTClaimsRegistry(
        now=moment,
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client},
        **required,  # type: ignore[arg-type]  # the library's own type is a dictionary with these keys
    )
    try:
        registry.validate(claims)
    except JoseError:
        raise distrusted(provider, "made a token that is not for us, or not for now") from None
    if claims["iat"] < moment - OLDEST or not _is_ours(provider, claims):
        raise distrusted(provider, "made a token that is not for us, or not for now")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.text.encode()):
        raise distrusted(provider, "made a token for another sign-in")
    return _claimed(provider, claims)


def _signed(provider: Provider, keys: Mapping[str, Any], token: str) -> dict[str, Any]:
    listed = keys.get("keys")
    if len(token) > _MOST_TOKEN or not isinstance(listed, list):
        raise distrusted(provider, "sent what is no token")
    public = [key for key in listed if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP")]
    signing = [key for key in public if key.get("use", "sig") == "sig"]
    try:
        claims = jwt.decode(token, KeySet.import_key_set({"keys": signing}), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError):
        raise distrusted(provider, "did not sign the token") from None
    if not isinstance(claims, dict):
        raise distrusted(provider, "sent what is no token")
    return claims


def _is_ours(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """Who else a token is for must not be who asked for it; ids are texts."""
    authorized = claims.get("azp", provider.client if not isinstance(claims["aud"], list) else None)
    is_alone = isinstance(claims["aud"], str) or claims["aud"] == [provider.client]
    return isinstance(claims["sub"], str) and (is_alone or authorized == provider.client)


def _claimed(provider: Provider, claims: Mapping[str, Any]) -> Claimed:
    email = claims.get("email") if claims.get("email_verified") is True else ""
    methods = claims.get("amr")
    several = isinstance(methods, list) and _SEVERAL_FACTORS in methods
    known = isinstance(email, str) and email.lower().rpartition("@")[2] in provider.domains
    return Claimed(
        digest(f"{provider.issuer}\n{claims['sub']}"),
        str(email) if known else "",
        provider.second_factor and several,
    )
