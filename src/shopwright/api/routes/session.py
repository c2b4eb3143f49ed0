"""Signing in and out: a password, then a second factor, which is also what dangerous actions ask for again."""

from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from pydantic import Field, SecretStr

from shopwright.access.actions import Action
from shopwright.access.caller import Factor
from shopwright.access.cookie import CEREMONY, DEVICE, DEVICE_LASTS, SESSION, clear_cookie, read_cookie, set_cookie
from shopwright.access.csrf import csrf_token
from shopwright.access.roles import Role
from shopwright.access.token import Token, digest, read_token
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.caller import refuse_forged, session_of
from shopwright.api.entering import EnterHome
from shopwright.api.given import GivenClient, GivenParts
from shopwright.api.route import router
from shopwright.api.wire import Wire, example
from shopwright.bootstrap.identity.factors import Factors
from shopwright.bootstrap.identity.passwords import Passwords
from shopwright.bootstrap.identity.proofs import Proof, RecoveryCode, TotpCode
from shopwright.bootstrap.identity.sessions import Sessions, SignedIn
from shopwright.bootstrap.identity.sign_in import SignIn
from shopwright.bootstrap.inside import Inside
from shopwright.errors import SignInRefused
from shopwright.settings import Secret

routes = router("session")
Own = Annotated[Inside, Depends(EnterHome(Action.ACCOUNT_READ), scope="function")]

_PHRASE = "correct horse battery staple"
_SECRET = bounded(Bounds(secret=True, body=20_000))


class Credentials(Wire):
    """Who signs in to which tenant; operators to ``control``."""

    model_config = Wire.model_config | example(tenant="luna", email="ann@example.org", password=_PHRASE)

    tenant: Annotated[str, Field(max_length=48)]
    email: Annotated[str, Field(max_length=320)]
    password: Annotated[SecretStr, Field(max_length=1_024)]


class SecondFactor(Wire):
    """A code of an authenticator app, or one of the recovery codes."""

    model_config = Wire.model_config | example(kind="totp", code="123456")

    kind: Literal["totp", "recovery_code"]
    code: Annotated[SecretStr, Field(max_length=100)]


class Code(Wire):
    """A code of the app that is being set up."""

    model_config = Wire.model_config | example(code="123456")

    code: Annotated[SecretStr, Field(max_length=100)]


class Link(Wire):
    """What stands behind ``#`` in a one-time link, and the password that is to be."""

    model_config = Wire.model_config | example(token="luna." + "0" * 32 + "." + "A" * 43, password=_PHRASE)

    token: Annotated[SecretStr, Field(max_length=200)]
    password: Annotated[SecretStr, Field(max_length=1_024)]


class Begun(Wire):
    """A sign-in. Until it is ``complete`` the session is good for its second factor only.

    ``enrols``: there is none yet, so it has to be set up first. ``csrf_token`` goes with everything that changes
    something.
    """

    model_config = Wire.model_config | example(complete=False, enrols=False, csrf_token="0" * 64)

    complete: bool
    enrols: bool
    csrf_token: str


class App(Wire):
    """The secret of a new authenticator app: ``address`` is for a QR code, ``secret`` for who types it."""

    model_config = Wire.model_config | example(secret="JBSWY3DPEHPK3PXP", address="otpauth://totp/…")  # noqa: S106 - of an example

    secret: str
    address: str


class Enrolment(Wire):
    """A factor was set up; ``recovery_codes`` are shown this once, if there were none before."""

    model_config = Wire.model_config | example(
        complete=True, csrf_token="0" * 64, recovery_codes=["aaaaa-bbbbb-ccccc-ddddd"]
    )

    complete: bool
    csrf_token: str
    recovery_codes: list[str]


class WhoAmI(Wire):
    """The caller. ``scopes`` are those of a service key, null for a person; the token is a session's."""

    model_config = Wire.model_config | example(
        user="0" * 32,
        tenant="luna",
        role="editor",
        factors=["password", "totp"],
        multi_factor=True,
        scopes=None,
        csrf_token="0" * 64,
    )

    user: str
    tenant: str
    role: Role
    factors: list[Factor]
    multi_factor: bool
    scopes: list[Action] | None
    csrf_token: str | None


