"""The people of a tenant: users, invitations, roles, and where they are signed in."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import Depends, HTTPException, Path
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.documents import SessionDocument, UserDocument
from shopwright.access.host import link_address
from shopwright.access.roles import Role
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.entering import Enter
from shopwright.api.given import GivenClient, GivenParts
from shopwright.api.route import router
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.identity.staff import Newcomer
from shopwright.bootstrap.inside import Inside

routes = router("people")
LINK_PATH = "/link"
"""Of the console's page that takes one-time links."""

_SECRET = bounded(Bounds(secret=True))

ReadsUsers = Annotated[Inside, Depends(Enter(Action.USER_READ), scope="function")]
Invites = Annotated[Inside, Depends(Enter(Action.USER_INVITE), scope="function")]
ChangesUsers = Annotated[Inside, Depends(Enter(Action.USER_CHANGE), scope="function")]
ReadsSessions = Annotated[Inside, Depends(Enter(Action.SESSION_READ), scope="function")]
EndsSessions = Annotated[Inside, Depends(Enter(Action.SESSION_END), scope="function")]
User = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Id of the user.", examples=["0" * 32])]
SessionId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Id of the session.", examples=["0" * 32])]


class ShownUser(Wire):
    """A user; nothing here proves to be them. ``second_factors`` are the kinds they can show after a password."""

    model_config = Wire.model_config | example(
        id="0" * 32,
        email="ann@example.org",
        name="Ann",
        role="editor",
        status="active",
        created="2026-11-23T12:00:00Z",
        second_factors=["totp"],
    )

    id: str
    email: str
    name: str
    role: Role
    status: Literal["invited", "active", "disabled"]
    created: dt.datetime
    second_factors: list[Literal["totp", "passkey"]]


class Invitation(Wire):
    """Who is invited."""

    model_config = Wire.model_config | example(email="bea@example.org", name="Bea", role="editor")

    email: Annotated[str, Field(min_length=3, max_length=254)]
    name: Annotated[str, Field(max_length=200)] = ""
    role: Role


class OneTimeLink(Wire):
    """A link that is shown this once: for the person with this address, and nobody else."""

    model_config = Wire.model_config | example(
        email="bea@example.org", link="https://console.example.org/link#luna.0000.AAAA"
    )

    email: str
    link: str


class UserChange(Wire):
    """Another role, or whether the user is let in: one of the two."""

    model_config = Wire.model_config | example(role="viewer")

    role: Role | None = None
    status: Literal["active", "disabled"] | None = None


class Reset(Wire):
    """Whether second factors are set up anew too."""

    model_config = Wire.model_config | example(factors=False)

    factors: bool = False


class ShownSession(Wire):
    """Where somebody is signed in."""

    model_config = Wire.model_config | example(
        id="0" * 32,
        signed_in="2026-11-23T12:00:00Z",
        seen="2026-11-23T12:10:00Z",
        ends="2026-11-24T00:00:00Z",
        factors=["password", "totp"],
        address="203.0.113.7",
        agent="Firefox",
    )

    id: str
    signed_in: dt.datetime
    seen: dt.datetime
    ends: dt.datetime
    factors: list[Factor]
    address: str
    agent: str


class Ended(Wire):
    """How many sessions ended."""

    model_config = Wire.model_config | example(ended=1)

    ended: int


@routes.get("/tenants/{tenant}/users")
async def list_users(inside: ReadsUsers, parts: GivenParts) -> Listing[ShownUser]:
    """The users of a tenant, in the order in which they came."""
    return Listing(items=[_shown(user) for user in await parts.staff(inside).listed()])


@routes.post("/tenants/{tenant}/users", status_code=201)
@_SECRET
async def invite_user(given: Invitation, inside: Invites, parts: GivenParts, client: GivenClient) -> OneTimeLink:
    """Invite somebody, again if need be; the link is for them."""
    newcomer = Newcomer(given.email, given.name, given.role)
    return _link(parts.origin, await parts.staff(inside).invite(newcomer, client))


@routes.patch("/tenants/{tenant}/users/{user}")
async def change_user(
    given: UserChange, user: User, inside: ChangesUsers, parts: GivenParts, client: GivenClient
) -> ShownUser:
    """Give a user another role, disable or enable them; their sessions end."""
    if (given.role is None) is (given.status is None):
        raise HTTPException(422, "Give a role or a status, one of the two.")
    staff = parts.staff(inside)
    if given.role is not None:
        return _shown(await staff.give_role(user, given.role, client))
    return _shown(await (staff.disable if given.status == "disabled" else staff.enable)(user, client))


@routes.post("/tenants/{tenant}/users/{user}/reset", status_code=201)
@_SECRET
async def reset_user(
    given: Reset, user: User, inside: ChangesUsers, parts: GivenParts, client: GivenClient
) -> OneTimeLink:
    """Let a user start over with a new password; the one before counts no more, and all sessions end."""
    return _link(parts.origin, await parts.staff(inside).reset(user, client, factors=given.factors))


@routes.get("/tenants/{tenant}/users/{user}/sessions")
async def list_sessions(user: User, inside: ReadsSessions, parts: GivenParts) -> Listing[ShownSession]:
    """Where a user is signed in, the newest first."""
    return Listing(items=[_session(each) for each in await parts.sessions(inside).listed(user)])


@routes.delete("/tenants/{tenant}/users/{user}/sessions")
async def end_sessions(user: User, inside: EndsSessions, parts: GivenParts, client: GivenClient) -> Ended:
    """End all sessions of a user."""
    return Ended(ended=await parts.sessions(inside).end_all(user, client))


@routes.delete("/tenants/{tenant}/users/{user}/sessions/{session}")
async def end_session(
    user: User, session: SessionId, inside: EndsSessions, parts: GivenParts, client: GivenClient
) -> Ended:
    """End a session of a user."""
    return Ended(ended=int(await parts.sessions(inside).end(user, session, client)))


def _shown(user: UserDocument) -> ShownUser:
    factors = [*(["totp"] if user.totp else []), *(["passkey"] if user.passkeys else [])]
    told = user.model_dump(include={"id", "email", "name", "role", "status", "created"})
    return ShownUser(**told, second_factors=factors)


def _session(session: SessionDocument) -> ShownSession:
    return ShownSession(**session.model_dump(include=set(ShownSession.model_fields)))


def _link(origin: str, letter: Letter) -> OneTimeLink:
    return OneTimeLink(email=letter.to.text, link=link_address(origin, LINK_PATH, letter.token).text)
