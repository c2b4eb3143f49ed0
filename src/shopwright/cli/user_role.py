"""``shopwright user role``: what somebody is in a tenant."""

import click

from shopwright.access.documents import UserDocument
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.staff import Staff
from shopwright.cli.people import here_and_now, show_user, tenant_option, with_staff
from shopwright.cli.target import json_option


@click.command()
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@tenant_option
@json_option
def role(email: str, role: str, tenant: str, as_json: bool) -> None:
    """Give EMAIL the role ROLE; their sessions end. The last owner stays one."""

    async def work(staff: Staff) -> UserDocument:
        return await staff.give_role((await staff.by_email(email)).id, Role(role), here_and_now())

    show_user(with_staff(tenant, work), as_json=as_json)
