"""``shopwright tenant import``: a tenant from an archive."""

from pathlib import Path

import click

from shopwright.bootstrap.tenant_import import Imported, TenantImport
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import cell_option, owner_option, plan_option, show_tenant, told_letters, with_tenants


@click.command("import")
@click.argument("archive", type=click.Path(path_type=Path))
@click.option("--tenant", "handle", required=True, help="Handle of the tenant to make.")
@click.option("--title", default="", help="What people call it (default: as in the archive).")
@plan_option
@cell_option
@owner_option
@json_option
def import_(archive: Path, handle: str, title: str, plan: str | None, cell: str, owner: str, as_json: bool) -> None:
    """Make a tenant of ARCHIVE, a file that shopwright tenant export made.

    Stores, pictures, reviews and experiments come back; people are invited anew. If it was interrupted, the same
    command goes on.
    """
    order = Order(handle, title, plan or "", cell)

    async def run(life: TenantLife) -> Imported:
        return await TenantImport(life, archive, order, owner).run()

    made = with_tenants(run)
    more = {"stores": made.stores, "left_out": made.left_out, "documents": made.documents}
    show_tenant(made.tenant, as_json=as_json, invitations=told_letters(made.letters), **more)
    if not as_json:
        click.echo(f"  stores: {', '.join(made.stores) or 'none'}; {counted(made.documents, 'other document')}")
    for store in made.left_out:
        click.echo(f"  left out, for it has no product: {store}", err=True)
