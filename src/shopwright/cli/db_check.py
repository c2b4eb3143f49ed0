"""``shopwright db check``: whether what the database holds hangs together."""

import asyncio
import datetime as dt
import sys
from collections.abc import Iterator

import click

from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.database_check import Checked, DatabaseCheck, Finding
from shopwright.bootstrap.tenant import TENANT, open_tenant
from shopwright.catalog.picture_files import PictureFiles
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, show
from shopwright.settings import current_database_settings, current_settings

SHOWN = 20


@click.command()
@click.option("--tenant", default=TENANT, help=f"Whose database (default: {TENANT}).")
@click.option("--repair", is_flag=True, help="Mend what is found, each in one transaction, and say what was done.")
@json_option
def check(tenant: str, repair: bool, as_json: bool) -> None:
    """Follow every reference of a tenant's database; name what is not there, and what a killed process left.

    With --repair, a document that names what is not there is deleted, or forgets it, as its reference declares; a store
    whose live release is not recorded goes back to the one before. Ends with status 1 if a fault is left.
    """
    checked = asyncio.run(_checked(tenant, mends=repair))
    show(checked.as_json(), "\n".join(_lines(checked)), as_json=as_json)
    sys.exit(1 if checked.left else 0)


async def _checked(tenant: str, *, mends: bool) -> Checked:
    pictures = PictureFiles(picture_folder(current_settings().state, tenant))
    async with open_tenant(current_database_settings(), tenant, there=True) as database:
        return await DatabaseCheck(database, pictures, dt.datetime.now(dt.UTC), mends).run()


def _lines(checked: Checked) -> Iterator[str]:
    yield f"{counted(checked.documents, 'document')} with {counted(checked.references, 'reference')} looked at."
    yield from map(_line, checked.listed[:SHOWN])
    more = checked.faults + checked.leftovers - SHOWN
    if more > 0:
        yield f"… and {more:,} more; --json lists the first ones."
    if checked.left:
        yield f"{counted(checked.left, 'fault')}. --repair mends what can be mended."
    else:
        yield "No fault is left." if checked.faults else "No fault."


def _line(found: Finding) -> str:
    kind = "fault" if found.is_fault else "leftover"
    return f"{kind}: {found.where}: {found.what}." + (f" Repaired: {found.done}." if found.done else "")
