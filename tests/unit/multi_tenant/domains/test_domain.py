import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import SettingsError
from shopwright.multi_tenant.domains.domain import DOMAIN, read_domain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shop.Luna.ORG", "shop.luna.org"),
        (" luna.org. ", "luna.org"),
        ("bücher.de", "xn--bcher-kva.de"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
    ],
)
def test_a_domain_has_one_form(text, name):
    assert read_domain(text) == name


@pytest.mark.parametrize(
    "text",
    [
        *("localhost", "luna", "127.0.0.1", "[::1]", "1.2.3.4.5", "https://luna.org", "luna.org:80", "luna.org/a"),
        *("-luna.org", "luna-.org", "lu_na.org", "luna..org", "*.luna.org", "a.local", "a.internal", "shop.example"),
    ],
)
def test_what_is_no_public_domain_is_refused(text):
    with pytest.raises(SettingsError, match="is no public domain"):
        read_domain(text)


@pytest.mark.parametrize("text", ["luna.org {", "", "a" * 64 + ".org", ".".join(["a" * 60] * 5) + ".org", "\u2025.org"])
def test_what_is_no_name_at_all_is_refused(text):
    with pytest.raises(SettingsError, match="is no public domain"):
        read_domain(text)


@given(st.text(max_size=80))
def test_whatever_is_written_is_read_to_a_plain_name_or_refused(text):
    try:
        name = read_domain(text)
    except SettingsError:
        return
    assert DOMAIN.fullmatch(name)
    assert read_domain(name) == name


@pytest.mark.parametrize("text", ["fa\u00df.de", "\u03b2\u03cc\u03bb\u03bf\u03c2.com", "a\u200db.org"])
def test_letters_that_were_read_otherwise_once_are_not_guessed_at(text):
    with pytest.raises(SettingsError, match="with xn--"):
        read_domain(text)
