"""``shopwright keys rotate``: another master key for a tenant, or for all."""

import asyncio
import sys
from dataclasses import asdict

import click

from shopwright.bootstrap.keys import State, open_keys
from shopwright.cli.target import json_option, show
from shopwright.errors import SettingsError
from shopwright.settings import current_database_settings


@click.command()
@click.option("--tenant", "tenants", multiple=True, help="This tenant; repeatable.")
@click.option("--all", "everyone", is_flag=True, help="Every tenant, and control.")
@click.option("--discard-old", is_flag=True, help="Remove the files that wrapped it before.")
@json_option
def rotate(tenants: tuple[str, ...], everyone: bool, discard_old: bool, as_json: bool) -> None:
    """Wrap a tenant's key with a new master key, or with the key management service the settings name now.

    Nothing stops meanwhile, and no document is written. Copy the folder of keys again afterwards. What wrapped the key
    before stays for older backups of the control database; with --discard-old those can no longer be used. With --all,
    keys that cannot be used are left as they are and named; then it ends with status 1.
    """
    if bool(tenants) == everyone:
        raise SettingsError("it is not said whose keys.", where="--tenant", remedy="Give --tenant NAME, or --all.")
    states = asyncio.run(_rotated(tenants, discard=discard_old))
    folder = current_database_settings().key_folder
    told = (f"{state.tenant}: {state.fault or state.master}" for state in states)
    text = "\n".join([*told, f"Keep a copy of {folder}."])
    show({"keys": [asdict(state) for state in states], "folder": str(folder)}, text, as_json=as_json)
    sys.exit(1 if any(state.fault for state in states) else 0)


async def _rotated(tenants: tuple[str, ...], *, discard: bool) -> list[State]:
    async with open_keys(current_database_settings()) as keys:
        if tenants:
            return [await keys.rotate(tenant, discard=discard) for tenant in tenants]
        found = [state async for state in keys.states()]
        return [state if state.fault else await keys.rotate(state.tenant, discard=discard) for state in found]
