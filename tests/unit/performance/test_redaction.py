import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.performance.redaction import MOST_TEXT, shown

NAMES = st.sampled_from(["password", "Token", "api_key", "API-KEY", "secret", "cookie", "Set-Cookie", "code", "pwd"])
SECRET = st.text(string.ascii_letters + string.digits + "-_.~+/", min_size=8, max_size=60).map("{}7".format)
AROUND = st.text(string.ascii_letters + " .\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("mongodb://shop:pa55word@db.example:27017", "mongodb://[credentials]@db.example:27017"),
        ("Authorization: Bearer abcdef.ghi-jkl", "Authorization: [credentials]"),
        ('{"password": "hunter2 and more"}', '{"password": [hidden]}'),
        ("token=abc;next", "token=[hidden];next"),
        ("mail to ann.lee+shop@mail.example now", "mail to [e-mail] now"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("call +44 20 7946 0958", "call [number]"),
        ("from 203.0.113.77", "from 203.0.113.x"),
        ("at 127.0.0.1", "at 127.0.0.1"),
        ("from 2001:db8:0:0:1:2:3:4", "from [address]"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "[token]"),
        ("key AKIAIOSFODNN7EXAMPLE", "key [key]"),
        ("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY----- end", "[key] end"),
        (f"sw_luna_{'0' * 32}_{'a' * 43}", "[key]"),
        (f"luna.{'0' * 32}.{'a' * 43}", "[token]"),
        ("line\nbreak\r\nand \x1b[31m", "line␤break␤and \ufffd[31m"),
        ("Products 12, 4 variants, 3.5 s", "Products 12, 4 variants, 3.5 s"),
        ("job 3f2a9c1d-aaaa failed in stage pages", "job 3f2a9c1d-aaaa failed in stage pages"),
    ],
)
def test_what_is_shown(text, instead):
    assert shown(text) == instead


@given(name=NAMES, secret=SECRET, before=AROUND, after=AROUND, mark=st.sampled_from(["=", ": ", '": "']))
@settings(max_examples=100)
def test_what_is_named_a_secret_is_never_shown(name, secret, before, after, mark):
    assert secret not in shown(f"{before} {name}{mark}{secret} {after}").replace("[hidden]", "")


@given(
    local=st.text(string.ascii_letters + string.digits + "._%+-", min_size=4, max_size=40),
    domain=st.text(string.ascii_lowercase, min_size=3, max_size=20),
    before=AROUND,
)
@settings(max_examples=80)
def test_an_address_of_a_person_is_never_shown(local, domain, before):
    address = f"{local}@{domain}.example"
    assert address not in shown(f"{before} <{address}> is taken")


@given(number=st.integers(10**13, 10**16 - 1), gap=st.sampled_from(["", " ", "-"]))
@settings(max_examples=50)
def test_the_number_of_a_card_is_never_shown(number, gap):
    digits = str(number)
    text = gap.join(digits[at : at + 4] for at in range(0, len(digits), 4))
    assert text not in shown(f"card {text} was refused")


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_any_text_is_one_bounded_printable_line(text):
    said = shown(text, 80)
    assert len(said) <= 80
    assert len(said.splitlines()) <= 1
    assert not any(ord(character) < 32 or 0xD800 <= ord(character) <= 0xDFFF for character in said)


def test_a_long_text_is_cut():
    assert shown("a" * 100_000) == "a" * (MOST_TEXT - 1) + "…"
