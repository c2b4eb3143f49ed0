"""Signing in to one tenant: a password, then a second factor; or a passkey, which is both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import MOST_DEVICES, UserDocument
from shopwright.access.email_address import folded_email
from shopwright.access.lockout import ACCOUNT, ACCOUNT_FROM_DEVICE, ACCOUNT_FROM_NETWORK, NETWORK, QUESTION
from shopwright.access.passkeys import ask_for_proof, claimed
from shopwright.access.repository.tries import Place
from shopwright.access.token import Token, digest, new_secret
from shopwright.bootstrap.identity.identity import Identity, refused
from shopwright.bootstrap.identity.proofs import Asked, PasskeyAnswer, Proof, Proofs
from shopwright.bootstrap.identity.sessions import Sessions, SignedIn
from shopwright.errors import AccountError, SignInRefused
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class SignIn:
    """The ways into one tenant. Each raises ``SignInRefused``, with ``retry_after`` while somebody tries too often."""

    identity: Identity

    async def with_password(self, email: str, password: Secret, client: Client) -> SignedIn:
        """Half a sign-in. An unknown or disabled user gets the same answer, after the same work."""
        user = await self.usable(email)
        places = _places(self.identity.database.name, email, user, client)
        await self.admit(places, client)
        if not await self.identity.hashes.verify(user.password if user else None, password.text):
            whose = user.id if user else ""
            await self.identity.tell("session.refuse", client, user=whose, reason="password")
            raise refused()
        assert user is not None  # noqa: S101 - nobody has no password
        await self.forgive(places, client)
        user = await self._rehashed(user, password)
        return await Sessions(self.identity).begin(user, [Factor.PASSWORD], client)

    async def with_second_factor(self, token: Token, proof: Proof, client: Client) -> SignedIn:
        """The other half: ``token`` is of who has shown a password, and ends here."""
        sessions = Sessions(self.identity)
        proved = await sessions.proved(token, client)
        user, factor = await Proofs(self.identity).prove(proved.user, proof, client)
        user, device = await self._remembered(user, client)
        signed_in = await sessions.rotate(proved, user, factor, client)
        action = "session.step-up" if proved.caller.multi_factor else "session.start"
        await self.identity.tell(action, client, user=user.id, factor=factor)
        return replace(signed_in, device=device)

    step_up = with_second_factor
    """The same for a session that is whole: it is rotated too, and was stepped up."""

    async def question(self, client: Client) -> Asked:
        """Ask a browser for any passkey it has for us; nobody has to say who they are."""
        await self.identity.tries_anywhere.admit(Place(QUESTION, (client.network,)), client.at)
        asked = ask_for_proof(self.identity.party)
        return Asked(await self.identity.ceremonies.ask("passkey", asked.challenge, client.at), asked.options)

    async def second_factor_question(self, token: Token, client: Client) -> Asked:
        """Ask the browser of a session for one of its user's passkeys."""
        return await Proofs(self.identity).ask((await Sessions(self.identity).proved(token, client)).user, client)

    async def with_passkey(self, proof: PasskeyAnswer, client: Client) -> SignedIn:
        """A whole sign-in: nothing about a passkey can be guessed, so nothing but its network is slowed down."""
        place = Place(NETWORK, (client.network,))
        await self.identity.tries_anywhere.admit(place, client.at)
        user = await self.identity.users.get(_claimed_user(proof))
        if user is None or user.status != "active":
            await self.identity.tell("session.refuse", client, reason="passkey")
            raise refused()
        try:
            changes = await Proofs(self.identity).signed(user, proof, client, None)
            user = await self.identity.users.change(user, changes)
        except (SignInRefused, AccountError):
            await self.identity.tell("session.refuse", client, user=user.id, reason="passkey")
            raise refused() from None
        await self.identity.tries_anywhere.take_back(place, client.at)
        user, device = await self._remembered(user, client)
        signed_in = await Sessions(self.identity).begin(user, [Factor.PASSKEY], client)
        await self.identity.tell("session.start", client, user=user.id, factor=Factor.PASSKEY)
        return replace(signed_in, device=device)

    async def usable(self, email: str) -> UserDocument | None:
        """The user with this address who may sign in with a password."""
        try:
            user = await self.identity.users.by_email(email)
        except AccountError:
            return None
        return user if user and user.status == "active" and user.password else None

    async def admit(self, places: Sequence[Place], client: Client) -> None:
        """Count a try on each."""
        await self.identity.tries_anywhere.admit(Place(NETWORK, (client.network,)), client.at)
        for place in places:
            await self.identity.tries.admit(place, client.at)

    async def forgive(self, places: Sequence[Place], client: Client) -> None:
        """It was the right password: what was tried from here is forgotten, what others tried is not."""
        await self.identity.tries_anywhere.take_back(Place(NETWORK, (client.network,)), client.at)
        for place in places:
            if place.rule is ACCOUNT:
                await self.identity.tries.take_back(place, client.at)
            else:
                await self.identity.tries.forget(place)

    async def _rehashed(self, user: UserDocument, password: Secret) -> UserDocument:
        if not user.password or not self.identity.hashes.is_outdated(user.password):
            return user
        return await self.identity.users.change(user, {"password": await self.identity.hashes.hash(password.text)})

    async def _remembered(self, user: UserDocument, client: Client) -> tuple[UserDocument, Secret]:
        """Let a browser somebody has signed in with be known next time: others' tries then do not hold it up."""
        if _is_known(user, client):
            return user, Secret()
        device = new_secret()
        known = (digest(device.text), *user.devices)[:MOST_DEVICES]
        return await self.identity.users.change(user, {"devices": known}), device


def _places(tenant: str, email: str, user: UserDocument | None, client: Client) -> list[Place]:
    """What a try with a password is counted on; accounts by what was typed, so that an unknown one is no different.

    In the form they are looked for in: else each spelling of an account would have tries of its own.
    """
    account = (tenant, folded_email(email)[:320])
    if user and _is_known(user, client):
        return [Place(ACCOUNT_FROM_DEVICE, (*account, digest(client.device.text)))]
    return [Place(ACCOUNT_FROM_NETWORK, (*account, client.network)), Place(ACCOUNT, account)]


def _is_known(user: UserDocument, client: Client) -> bool:
    return bool(client.device) and digest(client.device.text) in user.devices


def _claimed_user(proof: PasskeyAnswer) -> str:
    whose = claimed(proof.answer)[1]
    if len(whose) != 32:
        raise refused()
    return whose
