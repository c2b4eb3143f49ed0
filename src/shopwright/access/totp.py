"""Codes that change every half minute (RFC 6238), from an app that holds the same secret; each is taken once."""

import datetime as dt
import hmac
import re

import pyotp

from shopwright.settings import Secret

SECONDS = 30
DIGITS = 6
DRIFT = 1
"""Codes before and after the present one that are taken: clocks differ (RFC 6238, 5.2)."""

_CODE = re.compile(r"[0-9]{6}")


def new_totp_secret() -> Secret:
    """160 random bits in base 32, as authenticator apps take them (RFC 4226, 4)."""
    return Secret(pyotp.random_base32(32))


def provisioning_address(secret: Secret, account: str, issuer: str) -> Secret:
    """The ``otpauth:`` address that a QR code shows to the app; it holds the secret."""
    return Secret(
        pyotp.TOTP(secret.text, digits=DIGITS, interval=SECONDS).provisioning_uri(name=account, issuer_name=issuer)
    )


def accepted_step(secret: Secret, code: str, last: int, now: dt.datetime) -> int | None:
    """The number of the half minute whose code this is, if it is later than ``last``, which was the last taken.

    Keep it: a code is taken once (RFC 6238, 5.2), and so none that is older.
    """
    given = code.replace(" ", "")
    if not _CODE.fullmatch(given):
        return None
    totp = pyotp.TOTP(secret.text, digits=DIGITS, interval=SECONDS)
    here = int(now.timestamp()) // SECONDS
    # All are compared, so that the time it takes does not tell which was near.
    right = [
        step for step in range(here - DRIFT, here + DRIFT + 1) if hmac.compare_digest(totp.generate_otp(step), given)
    ]
    return next((step for step in right if step > last), None)
