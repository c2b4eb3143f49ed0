"""``shopwright audit-log export``: a tenant's audit trail as a file anybody can check."""

from pathlib import Path

import click

from shopwright.cli.counted import counted
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.cli.tenant_audit import in_audit, tenant_option


@click.command()
@tenant_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write into; made if need be.")
@json_option
def export(tenant: str, out: Path, as_json: bool) -> None:
    """Write a tenant's audit trail as JSON lines (audit.jsonl), with the heads published of it (heads.jsonl)."""
    done = in_audit(tenant, lambda audit: audit.export(out, user_name()))
    text = f"{counted(done.events, 'event')} and {counted(done.heads, 'head')} of {tenant} written to {out}."
    show({"events": done.events, "heads": done.heads}, text, as_json=as_json)
