"""How commands show records of what was done: in columns for people, as a JSON object a line for programs."""

import json
import textwrap
from collections.abc import Iterable
from typing import Any

import click

from shopwright.audit.verification import ChainFault

_FIRST = ("event.sequence", "@timestamp", "event.action", "event.outcome", "user.id")
"""What stands in the first line of a record, in columns."""
_WIDTHS = (6, 19, 17, 7, 0)
_UNSHOWN = {"event.hash", "chain.previous", "event.id", "organization.id"}
_HASH_SHOWN = 12
_WIDTH = 100
_INDENT = " " * 8


def show_entries(entries: Iterable[dict[str, Any]], *, as_json: bool) -> None:
    """Print records."""
    for entry in entries:
        if as_json:
            click.echo(json.dumps(entry))
        else:
            _show(entry)


def faults_as_json(faults: Iterable[ChainFault]) -> list[dict[str, Any]]:
    """What ``--json`` says of faults."""
    return [{"file": fault.file, "line": fault.line, "what": fault.what} for fault in faults]


def plain(value: object) -> str:
    """What a terminal may show: a record somebody has written by hand may hold anything."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(value))


def _show(entry: dict[str, Any]) -> None:
    seen = {name: plain(value) for name, value in entry.items() if name not in _UNSHOWN}
    seen["@timestamp"] = seen.get("@timestamp", "")[:19].replace("T", " ")
    for name in [name for name in seen if name.endswith("hash.sha256")]:
        seen[name] = seen[name][:_HASH_SHOWN]
    columns = (seen.get(name, "").ljust(width) for name, width in zip(_FIRST, _WIDTHS, strict=True))
    click.echo("  ".join(columns).rstrip())
    rest = "  ".join(f"{name}={value}" for name, value in seen.items() if name not in _FIRST and value)
    if rest:
        click.echo(textwrap.fill(rest, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT))
