"""``shopwright tenant usage``: how much a tenant uses of what it may, and limits of its own."""

import asyncio

import click

from shopwright.audit.event import actor_named
from shopwright.bootstrap.usage import TenantUsage
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.errors import SettingsError
from shopwright.multi_tenant.quotas.plan import MOST
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.usage import Usage
from shopwright.settings import current_database_settings

_STATES = {"ok": "", "near": "  from 80 % on", "full": "  full"}


class _Limit(click.ParamType[tuple[Quota, int]]):
    """A quota and its limit, such as ``products=500``."""

    name = "quota=limit"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,  # noqa: ARG002 - click's own
        ctx: click.Context | None,  # noqa: ARG002 - click's own
    ) -> tuple[Quota, int]:
        name, _, most = value.partition("=")
        if name in set(Quota) and most == "unlimited":
            return Quota(name), MOST
        if name in set(Quota) and most.isascii() and most.isdigit() and len(most) < len(str(MOST)):
            return Quota(name), int(most)
        remedy = f"Give one of {', '.join(Quota)}, and a whole number or unlimited, such as products=500."
        raise SettingsError(f"{value[:80]!r} is no limit", where="--limit", remedy=remedy)


@click.command()
@click.argument("tenant")
@click.option("--limit", "limits", multiple=True, type=_Limit(), help="A limit of its own, QUOTA=N; repeatable.")
@click.option("--plan-limits", is_flag=True, help="Take limits of its own back: those of its plan hold.")
@json_option
def usage(tenant: str, limits: tuple[tuple[Quota, int], ...], plan_limits: bool, as_json: bool) -> None:
    """Show how much TENANT uses of each quota, counted now; with --limit, change what it may use first."""
    if limits and plan_limits:
        raise SettingsError("Limits are either its own or the plan's", where="--plan-limits", remedy="Give one.")
    asked = TenantUsage(current_database_settings(), tenant, actor_named(user_name()))
    if limits or plan_limits:
        asyncio.run(asked.limit(dict(limits)))
    plan, found = asyncio.run(asked.now())
    record = {"tenant": tenant, "plan": plan, "usage": [each.as_json() for each in found]}
    show(record, "\n".join([f"{tenant}, plan {plan}:", *map(_line, found)]), as_json=as_json)


def _line(usage: Usage) -> str:
    limit = f"{usage.limit:,}" if usage.limit < MOST else "unlimited"
    resets = f", anew {usage.resets_at:%Y-%m-%d %H:%M} UTC" if usage.resets_at else ""
    return f"  {usage.used:>17,} of {limit:>17} {usage.quota.unit}{resets}{_STATES[usage.state]}"
