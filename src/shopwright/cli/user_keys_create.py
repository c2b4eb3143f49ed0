"""``shopwright user keys create``: a key with which a program acts for a user."""

import datetime as dt

import click

from shopwright.access.actions import Action
from shopwright.bootstrap.identity.keys import NewKey, ServiceKeys, Wanted
from shopwright.bootstrap.identity.staff import Staff
from shopwright.cli.people import here_and_now, tenant_option, with_staff
from shopwright.cli.target import json_option, show

DAYS = 90


@click.command()
@click.argument("name")
@click.option("--for", "email", required=True, help="E-mail address of the user for whom it acts.")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([action.value for action in Action]),
    multiple=True,
    required=True,
    help="An action it may do; repeatable.",
)
@click.option("--days", type=click.IntRange(1, 366), default=DAYS, help=f"How long it lasts (default: {DAYS}).")
@tenant_option
@json_option
def create(name: str, email: str, scopes: tuple[str, ...], days: int, tenant: str, as_json: bool) -> None:
    """Make a service key called NAME, and print it: it is shown this once.

    It may do what the scopes name, as far as its user may at the time.
    """
    wanted = Wanted(name, frozenset(map(Action, scopes)), dt.timedelta(days=days))

    async def work(staff: Staff) -> NewKey:
        maker = (await staff.by_email(email)).id
        return await ServiceKeys(staff.identity).create(maker, wanted, here_and_now(), staff.actor)

    made = with_staff(tenant, work)
    show({"id": made.id, "key": made.key.text}, f"{made.id}  {made.key.text}", as_json=as_json)
