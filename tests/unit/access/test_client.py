import datetime as dt

import pytest

from shopwright.access.client import Client
from shopwright.settings import Secret

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unix:/run/socket", "unix:/run/socket"),
        ("x" * 500, "x" * 64),
    ],
)
def test_tries_are_counted_by_what_a_customer_has(address, network):
    assert Client(address, NOW).network == network


def test_a_browser_is_shown_as_far_as_it_can_be():
    assert Client("::1", NOW, "Fire\x1b[31mfox\n" + "x" * 500).told_agent == "Fire[31mfox" + "x" * 187


def test_the_browsers_secret_is_never_shown():
    assert "canary" not in repr(Client("::1", NOW, device=Secret("canary")))
