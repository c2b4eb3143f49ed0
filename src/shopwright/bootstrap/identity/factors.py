"""Setting up second factors, and giving them up: the first right after the password, others only when stepped up."""

from dataclasses import dataclass

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import MOST_PASSKEYS, PasskeyPart, UserDocument
from shopwright.access.names import tidy_name
from shopwright.access.passkeys import ask_for_new, new_passkey
from shopwright.access.permission import needs_step_up
from shopwright.access.recovery_codes import kept_code, new_recovery_codes
from shopwright.access.token import Token
from shopwright.access.totp import accepted_step, new_totp_secret, provisioning_address
from shopwright.bootstrap.identity.identity import Identity, refused
from shopwright.bootstrap.identity.proofs import Asked, PasskeyAnswer
from shopwright.bootstrap.identity.sessions import Proved, Sessions, SignedIn
from shopwright.database.conditions import Values
from shopwright.database.documents import Session
from shopwright.errors import AccountError, StepUpRequired
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class TotpQuestion:
    """``address`` (an ``otpauth:`` one) is shown as a QR code, ``secret`` to who has to type it."""

    ceremony: Token
    secret: Secret
    address: Secret


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A factor was set up. ``codes`` are the recovery codes, shown this once, if there were none before."""

    signed_in: SignedIn
    codes: tuple[Secret, ...]


@dataclass(frozen=True, slots=True)
class Factors:
    """One tenant's second factors. Each method raises ``SignInRefused``, ``StepUpRequired`` or ``AccountError``."""

    identity: Identity

    async def ask_for_app(self, token: Token, client: Client) -> TotpQuestion:
        """A new secret for an authenticator app; it counts when a code of it was shown."""
        user = (await self._entitled(token, client)).user
        secret = new_totp_secret()
        address = provisioning_address(secret, user.email, self.identity.party.name)
        ceremony = await self.identity.ceremonies.ask("totp-new", secret, client.at, user.id)
        return TotpQuestion(ceremony, secret, address)

    async def add_app(self, token: Token, ceremony: Token, code: Secret, client: Client) -> Enrolled:
        """Set up the app; an earlier one counts no more. A wrong code needs a new question."""
        proved = await self._entitled(token, client)
        secret = await self.identity.ceremonies.take("totp-new", ceremony, client.at, proved.user.id)
        step = accepted_step(secret, code.text, 0, client.at) if secret else None
        if secret is None or step is None:
            raise AccountError("The code is not of this app", remedy="Scan the new picture, and type its newest code.")
        return await self._added(proved, Factor.TOTP, {"totp": secret.text, "totp_step": step}, client)

    async def ask_for_passkey(self, token: Token, client: Client) -> Asked:
        """Ask a browser for a new passkey."""
        user = (await self._entitled(token, client)).user
        question = ask_for_new(self.identity.party, user.id, user.email, [each.id for each in user.passkeys])
        ceremony = await self.identity.ceremonies.ask("passkey-new", question.challenge, client.at, user.id)
        return Asked(ceremony, question.options)

    async def add_passkey(self, token: Token, proof: PasskeyAnswer, name: str, client: Client) -> Enrolled:
        """Set up the passkey a browser made, under a name by which its user knows it."""
        name, proved = tidy_name(name), await self._entitled(token, client)
        challenge = await self.identity.ceremonies.take("passkey-new", proof.ceremony, client.at, proved.user.id)
        if challenge is None:
            raise refused()
        made, known = new_passkey(self.identity.party, challenge, proof.answer), proved.user.passkeys
        if len(known) >= MOST_PASSKEYS or made.id in {each.id for each in known}:
            raise AccountError(f"There are {MOST_PASSKEYS} passkeys, or this one is there", remedy="Remove another.")
        part = PasskeyPart(id=made.id, key=made.key, signs=made.signs, name=name, added=client.at, used=None)
        return await self._added(proved, Factor.PASSKEY, {"passkeys": (*known, part)}, client)

    async def new_codes(self, token: Token, client: Client) -> tuple[Secret, ...]:
        """New recovery codes; those before count no more. They stand in for a second factor, so there must be one."""
        proved = await self._entitled(token, client)
        if not proved.user.has_second_factor:
            raise AccountError("There is no second factor that was lost", remedy="Set one up: codes come with it.")
        codes = new_recovery_codes()
        kept = {"recovery": tuple(kept_code(code.text) for code in codes)}
        await self._change(proved.user, kept, "factor.add", Factor.RECOVERY_CODE, client)
        return codes

    async def remove(self, token: Token, client: Client, passkey: str | None = None) -> None:
        """Give up a passkey, by its id, or else the app. The last second factor stays."""
        user = (await self._entitled(token, client)).user
        left = tuple(each for each in user.passkeys if each.id != passkey)
        changes: Values = {"totp": None, "totp_step": 0} if passkey is None else {"passkeys": left}
        if not (left if passkey is None else left or user.totp):
            raise AccountError("It is the last second factor", remedy="Set up another one first.")
        factor = Factor.TOTP if passkey is None else Factor.PASSKEY
        await self._change(user, changes, "factor.remove", factor, client)

    async def _entitled(self, token: Token, client: Client) -> Proved:
        """Who has a second factor must have shown it just now: a found-out password adds none of its own.

        So must who came in with a provider's: a session that was stolen hours later adds none either.
        """
        proved = await Sessions(self.identity).proved(token, client)
        if proved.user.has_second_factor and not proved.caller.multi_factor:
            raise refused()
        if proved.caller.multi_factor and needs_step_up(proved.caller, Action.ACCOUNT_CHANGE, client.at):
            raise StepUpRequired("This needs a fresh second factor", remedy="Prove one and ask again.")
        return proved

    async def _added(self, proved: Proved, factor: Factor, changes: Values, client: Client) -> Enrolled:
        codes = () if proved.user.recovery else new_recovery_codes()
        kept = proved.user.recovery or tuple(kept_code(code.text) for code in codes)
        user = await self._change(proved.user, {**changes, "recovery": kept}, "factor.add", factor, client)
        return Enrolled(await self._rotated(proved, user, factor, client), codes)

    async def _change(
        self, user: UserDocument, changes: Values, action: str, factor: Factor, client: Client
    ) -> UserDocument:
        async def work(session: Session) -> UserDocument:
            changed = await self.identity.users.change(user, changes, session=session)
            await self.identity.tell(action, client, user=user.id, factor=factor, session=session)
            return changed

        return await self.identity.attempt(work, action, client, user=user.id)

    async def _rotated(self, proved: Proved, user: UserDocument, factor: Factor, client: Client) -> SignedIn:
        return await Sessions(self.identity).rotate(proved, user, factor, client)
