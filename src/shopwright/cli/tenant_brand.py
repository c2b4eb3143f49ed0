"""``shopwright tenant brand``: what a tenant's stores take where their own store.yaml says nothing."""

import asyncio
from pathlib import Path
from typing import Any

import click
import orjson

from shopwright.audit.event import actor_named
from shopwright.bootstrap.customisation import Customisation
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.errors import SettingsError
from shopwright.multi_tenant.customisation.look import LOGOS, Look
from shopwright.settings import current_database_settings, current_settings

_PARTS = tuple(name for name in Look.model_fields if name != "logo_text")


@click.command()
@click.argument("tenant")
@click.option("--accent", help="Colour of links and buttons, such as #0f766e.")
@click.option("--accent-dark", help="The same on dark pages (default: a tone of --accent).")
@click.option(
    "--exact/--not-exact", default=None, help="Refuse a colour that cannot be read, instead of correcting it."
)
@click.option("--logo", type=click.Path(path_type=Path), help="Picture file of the logo.")
@click.option("--logo-dark", type=click.Path(path_type=Path), help="Picture file of the logo on dark pages.")
@click.option("--logo-text", help="What the logo says, for who does not see it.")
@click.option("--theme", help="A built-in theme, or one of the tenant's own.")
@click.option("--locale", "locales", multiple=True, help="A language, the default one first; repeatable.")
@click.option("--currency", help="Three letters of ISO 4217.")
@click.option("--markets", help="Markets as store.yaml has them, as JSON.")
@click.option("--clear", multiple=True, type=click.Choice(_PARTS), help="Take a part back; repeatable.")
@json_option
def brand(
    tenant: str,
    accent: str | None,
    accent_dark: str | None,
    exact: bool | None,
    logo: Path | None,
    logo_dark: Path | None,
    logo_text: str | None,
    theme: str | None,
    locales: tuple[str, ...],
    currency: str | None,
    markets: str | None,
    clear: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the look of TENANT, which its stores take where they say nothing themselves. With options, change it."""
    parts: dict[str, Any] = {"accent": accent, "accent_dark": accent_dark, "exact": exact, "logo_text": logo_text}
    parts |= {"theme": theme, "locales": locales or None, "currency": currency, "markets": _read(markets)}
    changes = {name: value for name, value in parts.items() if value is not None}
    changes |= dict.fromkeys(clear)
    logos = {name: path for name, path in zip(LOGOS, (logo, logo_dark), strict=True) if path}
    asked = Customisation(current_database_settings(), current_settings().cache, tenant, actor_named(user_name()))
    if changes or logos:
        look, told = asyncio.run(asked.change(changes, logos))
        for line in told:
            click.echo(line, err=True)
    else:
        look = asyncio.run(asked.look())
    record = look.model_dump(mode="json", exclude_defaults=True)
    lines = [f"  {name}: {value}" for name, value in record.items()] or ["  nothing of its own"]
    show({"tenant": tenant, "look": record}, "\n".join([f"{tenant}:", *lines]), as_json=as_json)


def _read(markets: str | None) -> Any:  # noqa: ANN401 - whatever the JSON is; the look says whether it is markets
    try:
        return None if markets is None else orjson.loads(markets)
    except orjson.JSONDecodeError:
        raise SettingsError("It is no JSON", where="--markets", remedy="See docs/reference/brand.md.") from None
