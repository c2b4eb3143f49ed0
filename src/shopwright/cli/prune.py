"""``shopwright prune``: old releases, and the files that only they need, are removed."""

import click

from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, opened, show, to_option
from shopwright.storage.releases.prune import prune as remove_old


@click.command()
@click.option("--keep", required=True, type=click.IntRange(min=1), help="Releases to keep, the live one among them.")
@to_option
@json_option
def prune(keep: int, target: str, as_json: bool) -> None:
    """Remove all but the newest releases, and the files that none of those needs.

    What is live or being published stays.
    """
    done = remove_old(opened(target), keep)
    record = {"removed": list(done.releases), "files": done.files, "bytes": done.bytes, "kept": list(done.kept)}
    text = (
        f"{counted(len(done.releases), 'release')} and {counted(done.files, 'file')} "
        f"({done.bytes / 1e6:,.1f} MB) removed, "
        f"{counted(len(done.kept), 'release')} kept."
    )
    show(record, text, as_json=as_json)
