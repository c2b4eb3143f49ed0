"""``store.yaml``: read without anchors, tags, repeated keys or depth, so that no file can be a trap."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from shopwright.catalog.store import Store
from shopwright.errors import LimitExceeded, SourceError

MAX_STORE_FILE = 1_000_000
"""Bytes."""
MAX_DEPTH = 20


class _Loader(yaml.SafeLoader):
    """YAML with the types of JSON: ``NO`` is Norway and ``2024-01-01`` is text, not a truth value and a date."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for place, key in enumerate(keys):
            if not isinstance(key, str) or key in keys[:place]:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice or is no text", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


_PLAIN_SCALARS = {
    "bool": (r"(?:true|false)\Z", "tf"),
    "null": (r"(?:null|~|)\Z", ("n", "~", "")),
    "int": (r"-?(?:0|[1-9][0-9]{0,17})\Z", "-0123456789"),
    "float": (r"-?[0-9]{1,17}\.[0-9]{1,17}\Z", "-0123456789"),
}
for _tag, (_pattern, _starts) in _PLAIN_SCALARS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_starts))


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
        return Store.model_validate(_load(data.decode("utf-8-sig"), path))
    except UnicodeDecodeError as error:
        raise SourceError("the file is not UTF-8.", where=str(path), remedy="Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise SourceError(f"the file is no valid YAML: {_one_line(error)}.", where=str(path)) from error
    except ValidationError as error:
        problems = (f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()[:20])
        raise SourceError(
            "; ".join(problems) + ".", where=str(path), remedy="See the reference of store.yaml."
        ) from error


def _load(text: str, path: Path) -> object:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise SourceError("anchors, aliases and tags are not allowed.", where=f"{path} line {line}")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"values are nested deeper than {MAX_DEPTH}.", where=str(path))
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader


def _one_line(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())
