"""What the commands on users share: whose they are, how they are opened, how a user and a link are told of."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import click

from shopwright.access.client import Client
from shopwright.access.documents import UserDocument
from shopwright.access.host import link_address
from shopwright.bootstrap.identity.opened import MACHINE, open_staff
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.identity.staff import Staff
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import TENANT
from shopwright.cli.recording import user_name
from shopwright.cli.target import show
from shopwright.settings import current_database_settings

R = TypeVar("R")

LINK_PATH = "/link"
"""Of the console's page that takes one-time links."""

tenant_option = click.option(
    "--tenant", default=TENANT, help=f"Whose users (default: {TENANT}); `control`: the platform's operators."
)
console_option = click.option("--console", default="", help="Address of the console: the whole link is printed then.")


def with_staff(tenant: str, work: Callable[[Staff], Awaitable[R]]) -> R:
    """The result of what is done with a tenant's users. Raises what that raises, and ``DatabaseError``."""

    async def run() -> R:
        settings = current_database_settings()
        async with open_platform(settings) as platform, open_staff(platform, tenant, user_name()) as staff:
            return await work(staff)

    return asyncio.run(run())


def here_and_now() -> Client:
    """Where commands come from, and when."""
    return Client(MACHINE, dt.datetime.now(dt.UTC))


def show_user(user: UserDocument, *, as_json: bool) -> None:
    """Print a user, without anything that could prove to be them."""
    show(as_json_object(user), told(user), as_json=as_json)


def show_letter(letter: Letter, console: str, *, as_json: bool) -> None:
    """Print a link, for who is to pass it on: it is shown this once."""
    link = link_address(console.rstrip("/"), LINK_PATH, letter.token) if console else letter.token.value
    show({"email": letter.to.text, "link": link.text}, f"For {letter.to.text} only, once: {link.text}", as_json=as_json)


def as_json_object(user: UserDocument) -> dict[str, Any]:
    """The object ``--json`` prints."""
    shown = {"id", "email", "name", "role", "status", "created"}
    return user.model_dump(mode="json", include=shown) | {"factors": factors(user)}


def told(user: UserDocument) -> str:
    """A user in one line."""
    return f"{user.id}  {user.email}  {user.role}  {user.status}  {', '.join(factors(user)) or 'no second factor'}"


def factors(user: UserDocument) -> list[str]:
    """What there is to ask for after the password."""
    app = ["app"] if user.totp else []
    return [*app, *(f"passkey {passkey.name}" for passkey in user.passkeys)]
