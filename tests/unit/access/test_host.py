import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.host import known_host, link_address
from shopwright.access.token import new_token

NAMES = {"console.example.org", "localhost:8460"}


@pytest.mark.parametrize("host", ["console.example.org", "Console.Example.ORG", "localhost:8460"])
def test_a_name_of_ours_is_known(host):
    assert known_host([host], NAMES) == host.lower()


@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["evil.example"],
        ["console.example.org", "evil.example"],
        ["console.example.org", "console.example.org"],
        ["console.example.org:80@evil.example"],
        ["console.example.org:8460"],
        ["console.example.org."],
        ["console.example.org, evil.example"],
        ["console.example.org/../evil"],
        ["console.example.org\r\nX: y"],
        ["evil.example#console.example.org"],
        ["cons\u212ale.example.org"],
        [""],
        ["[::1]"],
        ["x" * 300],
    ],
)
def test_every_other_is_refused(headers):
    assert known_host(headers, NAMES) is None


@given(st.text(max_size=40))
def test_whatever_is_sent_is_known_only_if_it_is_ours(text):
    assert known_host([text], NAMES) in {None, text.lower()} & {None, *NAMES}


def test_a_link_follows_from_the_settings_and_its_token_is_sent_to_nobody():
    token = new_token("luna")
    address = link_address("https://console.example.org", "/link", token)
    assert address.text == f"https://console.example.org/link#{token.value.text}"
    assert token.secret.text not in repr(address)
