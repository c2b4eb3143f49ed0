from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.password_policy import LEAST, MOST, common_passwords, normalized, refuse_weak
from shopwright.errors import AccountError

GOOD = "correct horse battery staple"


@pytest.mark.parametrize("password", [GOOD, "zp4!Qm7v", "密码本子上面没有写着的", "x7f" * 42, " leading and trailing "])
def test_what_is_long_enough_and_not_known_is_taken(password):
    refuse_weak(password, ("ada@example.org", "Ada Lovelace", "luna"))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("zp4!Qm7", "has 7 characters"),
        ("x7" * 64 + "x", "has 129 characters"),
        ("aaaaaaaaaaaa", "repeats one or two"),
        ("abababababab", "repeats one or two"),
        ("password1", "tried first"),
        ("PassWord", "tried first"),
        ("Password123!", "tried first"),
        ("12345678", "tried first"),
        ("iloveyou", "tried first"),
        ("Shopwright1", "tried first"),
        ("lovelace", "tried first"),
        ("Lovelace2026!", "tried first"),
        ("ada.lovelace@example.org", "tried first"),
        ("lunastore99", "tried first"),
    ],
)
def test_what_others_try_first_is_refused(password, why):
    with pytest.raises(AccountError, match=why):
        refuse_weak(password, ("ada.lovelace@example.org", "Ada Lovelace", "lunastore"))


def test_a_password_is_never_shown():
    with pytest.raises(AccountError) as refused:
        refuse_weak("Lovelace2026!", ("Ada Lovelace",))
    assert "2026" not in str(refused.value)


@given(st.text(min_size=0, max_size=LEAST - 1).filter(lambda text: len(normalized(text)) < LEAST))
def test_none_that_is_short_is_taken(text):
    with pytest.raises(AccountError):
        refuse_weak(text)


@given(st.text(max_size=MOST + 10))
def test_whatever_is_typed_has_an_answer(text):
    with suppress(AccountError):
        refuse_weak(text, (text[:5], "ada@example.org"))


def test_the_list_holds_the_3000_that_are_used_most_of_those_that_are_long_enough():
    """OWASP ASVS 5.0, 6.2.4."""
    known = common_passwords()
    assert sum(len(password) >= LEAST for password in known) >= 3_000
    assert {"password", "123456789", "qwertyuiop", "football1", "iloveyou"} <= known
    assert all(password == password.casefold() for password in known)


def test_a_keyboards_way_of_composing_does_not_matter():
    assert normalized("Ame\u0301lie") == normalized("Am\u00e9lie")
