import datetime as dt

import pytest

from shopwright.access.caller import Caller, Factor
from shopwright.access.roles import Role

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def caller(*factors):
    return Caller("u", "luna", Role.EDITOR, frozenset(factors), NOW, None, "s", None, "203.0.113.7")


@pytest.mark.parametrize(
    ("factors", "expected"),
    [
        ((Factor.PASSWORD,), False),
        ((Factor.FEDERATED,), False),
        ((Factor.SERVICE_KEY,), False),
        ((Factor.PASSKEY,), True),
        ((Factor.PASSWORD, Factor.TOTP), True),
        ((Factor.FEDERATED, Factor.FEDERATED_SECOND), True),
    ],
)
def test_two_factors_or_one_that_is_two(factors, expected):
    assert caller(*factors).multi_factor is expected
