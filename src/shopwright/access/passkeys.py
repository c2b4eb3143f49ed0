"""Passkeys (W3C Web Authentication): what a browser is asked, and whether its answer is signed by the right key.

The authenticator has to verify its user (fingerprint, face, PIN), so a passkey is two factors: what one has, and what
unlocks it. Its answer is bound to our origin, to the question, and to a counter where it has one.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field

import orjson
import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from shopwright.errors import SignInRefused
from shopwright.settings import Secret

MOST_ANSWER = 16_384
"""Characters of an answer: with an attestation it has some thousand."""

_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who asks: the host (``id``) passkeys belong to, its ``origin`` such as ``https://host``, a ``name`` to show."""

    id: str
    origin: str
    name: str = "Shopwright"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A credential: its id and public key (COSE) in base64url, and how often it says it has signed."""

    id: str
    key: str
    signs: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to a browser: ``options`` is JSON for ``navigator.credentials``, ``challenge`` what is kept of it."""

    challenge: Secret
    options: str = field(repr=False)


def ask_for_new(party: RelyingParty, user: str, name: str, known: Collection[str]) -> Question:
    """Ask for a new passkey of a user (an id), called ``name`` in the browser's dialogue, that is none of ``known``."""
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=bytes.fromhex(user),
        user_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known],
    )
    return Question(Secret(bytes_to_base64url(challenge)), webauthn.options_to_json(options))


def new_passkey(party: RelyingParty, challenge: Secret, answer: str) -> Passkey:
    """The passkey a browser made. Raises ``SignInRefused`` for an answer to another question, or for another origin."""
    try:
        made = webauthn.verify_registration_response(
            credential=_bounded(answer),
            expected_challenge=base64url_to_bytes(challenge.text),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _UNFIT:
        raise _refused() from None
    return Passkey(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count
    )


def ask_for_proof(party: RelyingParty, known: Collection[str] = ()) -> Question:
    """Ask for a passkey: one of ``known``, or any that belongs to us."""
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known],
        user_verification=_VERIFIED,
    )
    return Question(Secret(bytes_to_base64url(challenge)), webauthn.options_to_json(options))


def claimed(answer: str) -> tuple[str, str]:
    """Which passkey of which user an answer says it is of: nothing is proved yet. The user is empty if it is not said.

    Raises ``SignInRefused`` for what is no answer.
    """
    try:
        read = parse_authentication_credential_json(_bounded(answer))
        user = read.response.user_handle
        return bytes_to_base64url(read.raw_id), user.hex() if user else ""
    except _UNFIT:
        raise _refused() from None


def proved(party: RelyingParty, challenge: Secret, answer: str, passkey: Passkey) -> int:
    """How often the passkey has signed now. Raises ``SignInRefused`` unless it signed this answer to this question."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=_bounded(answer),
            expected_challenge=base64url_to_bytes(challenge.text),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(passkey.key),
            credential_current_sign_count=passkey.signs,
            require_user_verification=True,
        )
    except _UNFIT:
        raise _refused() from None
    return verified.new_sign_count


_UNFIT = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
"""What the library raises for answers nobody's browser would give."""


def _bounded(answer: str) -> str:
    if len(answer) > MOST_ANSWER or not isinstance(orjson.loads(answer), dict):
        raise ValueError
    return answer


def _refused() -> SignInRefused:
    return SignInRefused("The passkey was not accepted", remedy="Try again, or use another factor.")
