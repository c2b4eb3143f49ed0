"""``shopwright verify``: everything a target keeps is read and compared with what it should be."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, opened, show, to_option, trusted
from shopwright.storage.releases.verify import Verified, repair
from shopwright.storage.releases.verify import verify as check

_SHOWN = 20


@click.command()
@to_option
@click.option("--repair", "site", type=click.Path(path_type=Path), help="A built folder to take lost files from.")
@json_option
def verify(target: str, site: Path | None, as_json: bool) -> None:
    """Read every file of every release and check its hash and the release's signature.

    The status is 1 when something is missing, corrupt or not to be trusted, and was not repaired.
    """
    objects = opened(target)
    done = repair(objects, trusted(), site) if site else check(objects, trusted())
    show(asdict(done) | {"sound": done.sound}, _text(done), as_json=as_json)
    if not done.sound:
        sys.exit(1)


def _text(done: Verified) -> str:
    lines = [f"{counted(done.blobs, 'file')} of {counted(done.releases, 'release')} read."]
    for what, names in (
        ("missing", done.missing),
        ("corrupt", done.corrupt),
        ("repaired", done.repaired),
        ("not trusted", done.refused),
    ):
        lines += [f"{what}: {name}" for name in names[:_SHOWN]]
        if len(names) > _SHOWN:
            lines.append(f"{what}: {len(names) - _SHOWN:,} more")
    return "\n".join([*lines, "All is well." if done.sound else "Publish the site again, or run verify --repair SITE."])
