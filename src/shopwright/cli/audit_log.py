"""``shopwright audit-log``: look at the audit log and verify it."""

import json
import re
import sys
import textwrap
from typing import Any

import click

from shopwright.audit.chain import Link
from shopwright.audit.verification import Verification, last_entries, verify_log
from shopwright.cli.recording import log_folder
from shopwright.errors import SettingsError

TAIL = 20
BROKEN = 1
"""Exit status when the log is not what was written."""

_FIRST = ("event.sequence", "@timestamp", "event.action", "event.outcome", "user.id")
"""What stands in the first line of a record, in columns."""
_WIDTHS = (6, 19, 17, 7, 0)
_HASHES = {"event.hash", "chain.previous"}
_HASH_SHOWN = 12
_WIDTH = 100
_INDENT = " " * 8
_NOTED = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


class _Note(click.ParamType[Link]):
    """A record's number and hash, as ``--verify`` prints them."""

    name = "number:hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Link:  # noqa: ARG002 - click's own
        if found := _NOTED.fullmatch(value):
            return Link(int(found[1]), found[2])
        raise SettingsError(
            f"{value[:40]!r} is no number and hash.", where="--noted", remedy="Give what --verify printed."
        )


@click.command()
@click.option("--verify", is_flag=True, help="Follow the whole chain to its signed end instead of showing records.")
@click.option("--noted", type=_Note(), help="With --verify: a record that must still be there, as NUMBER:HASH.")
@click.option("--tail", default=TAIL, type=click.IntRange(1, 100_000), help=f"How many records (default: {TAIL}).")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line, or one for --verify.")
def audit_log(verify: bool, noted: Link | None, tail: int, as_json: bool) -> None:
    """Show the last records of the audit log, or verify all of it.

    With --verify it ends with status 1 if a record was changed, moved, added or taken out.
    """
    if noted is not None and not verify:
        raise click.UsageError("--noted needs --verify.")
    if verify:
        verification = verify_log(log_folder(), noted)
        _tell(verification, as_json=as_json)
        sys.exit(BROKEN if verification.faults else 0)
    _show(last_entries(log_folder(), tail), as_json=as_json)


def _tell(found: Verification, *, as_json: bool) -> None:
    if as_json:
        faults = [{"file": fault.file, "line": fault.line, "what": fault.what} for fault in found.faults]
        last = {"sequence": found.last.sequence, "hash": found.last.hash}
        click.echo(json.dumps({"records": found.records, "last": last, "faults": faults}))
        return
    for fault in found.faults:
        click.echo(str(fault), err=True)
    if found.faults:
        click.echo(f"{log_folder()}: the log is not what was written.", err=True)
        return
    click.echo(f"{found.records:,} records, whole and in order, signed to the end.")
    click.echo(f"To find out later that it is still this log, note: {found.last.sequence}:{found.last.hash}")


def _show(entries: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        for entry in entries:
            click.echo(json.dumps(entry))
        return
    for entry in entries:
        seen = {name: _plain(value) for name, value in entry.items() if name not in _HASHES}
        seen["@timestamp"] = seen.get("@timestamp", "")[:19].replace("T", " ")
        seen["file.hash.sha256"] = seen.get("file.hash.sha256", "")[:_HASH_SHOWN]
        columns = (seen.get(name, "").ljust(width) for name, width in zip(_FIRST, _WIDTHS, strict=True))
        click.echo("  ".join(columns).rstrip())
        rest = "  ".join(f"{name}={value}" for name, value in seen.items() if name not in _FIRST and value)
        if rest:
            click.echo(textwrap.fill(rest, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT))


def _plain(value: object) -> str:
    """What a terminal may show: a log somebody has written to by hand may hold anything."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(value))
