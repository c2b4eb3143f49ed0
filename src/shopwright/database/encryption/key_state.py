"""What is told of tenants' keys. None of it is a secret."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Key = Mapping[str, Any]
"""A data key as it is stored (``DataKey``)."""

_HOW_TO_REACH = {"provider", "endpoint", "keyVaultEndpoint", "delegated"}


@dataclass(frozen=True, slots=True)
class KeyState:
    """A tenant's key: which master wraps it since when, and which files of this machine wrapped it before.

    ``fault`` says why it cannot be used from here; empty if it can.
    """

    tenant: str
    master: str
    made: dt.datetime
    wrapped: dt.datetime
    superseded: tuple[str, ...] = ()
    shared_with: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What became of a tenant's key.

    ``key``: whether there was one; ``masters``: the files that were removed; ``remains``: what else must go before old
    backups are unreadable to everybody.
    """

    tenant: str
    key: bool
    masters: tuple[str, ...]
    remains: tuple[str, ...] = ()


def master_of(key: Key) -> str:
    """The name of the master key that wraps a data key: ``local:0001_1f2e3d4c``, ``aws alias/shop-1 eu-central-1``."""
    master = key["masterKey"]
    named = (str(master[field]) for field in sorted(master.keys() - _HOW_TO_REACH))
    return " ".join((master["provider"], *named))


def others_of(key: Key, tenant: str) -> tuple[str, ...]:
    """Who else has this key."""
    return tuple(sorted(name for name in key["keyAltNames"] if name != tenant))


def remains_of(key: Key, tenant: str, *, is_own: bool) -> tuple[str, ...]:
    """What can still open a key once it and the tenant's files are gone.

    ``is_own``: whether a service has a master key for each tenant.
    """
    shared = tuple(f"the key itself: {other}, restored from it, has the same" for other in others_of(key, tenant))
    if key["masterKey"]["provider"].startswith("local"):
        return shared
    todo = "destroy it at the service" if is_own else "other tenants use it: give them another one, then destroy it"
    return (*shared, f"the master key {master_of(key)}: {todo}")
