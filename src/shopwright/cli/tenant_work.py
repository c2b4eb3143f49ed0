"""What the commands on tenants share: how the platform is opened, and how a tenant is told of."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click

from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant_life import TenantLife
from shopwright.cli.recording import user_name
from shopwright.cli.target import show
from shopwright.multi_tenant.documents import TenantDocument
from shopwright.settings import current_database_settings, current_settings

R = TypeVar("R")

plan_option = click.option("--plan", help="How much the tenant may use (default: the first plan there is).")
owner_option = click.option("--owner", default="", help="E-mail address of its first user, who is invited.")
cell_option = click.option("--cell", default="", help="The deployment it lives in (default: the first with room).")


def with_tenants(work: Callable[[TenantLife], Awaitable[R]]) -> R:
    """The result of what is done with the platform's tenants. Raises what that raises, and ``DatabaseError``."""

    async def run() -> R:
        async with open_platform(current_database_settings()) as platform:
            return await work(TenantLife(platform, current_settings().state, user_name()))

    return asyncio.run(run())


def show_tenant(
    tenant: TenantDocument, *, as_json: bool, invitations: Sequence[Mapping[str, str]] = (), **more: object
) -> None:
    """Print a tenant and who was invited; as JSON also what ``more`` says."""
    lines = [told(tenant)]
    lines += [f"  invitation of {letter['to']}: {letter['token']}" for letter in invitations]
    if invitations:
        more["invitations"] = list(invitations)
    show(as_json_object(tenant) | more, "\n".join(lines), as_json=as_json)


def told_letters(letters: Iterable[Letter]) -> list[dict[str, str]]:
    """Invitations with their secrets, for whoever sends them."""
    return [{"to": letter.to.text, "token": letter.token.value.text} for letter in letters]


def as_json_object(tenant: TenantDocument) -> dict[str, Any]:
    """The object ``--json`` prints."""
    return tenant.model_dump(mode="json")


def told(tenant: TenantDocument) -> str:
    """A tenant in one line."""
    line = (
        f"{tenant.id}  {tenant.state}  plan {tenant.plan}  cell {tenant.cell}  "
        f"since {tenant.created:%Y-%m-%d}  {tenant.title}"
    )
    return f"{line}\n  {_at_work(tenant)}" if tenant.journal else line


def _at_work(tenant: TenantDocument) -> str:
    """What was begun and how far it is: it may be at work, or was killed."""
    journal = tenant.journal
    assert journal  # noqa: S101 - asked only where there is one
    steps = ", ".join(step.name for step in journal.done) or "none"
    goes = f" to {journal.to}" if journal.to else ""
    frozen = "; it may only be read until that is done" if journal.frozen else ""
    return f"{journal.operation}{goes} begun {journal.begun:%Y-%m-%d %H:%M:%S} UTC; steps done: {steps}{frozen}"
