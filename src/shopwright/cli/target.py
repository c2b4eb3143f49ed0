"""What the commands on releases share: where a target is, whose releases are trusted, which CDNs hear of a switch."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
import orjson

from shopwright.settings import current_aws, current_settings
from shopwright.storage.objects.target import Target, open_target
from shopwright.storage.purge.networks import Network, changed_since, open_network
from shopwright.storage.releases.pointer import Pointer
from shopwright.storage.releases.signing import Trust, load_trust

Command = TypeVar("Command", bound=Callable[..., Any])

to_option = click.option("--to", "target", required=True, help="A folder, or s3://bucket/prefix.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


def purge_options(command: Command) -> Command:
    """Add what a command needs that switches a release."""
    named = click.option("--site-url", default="", help="Address of the store; --purge cloudflare needs it.")
    purge = click.option(
        "--purge", multiple=True, help="cloudfront:DISTRIBUTION, cloudflare:ZONE or fastly:SERVICE; repeatable."
    )
    return purge(named(command))


def opened(target: str) -> Target:
    """The target a command names. Raises ``SettingsError``."""
    return open_target(target, current_aws())


def trusted() -> Trust:
    """The keys of this machine. Raises ``StorageError``."""
    settings = current_settings()
    return load_trust(settings.release_key, settings.trusted_keys)


def networks(named: tuple[str, ...], site_url: str) -> list[Network]:
    """The CDNs a command names, before anything is done. Raises ``SettingsError``."""
    return [open_network(text, site_url, current_settings(), current_aws()) for text in named] if named else []


def tell(networks: list[Network], objects: Target, pointer: Pointer) -> int:
    """Let each CDN forget what the last switch changed; returns how many addresses. Raises ``StorageError``."""
    if not networks:
        return 0
    changed = changed_since(objects, pointer)
    for network in networks:
        network.purge(changed)
    return len(changed.addresses)


def show(record: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Print a result in the form that was asked for."""
    click.echo(orjson.dumps(record).decode() if as_json else text)
