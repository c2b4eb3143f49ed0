"""``shopwright releases``: what a target keeps."""

from dataclasses import asdict

import click

from shopwright.cli.target import json_option, opened, show, to_option
from shopwright.storage.releases.listing import Kept, kept_releases


@click.command()
@to_option
@json_option
def releases(target: str, as_json: bool) -> None:
    """List the releases a target keeps, the live one first."""
    found = kept_releases(opened(target))
    record = {"live": found[0].release, "releases": [asdict(each) for each in found]}
    show(record, "\n".join(map(_line, found)), as_json=as_json)


def _line(kept: Kept) -> str:
    state = "live" if kept.live else "    "
    what = f"{kept.files:>8,} files {kept.bytes / 1e6:>10,.1f} MB" if kept.files else "damaged"
    return f"{kept.release}  {state}  {kept.published}  {what}"
