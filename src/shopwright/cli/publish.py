"""``shopwright publish``: a built store becomes the live release of a target."""

import asyncio
import sys
from pathlib import Path

import click

from shopwright.cli.counted import counted
from shopwright.cli.recorded import record_options, recording
from shopwright.cli.target import json_option, networks, opened, purge_options, show, tell, to_option
from shopwright.generation.audit_record import refuse_unaudited
from shopwright.generation.manifest import site_base
from shopwright.settings import current_settings
from shopwright.storage.releases.publish import Published
from shopwright.storage.releases.publish import publish as publish_site
from shopwright.storage.releases.signing import load_signer


@click.command()
@click.argument("site", type=click.Path(path_type=Path))
@to_option
@purge_options
@click.option("--unaudited", is_flag=True, help="Publish a folder that Shopwright did not build or audit.")
@record_options
@click.option("--revision", type=click.IntRange(min=0), help="With --store: the revision that was built.")
@json_option
def publish(
    site: Path,
    target: str,
    purge: tuple[str, ...],
    site_url: str,
    unaudited: bool,
    store: str | None,
    tenant: str,
    revision: int | None,
    as_json: bool,
) -> None:
    """Publish SITE, a folder made by shopwright build that has passed its audit.

    A folder whose audit failed or is missing, or whose files have changed since, is refused. Only what the target
    lacks is uploaded; then the release becomes live in one step. With --store, the database holds which release of the
    store is live.
    """
    if not unaudited:
        refuse_unaudited(site)
    told = networks(purge, site_url)
    objects = opened(target)
    signer, progress = load_signer(current_settings().release_key), _Progress(quiet=as_json)

    def send() -> Published:
        return publish_site(site, objects, signer, site_base(site), progress)

    done = asyncio.run(recording(tenant, store).publish(site, revision, send)) if store else send()
    record = {
        "release": done.release,
        "files": done.files,
        "uploaded": done.uploaded,
        "bytes_uploaded": done.bytes_uploaded,
        "seconds": done.seconds,
    }
    text = (
        f"Release {done.release} is live at {objects.name}: {counted(done.files, 'file')}, "
        f"{done.uploaded:,} of them uploaded "
        f"({done.bytes_uploaded / 1e6:,.1f} MB) in {done.seconds:.1f} s."
    )
    show(record, text, as_json=as_json)
    purged = tell(told, objects, done.pointer)
    if told and not as_json:
        click.echo(f"{counted(purged, 'changed address', 'changed addresses')} purged.")


class _Progress:
    """One line that counts, where somebody looks on."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        if not self._quiet and (done % 100 == 0 or done == of):
            click.echo(f"\r{done:,} of {of:,} files uploaded", nl=done == of, err=True)
