import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.cookie import CEREMONY, DEVICE, DEVICE_LASTS, SESSION, clear_cookie, read_cookie, set_cookie
from shopwright.access.token import new_token
from shopwright.settings import Secret


def test_a_cookie_is_for_this_host_over_https_and_for_no_script():
    assert set_cookie(SESSION, Secret("v")) == "__Host-shopwright-session=v; Path=/; Secure; HttpOnly; SameSite=Lax"
    assert set_cookie(DEVICE, Secret("v"), DEVICE_LASTS).endswith("; SameSite=Lax; Max-Age=15552000")
    assert set_cookie(CEREMONY, Secret("v"), dt.timedelta(minutes=10)).endswith("; Max-Age=600")


def test_the_prefix_holds_whatever_the_cookie_is_for():
    """A browser takes `__Host-` only with Secure and Path=/ and without Domain: RFC 6265bis, 4.1.3.2."""
    for name in (SESSION, DEVICE, CEREMONY):
        for said in (set_cookie(name, Secret("v")), clear_cookie(name)):
            parts = said.split("; ")
            assert parts[0].startswith("__Host-")
            assert {"Path=/", "Secure", "HttpOnly"} < set(parts)
            assert not any(part.lower().startswith("domain") for part in parts)


def test_a_cookie_is_taken_away():
    assert clear_cookie(SESSION) == "__Host-shopwright-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"


def test_a_cookie_is_read_back():
    token = new_token("luna").value
    assert read_cookie(f"a=b; {SESSION}={token.text}; c=d", SESSION) == token
    assert read_cookie("a=b", SESSION) == Secret()
    assert read_cookie("", SESSION) == Secret()


def test_of_two_none_counts():
    """Fixation: somebody planted another beside ours, and which comes first is not ours to say."""
    assert read_cookie(f"{SESSION}=mine; {SESSION}=planted", SESSION) == Secret()


def test_a_header_that_is_too_long_is_not_read():
    assert read_cookie(f"{SESSION}=v; x={'y' * 9_000}", SESSION) == Secret()


@given(st.text(max_size=300))
def test_whatever_is_sent_has_an_answer(header):
    assert isinstance(read_cookie(header, SESSION), Secret)
