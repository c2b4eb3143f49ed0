"""``shopwright tenant move``: a tenant in another cell."""

import click

from shopwright.bootstrap.tenant_life import TenantLife
from shopwright.bootstrap.tenant_move import Moved, TenantMove
from shopwright.cli.backup_place import counting
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import show_tenant, with_tenants
from shopwright.errors import SettingsError


@click.command()
@click.argument("handle")
@click.option("--to", "cell", default="", help="The cell to move to: a name of the file SHOPWRIGHT_CELLS, or main.")
@click.option("--undo", is_flag=True, help="End a move that was killed: the tenant stays where it is.")
@json_option
def move(handle: str, cell: str, undo: bool, as_json: bool) -> None:
    """Move the tenant HANDLE to another cell while it is at work.

    For the last moment it may only be read. If it was interrupted, the same command goes on.
    """
    if bool(cell) is undo:
        raise SettingsError("exactly one of them says what is to be done.", where="--to, --undo")
    if undo:
        show_tenant(with_tenants(lambda life: TenantMove(life).undo(handle)), as_json=as_json)
        return
    with counting("copying", hidden=as_json) as progress:

        async def run(life: TenantLife) -> Moved:
            return await TenantMove(life, progress).run(handle, cell)

        moved = with_tenants(run)
    show_tenant(moved.tenant, as_json=as_json, documents=moved.documents, frozen_seconds=round(moved.frozen_seconds, 3))
    if not as_json:
        click.echo(
            f"  {counted(moved.documents, 'document')} copied, {counted(moved.operations, 'change')} followed, "
            f"{moved.collections} collections compared, frozen for {moved.frozen_seconds:.2f} s"
        )
