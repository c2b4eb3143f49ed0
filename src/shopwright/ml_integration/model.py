"""The one data file of all that is computed of a face: landmarks, features, fitted numbers, limits of quality."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import orjson


@cache
def model() -> Mapping[str, Any]:
    """``model.json``, whose keys docs/reference/face-shapes.md describes; browsers read the same file."""
    read: Mapping[str, Any] = orjson.loads((files(__package__) / "model.json").read_bytes())
    return read
