"""What a tenant's database holds of its people: users, sessions, service keys, one-time links, tries.

Platform operators stand in the control database in the same way. Secrets are kept as digests; what has to be read
again, and what is personal, is sealed with the tenant's key before it leaves the process.
"""

from typing import Annotated, Literal

from pydantic import Field

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.recovery_codes import CODES
from shopwright.access.roles import Role
from shopwright.database.document import Document, DocumentType, Moment, Part, Query
from shopwright.database.encryption.field import Findable, Sealed

MOST_PASSKEYS = 10
MOST_DEVICES = 10
MOST_SUBJECTS = 5

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=4_000)]

Lookup = Findable[Annotated[str, Field(min_length=3, max_length=254)]]
"""Personal, and looked for."""

Private = Sealed[Annotated[str, Field(max_length=1_000)]]
"""Personal or secret."""


class PasskeyPart(Part):
    """A passkey: the credential's id and public key (COSE) in base64url, and how often it says it has signed."""

    id: Base64
    key: Base64
    signs: Count
    name: Name
    added: Moment
    used: Moment | None


class UserDocument(Document):
    """Somebody who may sign in. Each change raises ``revision``; what ends all sessions raises ``epoch``.

    ``password`` is what argon2id made of it; ``totp`` the secret shared with an app, ``totp_step`` the number of the
    half minute whose code was taken last; ``recovery``, ``devices`` and ``subjects`` are digests of recovery codes not
    used yet, of browsers somebody has signed in with, and of whom other providers know this user as.
    """

    id: Id
    email: Lookup
    name: Private
    role: Role
    status: Literal["invited", "active", "disabled"]
    revision: Count
    epoch: Count
    password: Private | None
    totp: Private | None
    totp_step: Count
    recovery: Annotated[tuple[Digest, ...], Field(max_length=CODES)]
    passkeys: Sealed[Annotated[tuple[PasskeyPart, ...], Field(max_length=MOST_PASSKEYS)]]
    devices: Annotated[tuple[Digest, ...], Field(max_length=MOST_DEVICES)]
    subjects: Annotated[tuple[Digest, ...], Field(max_length=MOST_SUBJECTS)]
    created: Moment

    @property
    def has_second_factor(self) -> bool:
        """Whether there is something to ask for after the password."""
        return self.totp is not None or bool(self.passkeys)


class SessionDocument(Document):
    """A session, by its token's id. ``ends`` is when it is over however it is used; ``epoch`` that of its user then.

    ``factors`` are those that were proved: with only one it is half a sign-in, good for showing the second.
    """

    id: Id
    user: Id
    digest: Digest
    epoch: Count
    factors: Annotated[tuple[Factor, ...], Field(min_length=1, max_length=len(Factor))]
    signed_in: Moment
    stepped_up: Moment | None
    seen: Moment
    ends: Moment
    address: Private
    agent: Private


class ServiceKeyDocument(Document):
    """A service key, by its token's id: it may do what ``scopes`` name, as far as its ``maker`` may."""

    id: Id
    digest: Digest
    name: Name
    maker: Id
    scopes: Annotated[tuple[Action, ...], Field(min_length=1, max_length=len(Action))]
    created: Moment
    ends: Moment
    used: Moment | None


class LinkDocument(Document):
    """A one-time link, by its token's id; ``ends`` is when it can no longer be followed."""

    id: Id
    digest: Digest
    kind: Literal["invitation", "reset"]
    user: Id
    ends: Moment


class CeremonyDocument(Document):
    """A question that was put to a browser, by its token's id: the answer counts once, and until ``ends``.

    ``asked`` is what the answer is compared with (a challenge, a secret to be set up, what was sent to a provider);
    ``user`` is whose answer is expected, None at sign-in.
    """

    id: Id
    digest: Digest
    kind: Literal["passkey-new", "passkey", "totp-new", "openid"]
    user: Id | None
    asked: Private
    ends: Moment


class TriesDocument(Document):
    """Tries under a rule of ``access.lockout``; the id is the rule's name and a digest of what they were made on."""

    id: Annotated[str, Field(pattern=r"^[a-z-]{1,40}:[0-9a-f]{64}$")]
    count: Count
    opens: Moment
    ends: Moment


BY_EMAIL = Query("by_email", ("email",), unique=True)
BY_SUBJECT = Query("by_subject", ("subjects",))
IN_ROLE = Query("in_role", ("role", "status"))
EVERYBODY = Query("everybody", sort=("created", "id"))
SESSIONS_OF = Query("of_user", ("user",), sort=("-signed_in", "-id"))
LINKS_OF = Query("of_user", ("user",))
BY_END = Query("by_end", sort=("-ends", "-id"), range=("ends",))

USERS = DocumentType("users", UserDocument, (BY_EMAIL, BY_SUBJECT, IN_ROLE, EVERYBODY))
SESSIONS = DocumentType("sessions", SessionDocument, (SESSIONS_OF,), expires="ends")
SERVICE_KEYS = DocumentType("service_keys", ServiceKeyDocument, (BY_END,))
LINKS = DocumentType("links", LinkDocument, (LINKS_OF,), expires="ends")
CEREMONIES = DocumentType("ceremonies", CeremonyDocument, expires="ends")
TRIES = DocumentType("tries", TriesDocument, expires="ends")

PEOPLE = (USERS, SESSIONS, SERVICE_KEYS, LINKS, CEREMONIES, TRIES)
"""What a tenant's database and the control database both hold."""
