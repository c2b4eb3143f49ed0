"""Files that hold a secret: their owner's alone, and there as a whole or not at all."""

import os
import secrets
import stat
from pathlib import Path


def write_new(path: Path, data: bytes) -> bool:
    """Make a file, readable by its owner only; whether it is ours: of two that make it at once one counts.

    Raises ``OSError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        _write(draft, data)
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def replace(path: Path, data: bytes) -> None:
    """Put another content in the place of a file, in one step. Raises ``OSError``."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        _write(draft, data)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def read_private(path: Path, most: int) -> bytes | None:
    """What a file holds, or None for one that others than its owner can read or change. Raises ``OSError``.

    Of a longer one ``most`` bytes and one more.
    """
    with path.open("rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)  # of the very file that is read
        return None if mode & 0o077 else file.read(most + 1)


def _write(path: Path, data: bytes) -> None:
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - of a descriptor
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
