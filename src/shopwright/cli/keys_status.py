"""``shopwright keys status``: every tenant's key, and whether it can be used from this machine."""

import asyncio
import sys
from dataclasses import asdict

import click

from shopwright.bootstrap.keys import State, open_keys
from shopwright.cli.target import json_option, show
from shopwright.settings import current_database_settings


@click.command()
@click.option("--tenant", "tenants", multiple=True, help="Only this tenant; repeatable. Else all, and control.")
@json_option
def status(tenants: tuple[str, ...], as_json: bool) -> None:
    """Try each tenant's key; name the master key that wraps it, since when, and the files that did before.

    Ends with status 1 if a key cannot be used from this machine.
    """
    states = asyncio.run(_states(tenants))
    folder = current_database_settings().key_folder
    text = "\n".join([f"Master keys of this machine are in {folder}.", *map(_told, states)])
    show({"keys": [asdict(state) for state in states], "folder": str(folder)}, text, as_json=as_json)
    sys.exit(1 if any(state.fault for state in states) else 0)


async def _states(tenants: tuple[str, ...]) -> list[State]:
    async with open_keys(current_database_settings()) as keys:
        if tenants:
            return [await keys.state(tenant) for tenant in tenants]
        return [state async for state in keys.states()]


def _told(state: State) -> str:
    before = f", {len(state.superseded)} superseded" if state.superseded else ""
    shared = f", the same as {' and '.join(state.shared_with)}" if state.shared_with else ""
    fault = f"\n  cannot be used: {state.fault}" if state.fault else ""
    return f"{state.tenant}: {state.master} since {state.wrapped:%Y-%m-%d %H:%M} UTC{before}{shared}{fault}"
