"""``shopwright tenant theme``: themes of a tenant's own, checked before they are kept."""

import asyncio
import sys
from pathlib import Path

import click

from shopwright.audit.event import actor_named
from shopwright.bootstrap.customisation import Customisation
from shopwright.cli.counted import counted
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.cli.theme_check import tell_findings
from shopwright.settings import current_database_settings, current_settings


@click.command()
@click.argument("tenant")
@click.option("--put", "folder", type=click.Path(path_type=Path), help="Check the theme in this folder and keep it.")
@click.option("--forget", help="Remove an own theme.")
@json_option
def theme(tenant: str, folder: Path | None, forget: str | None, as_json: bool) -> None:
    """Show the themes of TENANT's own. With --put, check one as shopwright theme check does, and keep it.

    A theme with errors is not kept, and the command ends with status 1.
    """
    own = current_settings()
    asked = Customisation(current_database_settings(), own.cache, tenant, actor_named(user_name()), own.workers)
    if forget:
        asyncio.run(asked.forget_theme(forget))
    if folder:
        checked = asyncio.run(asked.put_theme(folder))
        if checked.errors:
            tell_findings(checked, folder)
            sys.exit(1)
    themes = asyncio.run(asked.themes())
    lines = [f"  {name}: {counted(size, 'byte')}" for name, size in themes.items()] or ["  no theme of its own"]
    show({"tenant": tenant, "themes": themes}, "\n".join([f"{tenant}:", *lines]), as_json=as_json)
