"""``shopwright rollback``: a kept release becomes live again."""

import asyncio

import click

from shopwright.cli.recorded import record_options, recording
from shopwright.cli.target import json_option, networks, opened, purge_options, show, tell, to_option, trusted
from shopwright.storage.releases.pointer import Pointer
from shopwright.storage.releases.rollback import rollback as switch_back


@click.command()
@click.argument("release", default="", metavar="[ID]")
@to_option
@purge_options
@record_options
@json_option
def rollback(
    release: str, target: str, purge: tuple[str, ...], site_url: str, store: str | None, tenant: str, as_json: bool
) -> None:
    """Make release ID live again, by default the one that was live before.

    Nothing is uploaded: one pointer is switched.
    """
    told = networks(purge, site_url)
    objects = opened(target)

    def switch() -> Pointer:
        return switch_back(objects, trusted(), release)

    pointer = asyncio.run(recording(tenant, store).roll_back(switch)) if store else switch()
    record = {"release": pointer.release, "before": list(pointer.before)}
    show(record, f"Release {pointer.release} is live at {objects.name}.", as_json=as_json)
    tell(told, objects, pointer)
