"""``shopwright tenant proof``: whether a report of a deletion is genuine."""

from pathlib import Path

import click

from shopwright.cli.target import json_option, show, trusted
from shopwright.cli.tenant_delete import told
from shopwright.multi_tenant.archive.manifest import reaching
from shopwright.multi_tenant.deletion_report import MOST_BYTES, read_report


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@json_option
def proof(report: Path, as_json: bool) -> None:
    """Check the signature under REPORT, the report of a deletion, and show what it says."""
    with reaching(report), report.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    signed = read_report(data, trusted(), str(report))
    show(signed.model_dump(mode="json"), f"The signature is right.\n{told(signed)}", as_json=as_json)
