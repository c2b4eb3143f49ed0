"""``shopwright tenant export``: everything of a tenant in one file."""

from pathlib import Path

import click

from shopwright.bootstrap.tenant_export import TenantExport
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, show
from shopwright.cli.tenant_work import with_tenants


@click.command()
@click.argument("handle")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The ZIP file to make.")
@json_option
def export(handle: str, out: Path, as_json: bool) -> None:
    """Write everything of the tenant HANDLE into one ZIP file: stores, pictures, documents, people, audit trail.

    Passwords, keys and sessions are never in it. An existing file is never replaced.
    """
    manifest = with_tenants(lambda life: TenantExport(life).run(handle, out))
    record = {"tenant": handle, "files": len(manifest.files), "bytes": manifest.size, "sha256": manifest.sha256}
    files = counted(len(manifest.files), "file")
    text = f"{files} ({manifest.size / 1e6:,.1f} MB) written to {out}; manifest {manifest.sha256}."
    show(record, text, as_json=as_json)
