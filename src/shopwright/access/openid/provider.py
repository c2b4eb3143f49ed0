"""A provider of identities: what we know of it, and what it says of itself (OpenID Connect Discovery 1.0)."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shopwright.errors import SettingsError, SignInRefused
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class Provider:
    """``issuer`` is its address; ``client`` and ``secret`` are what it knows us by.

    ``domains`` are those of e-mail addresses whose owners it is believed to know; ``second_factor``: its word that
    somebody has proved several factors is believed too. Raises ``SettingsError`` for an address that is not HTTPS (HTTP
    is taken on this machine itself).
    """

    name: str
    issuer: str
    client: str
    secret: Secret
    domains: frozenset[str]
    second_factor: bool = False

    def __post_init__(self) -> None:
        if not is_safe(self.issuer):
            raise SettingsError("It is no https address.", where=f"issuer of {self.name}", remedy="Correct it.")

    @property
    def description(self) -> str:
        """The address under which it describes itself."""
        return f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of a provider, and whether it says who it is when it sends a browser back (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    tells_issuer: bool = False


def read_description(provider: Provider, told: Mapping[str, Any]) -> Endpoints:
    """What a provider says of itself. Raises ``SignInRefused`` when it speaks for another or names unsafe addresses."""
    if told.get("issuer") != provider.issuer:
        raise distrusted(provider, "calls itself by another name")
    named = [told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if not all(isinstance(address, str) and is_safe(address) for address in named):
        raise distrusted(provider, "names an address that is not https")
    authorization, token, keys = map(str, named)
    tells_issuer = told.get("authorization_response_iss_parameter_supported") is True
    return Endpoints(authorization, token, keys, tells_issuer)


def distrusted(provider: Provider, why: str) -> SignInRefused:
    """The error for a provider that cannot be believed."""
    return SignInRefused(f"The provider {why}", where=provider.name, remedy="Sign in in another way.")


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is said: HTTPS, or a loopback address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username is not None or parts.fragment or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
