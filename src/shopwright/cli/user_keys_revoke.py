"""``shopwright user keys revoke``: a service key counts no more."""

import click

from shopwright.bootstrap.identity.keys import ServiceKeys
from shopwright.bootstrap.identity.staff import Staff
from shopwright.cli.people import here_and_now, tenant_option, with_staff
from shopwright.errors import AccountError


@click.command()
@click.argument("key")
@tenant_option
def revoke(key: str, tenant: str) -> None:
    """Let the service key with the id KEY count no more, from the next request on."""

    async def work(staff: Staff) -> bool:
        return await ServiceKeys(staff.identity).revoke(key, here_and_now(), staff.actor)

    if not with_staff(tenant, work):
        raise AccountError(
            "There is no such key", where=key, remedy="`shopwright user keys list` shows those there are."
        )
    click.echo(f"{key} counts no more.")
