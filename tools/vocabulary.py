"""Derive the gate's table of schema.org from a release of its vocabulary.

    python tools/vocabulary.py schemaorg-30.0.jsonld

writes ``src/shopwright/seo/gate/vocabulary.json``: facts only (names of types, properties, enumeration members, and how
they belong together), none of the release's texts. Each line is one entry, so that a new release shows what changed.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

OUT = Path(__file__).parent.parent / "src/shopwright/seo/gate/vocabulary.json"
_SCHEMA = "schema:"
_DATA_TYPES = {"Boolean", "Date", "DateTime", "Number", "Text", "Time"}

Json = dict[str, Any]


def names(value: object) -> list[str]:
    """The names of schema.org in a reference or a list of them, sorted."""
    given = value if isinstance(value, list) else [value] if value else []
    ids = (each["@id"] if isinstance(each, dict) else each for each in given)
    return sorted(each.removeprefix(_SCHEMA) for each in ids if each.startswith(_SCHEMA))


def table(graph: Iterable[Json]) -> Json:
    """``types`` by name: their parents; ``properties``: the types that have them and their values'; ``members``."""
    types: dict[str, list[str]] = {}
    properties: dict[str, list[list[str]]] = {}
    members: dict[str, list[str]] = {}
    for node in sorted((each for each in graph if each["@id"].startswith(_SCHEMA)), key=lambda each: each["@id"]):
        name = node["@id"].removeprefix(_SCHEMA)
        kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        if "rdf:Property" in kinds:
            properties[name] = [names(node.get("schema:domainIncludes")), names(node.get("schema:rangeIncludes"))]
        elif "rdfs:Class" in kinds:
            types[name] = names(node.get("rdfs:subClassOf"))
        else:
            members[name] = names(kinds)
    return {"types": types | {name: [] for name in _DATA_TYPES}, "properties": properties, "members": members}


def written(parts: Json) -> str:
    """The table as JSON, an entry a line."""
    sections = []
    for name, entries in parts.items():
        lines = ",\n".join(
            f"{orjson.dumps(key).decode()}:{orjson.dumps(value).decode()}" for key, value in entries.items()
        )
        sections.append(f'"{name}":{{\n{lines}\n}}')
    return "{" + ",\n".join(sections) + "}\n"


def main() -> None:
    """Read the release named on the command line, write the table."""
    release = orjson.loads(Path(sys.argv[1]).read_bytes())
    OUT.write_text(written(table(release["@graph"])), "utf-8")


if __name__ == "__main__":
    main()
