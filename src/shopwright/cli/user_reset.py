"""``shopwright user reset``: somebody starts over."""

import click

from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.identity.staff import Staff
from shopwright.cli.people import console_option, here_and_now, show_letter, tenant_option, with_staff
from shopwright.cli.target import json_option


@click.command()
@click.argument("email")
@tenant_option
@click.option("--factors", is_flag=True, help="Second factors and recovery codes count no more either.")
@console_option
@json_option
def reset(email: str, tenant: str, factors: bool, console: str, as_json: bool) -> None:
    """Let the password and the sessions of EMAIL count no more, and print the link by which they set a new one.

    It leads somewhere for half an hour, once.
    """

    async def work(staff: Staff) -> Letter:
        return await staff.reset((await staff.by_email(email)).id, here_and_now(), factors=factors)

    show_letter(with_staff(tenant, work), console, as_json=as_json)
