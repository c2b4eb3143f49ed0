"""``shopwright tenant create``: a new tenant."""

import click

from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.bootstrap.tenant_people import Invitations
from shopwright.bootstrap.tenant_people import owner as first_owner
from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import cell_option, owner_option, plan_option, show_tenant, told_letters, with_tenants
from shopwright.multi_tenant.documents import TenantDocument


@click.command()
@click.argument("handle")
@click.option("--title", default="", help="What people call it (default: HANDLE).")
@plan_option
@cell_option
@owner_option
@json_option
def create(handle: str, title: str, plan: str | None, cell: str, owner: str, as_json: bool) -> None:
    """Make the tenant HANDLE: database, database user, key, quotas, audit trail, invitation of its owner.

    If it was interrupted, the same command goes on. A database that is there without a tenant is adopted. The token of
    an invitation is shown this once: it is for the owner and for nobody else.
    """
    order, letters = Order(handle, title, plan or "", cell), list[Letter]()

    async def run(life: TenantLife) -> TenantDocument:
        async def invite(tenant: str) -> None:
            letters.extend(await Invitations(life).send(tenant, first_owner(owner)))

        return await life.create(order, invite)

    show_tenant(with_tenants(run), as_json=as_json, invitations=told_letters(letters))
