"""Passwords of one tenant's users: changed by who knows the one before, or set by who follows a one-time link."""

from dataclasses import dataclass

from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import UserDocument
from shopwright.access.email_address import folded_email
from shopwright.access.lockout import ACCOUNT_FROM_NETWORK, MAIL, NETWORK
from shopwright.access.password_policy import refuse_weak
from shopwright.access.repository.tries import Place
from shopwright.access.token import Token, new_id
from shopwright.bootstrap.identity.identity import Identity, refused
from shopwright.bootstrap.identity.sessions import Sessions, SignedIn
from shopwright.bootstrap.identity.sign_in import SignIn
from shopwright.database.conditions import Add
from shopwright.database.documents import Session
from shopwright.errors import SignInRefused, StepUpRequired
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class Letter:
    """A link to be sent to an e-mail address, and nowhere else."""

    to: Secret
    token: Token


@dataclass(frozen=True, slots=True)
class Passwords:
    """The passwords of one tenant's users."""

    identity: Identity

    async def change(self, token: Token, current: Secret, new: Secret, client: Client) -> SignedIn:
        """Change one's own password; every session ends, and this one goes on under a new token.

        Raises ``SignInRefused`` for a wrong password, ``AccountError`` for a weak one, ``StepUpRequired`` without a
        second factor.
        """
        proved = await Sessions(self.identity).proved(token, client)
        if proved.user.has_second_factor and not proved.caller.multi_factor:
            raise StepUpRequired("This needs a second factor", remedy="Prove one and ask again.")
        place = Place(ACCOUNT_FROM_NETWORK, (proved.user.id, client.network))
        await self.identity.tries.admit(place, client.at)
        if not await self.identity.hashes.verify(proved.user.password, current.text):
            await self.identity.tell("session.refuse", client, user=proved.user.id, reason="password")
            raise refused()
        await self.identity.tries.forget(place)
        user = await self._set(proved.user, new, "password.change", client)
        return await Sessions(self.identity).begin(user, proved.session.factors, client)

    async def ask_for_reset(self, email: str, client: Client) -> Letter | None:
        """A letter for who has forgotten a password, if there is such a user; the same work is done if there is not.

        Whoever asked is told the same in both cases. Raises ``SignInRefused`` with ``retry_after``.
        """
        account = (self.identity.database.name, folded_email(email)[:320])
        await self.identity.tries_anywhere.admit(Place(NETWORK, (client.network,)), client.at)
        await self.identity.tries.admit(Place(MAIL, account), client.at)
        user = await SignIn(self.identity).usable(email)
        token = await self.identity.links.add("reset", user.id if user else new_id(), client.at)
        await self.identity.tell("password.ask", client, user=user.id if user else "")
        return Letter(Secret(user.email), token) if user else None

    async def set_by_link(self, token: Token, new: Secret, client: Client) -> SignedIn:
        """Set the password of who was invited, or has forgotten theirs; every session ends, the link too.

        It is half a sign-in: a second factor is asked for as always. Raises ``SignInRefused`` for a link that cannot be
        followed any more, ``AccountError`` for a weak password, which leaves the link as it is.
        """
        link = await self.identity.links.look(token, client.at) if token.tenant == self.identity.database.name else None
        user = await self.identity.users.get(link.user) if link else None
        if link is None or user is None or user.status == "disabled":
            raise _spent()
        action = "invitation.accept" if link.kind == "invitation" else "password.reset"
        user = await self._set(user, new, action, client, token)
        return await Sessions(self.identity).begin(user, [Factor.PASSWORD], client)

    async def _set(
        self, user: UserDocument, new: Secret, action: str, client: Client, link: Token | None = None
    ) -> UserDocument:
        """Whoever signed in with the password before, or knows a browser's secret, has to sign in anew."""
        self._refuse_weak(user, new)
        hashed = await self.identity.hashes.hash(new.text)
        changes = {"password": hashed, "status": "active", "epoch": Add(1), "devices": ()}

        async def work(session: Session) -> UserDocument:
            if link and await self.identity.links.follow(link, client.at, session=session) is None:
                raise _spent()
            changed = await self.identity.users.change(user, changes, session=session)
            await self.identity.sessions.end_all(user.id, session=session)
            await self.identity.links.forget(user.id, session=session)
            await self.identity.tell(action, client, user=user.id, session=session)
            return changed

        return await self.identity.attempt(work, action, client, user=user.id)

    def _refuse_weak(self, user: UserDocument, new: Secret) -> None:
        refuse_weak(new.text, (user.email, user.name, self.identity.database.name))


def _spent() -> SignInRefused:
    return SignInRefused("The link can no longer be followed", remedy="Ask for a new one.")