@routes.post("/session", status_code=201)
@_SECRET
async def sign_in(
    given: Credentials, request: Request, response: Response, parts: GivenParts, client: GivenClient
) -> Begun:
    """Sign in with a password: half of it, until a second factor is proved."""
    refuse_forged(request, None)
    email, password = given.email, Secret(given.password.get_secret_value())
    if not await parts.is_open(given.tenant):
        await SignIn(parts.strangers()).with_password(_nobody(given), password, client)
        raise SignInRefused("Sign-in was refused", remedy="Check what you typed, or reset your password.")
    async with parts.people(given.tenant) as identity:
        return _begun(response, await SignIn(identity).with_password(email, password, client))


@routes.get("/session")
async def who_am_i(request: Request, inside: Own) -> WhoAmI:
    """Who is calling, and the token that goes with what changes something."""
    caller = inside.caller
    token = csrf_token(session_of(request)) if caller.scopes is None else None
    return WhoAmI(
        user=caller.user,
        tenant=caller.tenant,
        role=caller.role,
        factors=sorted(caller.factors),
        multi_factor=caller.multi_factor,
        scopes=None if caller.scopes is None else sorted(caller.scopes),
        csrf_token=token,
    )


@routes.delete("/session", status_code=204)
async def sign_out(request: Request, response: Response, parts: GivenParts, client: GivenClient) -> None:
    """End the session of this browser."""
    token = _own_session(request)
    async with parts.people(token.tenant) as identity:
        await Sessions(identity).sign_out(token, client)
    response.headers.append("Set-Cookie", clear_cookie(SESSION))


@routes.post("/session/second-factor")
@_SECRET
async def prove_second_factor(
    given: SecondFactor, request: Request, response: Response, parts: GivenParts, client: GivenClient
) -> Begun:
    """Prove a second factor: to end a sign-in, or afresh before something dangerous. The session gets a new token."""
    token, code = _own_session(request), Secret(given.code.get_secret_value())
    proof: Proof = TotpCode(code) if given.kind == "totp" else RecoveryCode(code)
    async with parts.people(token.tenant) as identity:
        return _begun(response, await SignIn(identity).with_second_factor(token, proof, client))


@routes.post("/session/app", status_code=201)
@_SECRET
async def ask_for_app(request: Request, response: Response, parts: GivenParts, client: GivenClient) -> App:
    """Begin to set up an authenticator app."""
    token = _own_session(request)
    async with parts.people(token.tenant) as identity:
        question = await Factors(identity).ask_for_app(token, client)
    response.headers.append("Set-Cookie", set_cookie(CEREMONY, question.ceremony.value))
    return App(secret=question.secret.text, address=question.address.text)


@routes.put("/session/app")
@_SECRET
async def add_app(
    given: Code, request: Request, response: Response, parts: GivenParts, client: GivenClient
) -> Enrolment:
    """Set up the app by showing its first code."""
    token, ceremony = _own_session(request), _ceremony(request)
    async with parts.people(token.tenant) as identity:
        code = Secret(given.code.get_secret_value())
        enrolled = await Factors(identity).add_app(token, ceremony, code, client)
    begun = _begun(response, enrolled.signed_in)
    response.headers.append("Set-Cookie", clear_cookie(CEREMONY))
    codes = [code.text for code in enrolled.codes]
    return Enrolment(complete=begun.complete, csrf_token=begun.csrf_token, recovery_codes=codes)


@routes.post("/links", status_code=201)
@_SECRET
async def follow_link(
    given: Link, request: Request, response: Response, parts: GivenParts, client: GivenClient
) -> Begun:
    """Set a password by a one-time link: half a sign-in."""
    refuse_forged(request, None)
    token = read_token(given.token.get_secret_value())
    async with parts.people(token.tenant) as identity:
        password = Secret(given.password.get_secret_value())
        return _begun(response, await Passwords(identity).set_by_link(token, password, client))


def _nobody(given: Credentials) -> str:
    """An address that nobody has, another for each that is tried: tries on it are counted as on one that is there."""
    return f"{digest(given.email)[:32]}@{given.tenant}.invalid"


def _own_session(request: Request) -> Token:
    token = session_of(request)
    refuse_forged(request, token)
    return token


def _ceremony(request: Request) -> Token:
    given = read_cookie(request.headers.get("cookie", ""), CEREMONY)
    return read_token(given.text)


def _begun(response: Response, signed_in: SignedIn) -> Begun:
    """Hand the session to the browser, as cookies that no script reads."""
    response.headers.append("Set-Cookie", set_cookie(SESSION, signed_in.token.value))
    if signed_in.device:
        response.headers.append("Set-Cookie", set_cookie(DEVICE, signed_in.device, DEVICE_LASTS))
    token = csrf_token(signed_in.token)
    return Begun(complete=signed_in.complete, enrols=signed_in.enrols, csrf_token=token)
