"""``shopwright user invite``: somebody new."""

import click

from shopwright.access.roles import Role
from shopwright.bootstrap.identity.staff import Newcomer
from shopwright.cli.people import console_option, here_and_now, show_letter, tenant_option, with_staff
from shopwright.cli.target import json_option


@click.command()
@click.argument("email")
@tenant_option
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they will be.")
@click.option("--name", default="", help="What they are called.")
@console_option
@json_option
def invite(email: str, tenant: str, role: str, name: str, console: str, as_json: bool) -> None:
    """Invite EMAIL, and print the link by which they set a password: it leads somewhere for three days, once.

    Again for the same address: a new link, and the one before counts no more.
    """
    newcomer = Newcomer(email, name, Role(role))
    show_letter(with_staff(tenant, lambda staff: staff.invite(newcomer, here_and_now())), console, as_json=as_json)
