"""The check of sign-in: people on a real platform prove who they are, and somebody who is not them tries to."""

import asyncio
import base64
import datetime as dt
import hmac
import shutil
from collections.abc import Awaitable
from dataclasses import dataclass

from shopwright.access.actions import Action
from shopwright.access.client import Client
from shopwright.access.password_hash import PasswordHashes
from shopwright.access.roles import Role
from shopwright.access.token import read_key
from shopwright.access.totp import SECONDS
from shopwright.bootstrap.identity.factors import Factors
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.keys import ServiceKeys, Wanted
from shopwright.bootstrap.identity.opened import open_identity
from shopwright.bootstrap.identity.passwords import Letter, Passwords
from shopwright.bootstrap.identity.proofs import RecoveryCode, TotpCode
from shopwright.bootstrap.identity.sessions import Sessions
from shopwright.bootstrap.identity.sign_in import SignIn
from shopwright.bootstrap.identity.staff import Newcomer, Staff
from shopwright.bootstrap.platform import open_platform
from shopwright.errors import SignInRefused
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

TENANT, EMAIL = "access", "ada@shop.example"
WAYS, THEFTS, GUESSES, MOST_LOOKED_AT = 4, 4, 20, 5
_NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
"""In the future: what is over is removed by the server, whose clock is the real one."""

_PASSWORD = Secret("a harbour without boats")


@dataclass(frozen=True, slots=True)
class _Found:
    let_in: int
    """In the ways in which they should be: app, recovery code, session, service key."""

    stolen: int
    """Ways in which somebody else was let in: a used code, a used recovery code, an old token, a used link."""

    looked_at: int
    """Guesses that were not refused before they were looked at."""


@check("M3")
def sign_in(checkout: Checkout) -> Result:
    """Invite somebody, sign them in with two factors, then replay, steal and guess."""
    folder = checkout.work / "access"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_found(DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo")))
    return Result(
        f"{found.let_in} of {WAYS} ways let in whom they should (app, recovery code, session, service key), "
        f"{found.stolen} of {THEFTS} somebody else (used code, used recovery code, token from before, used link); of "
        f"{GUESSES} guesses at once {found.looked_at} were looked at",
        passed=(found.let_in, found.stolen) == (WAYS, 0) and found.looked_at <= MOST_LOOKED_AT,
    )


async def _found(settings: DatabaseSettings) -> _Found:
    hashes = PasswordHashes()
    try:
        async with open_platform(settings) as platform:
            await platform.provision(TENANT)
            async with open_identity(platform, TENANT, hashes) as identity:
                letter = await Staff(identity, "check").invite(Newcomer(EMAIL, "Ada", Role.OWNER), _at(0))
                return await _people(identity, letter)
    finally:
        hashes.close()


async def _people(identity: Identity, letter: Letter) -> _Found:
    signing, factors = SignIn(identity), Factors(identity)
    first = await Passwords(identity).set_by_link(letter.token, _PASSWORD, _at(0))
    app = await factors.ask_for_app(first.token, _at(0))
    enrolled = await factors.add_app(first.token, app.ceremony, _code(app.secret, 0).code, _at(0))
    half = await signing.with_password(EMAIL, _PASSWORD, _at(1))
    whole = await signing.with_second_factor(half.token, _code(app.secret, 1), _at(1))
    other = await signing.with_password(EMAIL, _PASSWORD, _at(2))
    code = RecoveryCode(enrolled.codes[0])
    recovered = await signing.with_second_factor(other.token, code, _at(2))
    third = await signing.with_password(EMAIL, _PASSWORD, _at(2))
    wanted = Wanted("check", {Action.CATALOG_READ}, dt.timedelta(days=1))
    key = await ServiceKeys(identity).create(whole.user, wanted, _at(2))
    sessions = Sessions(identity)
    let_in = (
        await _gets_in(sessions.caller(whole.token, _at(2))),
        await _gets_in(ServiceKeys(identity).caller(read_key(key.key.text), _at(2))),
    )
    stolen = (
        await _gets_in(signing.with_second_factor(third.token, _code(app.secret, 1), _at(2))),
        await _gets_in(signing.with_second_factor(third.token, code, _at(2))),
        await _gets_in(sessions.caller(half.token, _at(2))),
        await _gets_in(Passwords(identity).set_by_link(letter.token, _PASSWORD, _at(2))),
    )
    return _Found(sum(let_in) + whole.complete + recovered.complete, sum(stolen), await _guesses(signing))


async def _guesses(signing: SignIn) -> int:
    """How many of some wrong passwords from elsewhere, all at once, are looked at."""
    client = Client("198.51.100.9", _at(2).at)
    tries = (signing.with_password(EMAIL, Secret(f"guess number {n}"), client) for n in range(GUESSES))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    return sum(not (isinstance(answer, SignInRefused) and answer.retry_after) for answer in answers)


async def _gets_in(work: Awaitable[object]) -> bool:
    try:
        await work
    except SignInRefused:
        return False
    return True


def _at(step: int) -> Client:
    return Client("203.0.113.7", _NOW + dt.timedelta(seconds=step * SECONDS))


def _code(secret: Secret, step: int) -> TotpCode:
    """As an app computes it, without the library that is checked (RFC 4226, 5.3)."""
    moment = int(_at(step).at.timestamp()) // SECONDS
    digest = hmac.digest(base64.b32decode(secret.text), moment.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return TotpCode(Secret(f"{number % 1_000_000:06}"))
