"""The source of a command: a file or folder, or what is kept in the database, written as a folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from shopwright.errors import SettingsError
from shopwright.settings import current_database_settings, current_settings

KEPT = "catalog:"
"""Begins the name of a source that is kept in the database."""


class LaidOut(NamedTuple):
    """A file or folder to build from, and the folder of a theme of the tenant's own that the store is to have."""

    folder: Path
    theme: str | None = None


@contextmanager
def laid_out(source: Path, tenant: str) -> Iterator[LaidOut]:
    """A source as a file or folder, for as long as this lasts.

    One named ``catalog:HANDLE`` or ``catalog:HANDLE@REVISION`` is written from the database as a store folder, with the
    look of its tenant, and its build counted among those of the tenant. Raises ``SettingsError`` for a revision that is
    no number, ``QuotaExceeded``.
    """
    if not str(source).startswith(KEPT):
        yield LaidOut(source)
        return
    handle, _, number = str(source).removeprefix(KEPT).partition("@")
    if number and not (number.isascii() and number.isdigit() and len(number) < 16):
        raise SettingsError("There is no such revision.", where=str(source), remedy="Give a number, as the log shows.")
    from shopwright.bootstrap.generation import KeptSource  # noqa: PLC0415 - files need no database driver

    own, revision = current_settings(), int(number) if number else None
    kept = KeptSource(current_database_settings(), own.state, own.cache, tenant, handle, revision)
    with tempfile.TemporaryDirectory(prefix="shopwright-") as scratch:
        folder = Path(scratch, "store")
        with kept.laid_out(folder) as theme:
            yield LaidOut(folder, theme)
