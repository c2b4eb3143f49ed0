"""Snapshots that are being restored: a prune leaves them, and the log after them, alone.

Whoever reads one puts an empty object beside it first. Where it may not write it reads all the same: nobody knows then.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from shopwright.database.backup.vault import Vault
from shopwright.errors import StorageError

IN_USE = "in-use/"
LONGEST_SECONDS = 7 * 86_400
"""After so long a restore was killed rather than is at work."""


@contextmanager
def in_use(vault: Vault, snapshot: str) -> Iterator[None]:
    """Keep a snapshot from being pruned."""
    name = f"{IN_USE}{snapshot}/{secrets.token_hex(8)}"
    with suppress(StorageError):
        vault.write(name, b"")
    try:
        yield
    finally:
        with suppress(StorageError):
            vault.delete([name])


def used_snapshots(vault: Vault, now: float) -> set[str]:
    """The ids of the snapshots that are being read (``now`` in seconds since 1970); what killed restores left goes."""
    found = list(vault.list(IN_USE))
    old = [held.key for held in found if now - held.modified > LONGEST_SECONDS]
    vault.delete(old)
    return {held.key.removeprefix(IN_USE).partition("/")[0] for held in found if held.key not in old}
