"""What the commands share that also keep in the database which release of a store is live."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import click

from shopwright.bootstrap.recorded_releases import Recording
from shopwright.bootstrap.tenant import TENANT
from shopwright.cli.recording import user_name
from shopwright.cli.tenant_audit import place_of_heads
from shopwright.settings import current_database_settings

Command = TypeVar("Command", bound=Callable[..., Any])


def record_options(command: Command) -> Command:
    """Add the options that name a store in the database."""
    store = click.option("--store", help="Handle of the store in the database, which then knows what is live.")
    tenant = click.option("--tenant", default=TENANT, help=f"With --store: whose store it is (default: {TENANT}).")
    return store(tenant(command))


def recording(tenant: str, store: str) -> Recording:
    """The record of a store's releases, kept by whoever runs this command, now. Raises ``SettingsError``."""
    return Recording(current_database_settings(), tenant, store, user_name(), dt.datetime.now(dt.UTC), place_of_heads())
