"""``shopwright user disable``: somebody is let in no more."""

import click

from shopwright.access.documents import UserDocument
from shopwright.bootstrap.identity.staff import Staff
from shopwright.cli.people import here_and_now, show_user, tenant_option, with_staff
from shopwright.cli.target import json_option


@click.command()
@click.argument("email")
@tenant_option
@json_option
def disable(email: str, tenant: str, as_json: bool) -> None:
    """Let EMAIL in no more: sessions end at once, service keys and links count no more."""

    async def work(staff: Staff) -> UserDocument:
        return await staff.disable((await staff.by_email(email)).id, here_and_now())

    show_user(with_staff(tenant, work), as_json=as_json)
