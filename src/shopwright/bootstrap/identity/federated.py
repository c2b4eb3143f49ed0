"""Signing in with a provider's word (OpenID Connect): for who was invited, by an address the provider has verified."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import MOST_SUBJECTS, UserDocument
from shopwright.access.lockout import QUESTION
from shopwright.access.openid import exchange
from shopwright.access.openid.authorization import authorization_address, new_departure, read_departure, returned_code
from shopwright.access.openid.identity_token import Claimed, read_identity
from shopwright.access.openid.provider import Endpoints, Provider, read_description
from shopwright.access.repository.tries import Place
from shopwright.access.token import Token
from shopwright.bootstrap.identity.identity import Identity, refused
from shopwright.bootstrap.identity.sessions import Sessions, SignedIn
from shopwright.errors import AccountError, SignInRefused

_KNOWN_FOR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the browser goes (``address``); ``ceremony`` goes into its cookie."""

    ceremony: Token
    address: str = field(repr=False)
    """It holds the state."""


@dataclass(frozen=True, slots=True)
class Federated:
    """Sign-in to one tenant with one provider; ``back`` is our address to which it sends browsers back.

    Each raises ``SignInRefused``.
    """

    identity: Identity
    provider: Provider
    back: str
    _known: dict[str, tuple[dt.datetime, Endpoints]] = field(default_factory=dict, repr=False)

    async def depart(self, client: Client) -> Sent:
        """Send a browser to the provider."""
        await self.identity.tries_anywhere.admit(Place(QUESTION, (client.network,)), client.at)
        departure = new_departure(self.provider)
        endpoints = await self._endpoints(client.at)
        ceremony = await self.identity.ceremonies.ask("openid", departure.kept, client.at)
        return Sent(ceremony, authorization_address(self.provider, endpoints, self.back, departure))

    async def arrive(self, ceremony: Token, said: Mapping[str, str], client: Client) -> SignedIn:
        """A browser is back with ``said``, the parameters of its address: half a sign-in, or a whole one.

        It is whole when the provider says that several factors were proved, and is believed that.
        """
        kept = await self.identity.ceremonies.take("openid", ceremony, client.at)
        if kept is None:
            raise refused()
        departure, endpoints = read_departure(kept), await self._endpoints(client.at)
        code = returned_code(self.provider, endpoints, departure, said)
        token = await asyncio.to_thread(exchange.redeem, self.provider, endpoints, self.back, code, departure.verifier)
        keys = await asyncio.to_thread(exchange.keys, self.provider, endpoints)
        claimed = read_identity(self.provider, keys, token, departure.nonce, client.at)
        user = await self._user(claimed, client)
        factors = [Factor.FEDERATED, Factor.FEDERATED_SECOND] if claimed.multi_factor else [Factor.FEDERATED]
        signed_in = await Sessions(self.identity).begin(user, factors, client)
        if signed_in.complete:
            await self.identity.tell("session.start", client, user=user.id, factor=Factor.FEDERATED)
        return signed_in

    async def _user(self, claimed: Claimed, client: Client) -> UserDocument:
        """Who that is here; the first time by the verified address, after that by what the provider calls them."""
        user = await self.identity.users.by_subject(claimed.subject)
        known = user is not None
        if user is None and claimed.email:
            with suppress(AccountError):  # what the provider calls an address is none
                user = await self.identity.users.by_email(claimed.email)
        if user is None or user.status == "disabled" or (not known and len(user.subjects) >= MOST_SUBJECTS):
            await self.identity.tell("session.refuse", client, user=user.id if user else "", reason="federated")
            raise refused()
        if known and user.status == "active":
            return user
        try:
            subjects = tuple(sorted({*user.subjects, claimed.subject}))
            return await self.identity.users.change(user, {"subjects": subjects, "status": "active"})
        except AccountError:
            raise SignInRefused("Sign-in was refused", remedy="Try again.") from None

    async def _endpoints(self, at: dt.datetime) -> Endpoints:
        known = self._known.get(self.provider.issuer)
        if known and at < known[0] + _KNOWN_FOR:
            return known[1]
        endpoints = read_description(self.provider, await asyncio.to_thread(exchange.describe, self.provider))
        self._known[self.provider.issuer] = (at, endpoints)
        return endpoints
