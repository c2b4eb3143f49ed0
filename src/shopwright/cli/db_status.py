"""``shopwright db status``: whether the database is what this version expects."""

import asyncio
import sys
from dataclasses import asdict

import click

from shopwright.bootstrap.schema import DeploymentState, SchemaState, deployment_state
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, show
from shopwright.settings import current_database_settings

_REMEDY = "`shopwright db migrate` puts right what is missing or another; what is unexpected is left to you."


@click.command()
@click.option("--tenant", "tenants", multiple=True, help="Only this tenant; repeatable. Else all.")
@json_option
def status(tenants: tuple[str, ...], as_json: bool) -> None:
    """Compare each tenant's database with what this version expects; name indexes that nothing used. Changes nothing.

    Ends with status 1 if a migration is pending or a validator or index differs.
    """
    state = asyncio.run(deployment_state(current_database_settings(), tenants))
    show(asdict(state), "\n".join(_told(state)), as_json=as_json)
    sys.exit(0 if all(tenant.is_fit for tenant in state.tenants) else 1)


def _told(state: DeploymentState) -> list[str]:
    lines = [f"MongoDB {state.version}, {counted(len(state.tenants), 'tenant')}."]
    if len(state.cells) > 1:
        lines.append(f"Cells: {', '.join(state.cells)}.")
    if not state.separated:
        lines.append("SHOPWRIGHT_TENANT_USERS=no: only Shopwright itself keeps tenants apart, not the database.")
    for tenant in state.tenants:
        lines.append(f"{tenant.tenant}: {'as expected' if tenant.is_fit else 'not as expected'}")
        lines += [f"  {line}" for line in _details(tenant)]
    return lines


def _details(tenant: SchemaState) -> list[str]:
    return [
        *(f"to migrate: {name} (shopwright db migrate)" for name in tenant.pending),
        *(f"differs: {difference}" for difference in tenant.drift),
        *([_REMEDY] if tenant.drift else ()),
        *([f"indexes unused since the server started: {', '.join(tenant.unused)}"] if tenant.unused else ()),
    ]
