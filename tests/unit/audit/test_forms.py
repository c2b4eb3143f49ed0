import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.forms import HOST, IDENTIFIER, LONGEST, NETWORK, WORD, has_form, network_of, refused


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::77", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("203.0.113.77:80", ""),
        ("a customer", ""),
    ],
)
def test_of_an_address_its_network_is_kept(address, network):
    assert network_of(address) == network
    assert not network or has_form(network, NETWORK)


@given(st.text())
def test_no_form_holds_a_sentence(text):
    if any(has_form(text, form) for form in (WORD, IDENTIFIER, HOST, NETWORK)):
        assert " " not in text
        assert "@" not in text
        assert text.isascii()
        assert len(text) <= LONGEST


@pytest.mark.parametrize(
    ("value", "form", "fits"),
    [
        (7, int, True),
        (7, float, True),
        (7.5, float, True),
        (7.5, int, False),
        (True, int, False),
        (2**53, int, False),
        (float("nan"), float, False),
        ("7", int, False),
        (7, WORD, False),
        ("a" * 256, WORD, False),
    ],
)
def test_values_and_forms(value, form, fits):
    assert has_form(value, form) is fits


def test_what_is_refused_is_not_shown():
    assert str(refused("user.id")) == ("user.id: the value is none a record may hold. See docs/reference/audit-log.md.")
