"""Callers for tests of the door."""

import datetime as dt
from dataclasses import replace

from shopwright.access.caller import CONTROL, Caller, Factor
from shopwright.access.roles import Role

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

OWNER = Caller(
    user="5f1c",
    tenant="luna",
    role=Role.OWNER,
    factors=frozenset({Factor.PASSWORD, Factor.TOTP}),
    signed_in=NOW,
    stepped_up=NOW,
    session="5e55",
    scopes=None,
    address="203.0.113.7",
)
OPERATOR = replace(OWNER, user="0b3r", tenant=CONTROL, role=Role.OPERATOR)
