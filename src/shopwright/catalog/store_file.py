"""``store.yaml``, read and checked."""

from pathlib import Path

from pydantic import ValidationError

from shopwright.catalog.store import Store
from shopwright.catalog.yaml_text import load_yaml
from shopwright.errors import LimitExceeded, SourceError

MAX_STORE_FILE = 1_000_000
"""Bytes."""


def read_store(path: Path) -> Store:
    """The store that a file describes. Raises ``SourceError`` naming every value that is wrong."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_STORE_FILE + 1)
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=str(path)) from error
    if len(data) > MAX_STORE_FILE:
        raise LimitExceeded(f"the file is larger than {MAX_STORE_FILE:,} bytes.", where=str(path))
    try:
        return Store.model_validate(load_yaml(data, str(path)))
    except ValidationError as error:
        problems = (f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()[:20])
        raise SourceError(
            "; ".join(problems) + ".", where=str(path), remedy="See the reference of store.yaml."
        ) from error
