"""``store.yaml``, read and checked."""

import re
from pathlib import Path

from pydantic import ValidationError

from shopwright.catalog.store import Store
from shopwright.catalog.yaml_text import load_yaml
from shopwright.errors import LimitExceeded, SourceError

MAX_STORE_FILE = 1_000_000
"""Bytes."""
_MOST_NAMED = 20
_LONGEST_KEY = 100
_VALIDATOR = re.compile(r"\[key\]|[a-z-]+\[.*\]", re.DOTALL)
"""Parts of a place that are no keys of the file, but steps of its validation."""

_IN_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such entry",
    "model_type": "it must be entries, each a name, a colon and a value",
    "dict_type": "it must be entries, each a name, a colon and a value",
    "list_type": "it must be a list",
    "tuple_type": "it must be a list",
    "string_type": "it must be a text",
    "bool_type": "it must be true or false",
    "int_type": "it must be a whole number",
}
"""What Pydantic calls by the types of Python (its documentation: error types)."""


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
        problems = list(_problems(error).items())[:_MOST_NAMED]
        said = "; ".join(f"{place}: {problem}" for place, problem in problems)
        in_key = any("[key]" in one["loc"] for one in error.errors())
        remedy = "A text that holds a comma or a colon stands in quotes. " if in_key else ""
        raise SourceError(f"{said}.", where=str(path), remedy=f"{remedy}See the reference of store.yaml.") from error


def _problems(error: ValidationError) -> dict[str, str]:
    """What is wrong at each place: the first that is said of it, in words of the file and not of its validators."""
    found: dict[str, str] = {}
    for one in error.errors():
        named = (str(part)[:_LONGEST_KEY] for part in one["loc"] if not _VALIDATOR.fullmatch(str(part)))
        said = _IN_WORDS.get(one["type"], one["msg"].removeprefix("Value error, "))
        found.setdefault(".".join(named) or "the file", said)
    return found
