"""Second factors of one tenant's users: shown, and never taken twice."""

from dataclasses import dataclass, field
from typing import TypeAlias

from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import UserDocument
from shopwright.access.lockout import SECOND_FACTOR
from shopwright.access.passkeys import Passkey, ask_for_proof, claimed, proved
from shopwright.access.recovery_codes import without_code
from shopwright.access.repository.tries import Place
from shopwright.access.token import Token
from shopwright.access.totp import accepted_step
from shopwright.bootstrap.identity.identity import Identity, refused
from shopwright.database.conditions import Values
from shopwright.errors import AccountError, SignInRefused
from shopwright.settings import Secret


@dataclass(frozen=True, slots=True)
class TotpCode:
    """Six digits of an app."""

    code: Secret


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """One of the codes on paper."""

    code: Secret


@dataclass(frozen=True, slots=True)
class PasskeyAnswer:
    """What a browser answered (JSON) to the question that was asked of it under a ceremony's token."""

    ceremony: Token
    answer: str


Proof: TypeAlias = TotpCode | RecoveryCode | PasskeyAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a browser: ``options`` is JSON for it, ``ceremony`` goes into its cookie."""

    ceremony: Token
    options: str = field(repr=False)
    """It holds the question, and the address of who is asked."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """The second factors of one tenant's users."""

    identity: Identity

    async def ask(self, user: UserDocument, client: Client) -> Asked:
        """Ask a browser for one of a user's passkeys."""
        question = ask_for_proof(self.identity.party, [each.id for each in user.passkeys])
        token = await self.identity.ceremonies.ask("passkey", question.challenge, client.at, user.id)
        return Asked(token, question.options)

    async def prove(self, user: UserDocument, proof: Proof, client: Client) -> tuple[UserDocument, Factor]:
        """The user as they are when this proof was used up, and which factor it was. Raises ``SignInRefused``.

        Of two that show the same code at once, one is let in: both would change the user as they were read.
        """
        try:
            factor, used = await self._used(user, proof, client)
            found = await self.identity.users.change(user, used)
        except (SignInRefused, AccountError) as error:
            waits = isinstance(error, SignInRefused) and error.retry_after
            if not waits:
                await self.identity.tell("session.refuse", client, user=user.id, reason="second-factor")
            raise error if waits else refused() from None
        await self.identity.tell("factor.use", client, user=user.id, factor=factor)
        return found, factor

    async def _used(self, user: UserDocument, proof: Proof, client: Client) -> tuple[Factor, Values]:
        """What a right proof changes of the user, so that it cannot be shown again."""
        if isinstance(proof, PasskeyAnswer):
            return Factor.PASSKEY, await self.signed(user, proof, client, user.id)
        place = Place(SECOND_FACTOR, (user.id,))
        await self.identity.tries.admit(place, client.at)
        found = _typed(user, proof, client)
        if found is None:
            raise refused()
        await self.identity.tries.forget(place)
        return found

    async def signed(
        self, user: UserDocument, proof: PasskeyAnswer, client: Client, asked: str | None
    ) -> dict[str, object]:
        """The user's passkeys when one has signed an answer; ``asked`` is whom the question named. Raises as above."""
        challenge = await self.identity.ceremonies.take("passkey", proof.ceremony, client.at, asked)
        name, whose = claimed(proof.answer)
        passkey = next((each for each in user.passkeys if each.id == name), None)
        if challenge is None or passkey is None or whose not in ("", user.id):
            raise refused()
        known = Passkey(passkey.id, passkey.key, passkey.signs)
        signs = proved(self.identity.party, challenge, proof.answer, known)
        now = passkey.model_copy(update={"signs": signs, "used": client.at})
        return {"passkeys": tuple(now if each.id == name else each for each in user.passkeys)}


def _typed(user: UserDocument, proof: TotpCode | RecoveryCode, client: Client) -> tuple[Factor, Values] | None:
    if isinstance(proof, RecoveryCode):
        left = without_code(user.recovery, proof.code.text)
        return None if left is None else (Factor.RECOVERY_CODE, {"recovery": left})
    if user.totp is None:
        return None
    step = accepted_step(Secret(user.totp), proof.code.text, user.totp_step, client.at)
    return None if step is None else (Factor.TOTP, {"totp_step": step})
