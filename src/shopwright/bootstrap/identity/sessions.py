"""Sessions of one tenant: begun, asked for with each request, rotated whenever more is proved, ended."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from shopwright.access.caller import Caller, Factor
from shopwright.access.client import Client
from shopwright.access.documents import SessionDocument, UserDocument
from shopwright.access.session_rules import ABSOLUTE, HALF
from shopwright.access.token import Token, new_token
from shopwright.bootstrap.identity.identity import Identity
from shopwright.errors import SignInRefused
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class SignedIn:
    """``token`` is the session's, for its cookie; the one before it is worth nothing any more.

    ``complete``: two factors were proved. Else the session is good for nothing but the second one, which has to be set
    up first if ``enrols``. ``device`` is the secret the browser is to keep, empty when it has one or gets none.
    """

    token: Token
    user: str
    complete: bool
    enrols: bool = False
    device: Secret = field(default_factory=Secret)


@dataclass(frozen=True, slots=True)
class Proved:
    """A session and its user, as they are now; ``token`` is the session's."""

    session: SessionDocument
    user: UserDocument
    caller: Caller
    token: Token


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of one tenant's users."""

    identity: Identity

    async def caller(self, token: Token, client: Client) -> Caller:
        """Who calls with this token. Raises ``SignInRefused`` when it is nobody's, or not any more."""
        return (await self.proved(token, client)).caller

    async def proved(self, token: Token, client: Client) -> Proved:
        """The same, with the session and the user. What a user may do is read anew each time."""
        session = await self.identity.sessions.proved(token, client) if self._is_ours(token) else None
        user = await self.identity.users.get(session.user) if session else None
        if session is None or user is None or user.status != "active" or user.epoch != session.epoch:
            raise SignInRefused("The session is over", remedy="Sign in.")
        return Proved(session, user, _caller(self.identity.database.name, session, user, client), token)

    async def begin(self, user: UserDocument, factors: Iterable[Factor], client: Client) -> SignedIn:
        """A new session, whatever token the browser had before: nobody can choose a session for somebody else."""
        token = new_token(self.identity.database.name)
        session = SessionDocument(
            id=token.id,
            user=user.id,
            digest=token.digest,
            epoch=user.epoch,
            factors=tuple(sorted(set(factors))),
            signed_in=client.at,
            stepped_up=None,
            seen=client.at,
            ends=client.at + HALF,
            address=client.address[:64],
            agent=client.told_agent,
        )
        caller = _caller(token.tenant, session, user, client)
        ends = client.at + (ABSOLUTE if caller.multi_factor else HALF)
        await self.identity.sessions.add(session.model_copy(update={"ends": ends}))
        return SignedIn(token, user.id, caller.multi_factor, enrols=not user.has_second_factor)

    async def rotate(self, proved: Proved, user: UserDocument, factor: Factor, client: Client) -> SignedIn:
        """A new token for who has proved a factor more: theirs, and whatever was stolen of it, is worth nothing now.

        What was half a sign-in becomes a whole one; what was whole keeps its end, and was stepped up. Raises
        ``SignInRefused`` when it has been rotated or ended meanwhile.
        """
        if not await self.identity.sessions.end(proved.session.id):
            raise SignInRefused("The session is over", remedy="Sign in.")
        if not proved.caller.multi_factor:
            return await self.begin(user, {*proved.session.factors, factor}, client)
        token = new_token(self.identity.database.name)
        changes = {
            "id": token.id,
            "digest": token.digest,
            "epoch": user.epoch,
            "factors": tuple(sorted({*proved.session.factors, factor})),
            "stepped_up": client.at,
            "seen": client.at,
        }
        await self.identity.sessions.add(proved.session.model_copy(update=changes))
        return SignedIn(token, user.id, complete=True)

    async def listed(self, user: str) -> list[SessionDocument]:
        """The sessions of a user, the newest first."""
        return await self.identity.sessions.of_user(user)

    async def sign_out(self, token: Token, client: Client) -> None:
        """End the session of this token. Raises ``SignInRefused`` when there is none."""
        await self.end((await self.proved(token, client)).caller, token.id, client)

    async def end(self, caller: Caller, id_: str, client: Client, user: str | None = None) -> bool:
        """End one session of a user, of the caller if none is named; whether it was there."""
        whose = caller.user if user is None else user
        ended = await self.identity.sessions.end(id_, whose)
        if ended:
            await self.identity.tell("session.end", client, user=whose, actor=caller.user)
        return ended

    async def end_all(self, caller: Caller, client: Client, user: str | None = None) -> int:
        """End all sessions of a user, of the caller if none is named, but the one the caller calls with; how many."""
        whose = caller.user if user is None else user
        count = await self.identity.sessions.end_all(whose, but=(caller.session,))
        await self.identity.tell("session.end", client, user=whose, actor=caller.user)
        return count

    def _is_ours(self, token: Token) -> bool:
        return token.tenant == self.identity.database.name


def _caller(tenant: str, session: SessionDocument, user: UserDocument, client: Client) -> Caller:
    return Caller(
        user=user.id,
        tenant=tenant,
        role=user.role,
        factors=frozenset(session.factors),
        signed_in=session.signed_in,
        stepped_up=session.stepped_up,
        session=session.id,
        scopes=None,
        address=client.address,
    )
