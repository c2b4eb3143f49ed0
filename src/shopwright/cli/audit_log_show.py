"""``shopwright audit-log show``: the last records of this machine's audit log."""

import click

from shopwright.audit.verification import last_entries
from shopwright.cli.audit_entries import show_entries
from shopwright.cli.recording import log_folder

TAIL = 20


@click.command()
@click.option("--tail", default=TAIL, type=click.IntRange(1, 100_000), help=f"How many records (default: {TAIL}).")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
def show(tail: int, as_json: bool) -> None:
    """Show what was last done with templates on this machine."""
    show_entries(last_entries(log_folder(), tail), as_json=as_json)
