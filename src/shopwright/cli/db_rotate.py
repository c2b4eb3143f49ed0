"""``shopwright db rotate``: another secret for the database users of all tenants."""

import asyncio

import click

from shopwright.bootstrap.user_rotation import retire_users, rotate_users
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, show
from shopwright.settings import current_database_settings


@click.command()
@click.option("--retire", is_flag=True, help="Remove the users of earlier secrets instead.")
@json_option
def rotate(retire: bool, as_json: bool) -> None:
    """Give each tenant's database another user with another password, beside the one it has; nobody is held up.

    Services follow within a second. Copy the file of the secret to the other machines that serve the same tenants; then
    run it again with --retire.
    """
    settings = current_database_settings()
    if retire:
        retired = asyncio.run(retire_users(settings))
        show({"retired": retired}, f"{counted(retired, 'database user')} of earlier secrets removed.", as_json=as_json)
        return
    made = asyncio.run(rotate_users(settings))
    file = settings.user_secret_file
    text = f"A new user for {counted(made, 'database')}; its secret is in {file}.\nThen: shopwright db rotate --retire"
    show({"databases": made, "secret": str(file)}, text, as_json=as_json)
