"""What the commands on tenants' audit trails share: which tenant, and how its trail is opened."""

import asyncio
import datetime as dt
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from shopwright.audit.chain import Link
from shopwright.bootstrap.audit import HeadPlace, TenantAudit, head_place, open_audit
from shopwright.bootstrap.tenant import TENANT
from shopwright.cli.recording import log_folder
from shopwright.errors import SettingsError
from shopwright.settings import current_audit_settings, current_aws, current_database_settings, current_settings

R = TypeVar("R")

_NOTED = re.compile(r"(\d{1,15}):([0-9a-f]{64})")

tenant_option = click.option("--tenant", default=TENANT, help=f"Whose trail it is (default: {TENANT}); or control.")


class Note(click.ParamType[Link]):
    """A record's number and hash, as ``verify`` prints them."""

    name = "number:hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Link:  # noqa: ARG002 - click's own
        """The link."""
        if found := _NOTED.fullmatch(value):
            return Link(int(found[1]), found[2])
        raise SettingsError(f"{value[:40]!r} is no number and hash.", where="--noted", remedy="Give what was printed.")


class Time(click.ParamType[dt.datetime]):
    """A day or a time of RFC 3339; without an offset it is UTC."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """An aware time."""
        try:
            read = dt.datetime.fromisoformat(str(value))
            aware = read if read.tzinfo else read.replace(tzinfo=dt.UTC)
            aware.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.fail(f"{str(value)[:40]!r} is no time such as 2026-11-23 or 2026-11-23T09:30:00Z", param, ctx)
        return aware


def place_of_heads() -> HeadPlace:
    """Where this machine publishes heads. Raises ``SettingsError``."""
    return head_place(current_settings(), current_audit_settings(), current_aws())


def in_audit(tenant: str, work: Callable[[TenantAudit], Awaitable[R]]) -> R:
    """The result of what is done with a tenant's trail. Raises what that raises, and ``DatabaseError``."""

    async def run() -> R:
        async with open_audit(current_database_settings(), place_of_heads(), tenant, log_folder()) as audit:
            return await work(audit)

    return asyncio.run(run())
