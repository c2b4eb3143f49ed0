import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.totp import DRIFT, SECONDS, accepted_step, new_totp_secret, provisioning_address
from shopwright.settings import Secret

KEY = Secret(base64.b32encode(b"12345678901234567890").decode())
"""Of the examples in RFC 6238, appendix B, whose codes have eight digits: the last six are ours."""


def at(seconds):
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_the_rfc(seconds, code):
    assert accepted_step(KEY, code, 0, at(seconds)) == seconds // SECONDS
    assert accepted_step(KEY, f"{code[:3]} {code[3:]}", 0, at(seconds)) == seconds // SECONDS


def test_a_code_is_taken_once():
    step = accepted_step(KEY, "005924", 0, at(1234567890))
    assert accepted_step(KEY, "005924", step, at(1234567890)) is None
    assert accepted_step(KEY, "005924", step - 1, at(1234567890)) == step


def test_clocks_may_differ_by_half_a_minute():
    here = 1234567890
    assert accepted_step(KEY, "005924", 0, at(here + DRIFT * SECONDS)) == here // SECONDS
    assert accepted_step(KEY, "005924", 0, at(here - DRIFT * SECONDS)) == here // SECONDS
    assert accepted_step(KEY, "005924", 0, at(here + 2 * SECONDS)) is None
    assert accepted_step(KEY, "005924", 0, at(here - 2 * SECONDS)) is None


@given(st.text(max_size=20))
def test_anything_else_is_wrong(text):
    if text.replace(" ", "") not in ("005924", "819424", "590587"):
        assert accepted_step(KEY, text, 10**9, at(1234567890)) is None


def test_a_secret_has_160_bits_and_more_and_the_address_holds_it():
    secret = new_totp_secret()
    assert len(base64.b32decode(secret.text)) >= 20
    address = provisioning_address(secret, "ada@example.org", "Shopwright")
    assert address.text == f"otpauth://totp/Shopwright:ada%40example.org?secret={secret.text}&issuer=Shopwright"
    assert secret.text not in repr(address)
