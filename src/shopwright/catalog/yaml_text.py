"""YAML as people write it, read without anchors, tags, repeated keys or depth, so that no file can be a trap."""

import re
from collections.abc import Hashable
from typing import Any

import yaml

from shopwright.errors import LimitExceeded, SourceError

MAX_DEPTH = 20


class _Loader(yaml.SafeLoader):
    """YAML with the types of JSON: ``NO`` is Norway and ``2024-01-01`` is text, not a truth value and a date."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        known: set[str] = set()
        for place, _ in node.value:
            key = self.construct_object(place, deep=True)
            if not isinstance(key, str) or key in known:
                problem = f"the key {str(key)[:100]!r} stands twice or is no text"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=place.start_mark)
            known.add(key)
        return super().construct_mapping(node, deep)


_PLAIN_SCALARS = {
    "bool": (r"(?:true|false)\Z", "tf"),
    "null": (r"(?:null|~|)\Z", ("n", "~", "")),
    "int": (r"-?(?:0|[1-9][0-9]{0,17})\Z", "-0123456789"),
    "float": (r"-?[0-9]{1,17}\.[0-9]{1,17}\Z", "-0123456789"),
}
for _tag, (_pattern, _starts) in _PLAIN_SCALARS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_starts))


def load_yaml(data: bytes, where: str) -> object:
    """The value of a YAML file, made of JSON's types.

    Raises ``SourceError`` naming ``where`` and the line; ``LimitExceeded`` for what is nested too deeply.
    """
    try:
        text = data.decode("utf-8-sig")
        _look(text, where)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except UnicodeDecodeError as error:
        raise SourceError("the file is not UTF-8.", where=where, remedy="Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise SourceError(f"the file is no valid YAML: {_told(error)}.", where=where) from error


def _told(error: yaml.YAMLError) -> str:
    """What the parser met, and where; never the text around it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return " ".join(str(error).split())
    mark = error.problem_mark or error.context_mark
    place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return place + ", ".join(filter(None, (error.context, error.problem)))


def _look(text: str, where: str) -> None:
    """Refuse what could be a trap before any value is made."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise SourceError("anchors, aliases and tags are not allowed.", where=f"{where} line {line}")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"values are nested deeper than {MAX_DEPTH}.", where=where)
