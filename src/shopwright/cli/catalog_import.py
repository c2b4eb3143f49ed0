"""``shopwright catalog import``: a source becomes the catalogue that is kept."""

from pathlib import Path

import click

from shopwright.bootstrap.catalog import Catalog, Manner
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Revision
from shopwright.cli.check import print_rows
from shopwright.cli.kept_catalog import author, in_catalog, show_revision, store_options
from shopwright.cli.progress import show_progress
from shopwright.cli.target import json_option, show
from shopwright.errors import ChangeRefused
from shopwright.generation.store_faults import store_folder


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@store_options
@click.option("--partial", is_flag=True, help="Add and change what SOURCE names; leave everything else as it is.")
@click.option("--store-file", type=click.Path(path_type=Path), help="A store.yaml: name, languages, currency.")
@click.option(
    "--pictures-folder", multiple=True, type=click.Path(path_type=Path), help="Where picture files lie; repeatable."
)
@json_option
def import_(
    source: Path,
    store: str,
    tenant: str,
    partial: bool,
    store_file: Path | None,
    pictures_folder: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Bring SOURCE, a catalogue file or a store folder, into the database as one revision.

    All of it or nothing; what does not differ is not written. Without --partial, what SOURCE does not name is deleted.
    """
    opened = open_source(source, store_file=store_file, picture_folders=pictures_folder)
    report = Report()
    with show_progress(hidden=as_json) as progress:
        manner = Manner(partial, store_folder(source, store_file), progress)

        async def bring_in(catalog: Catalog) -> Revision | None:
            return await catalog.bring_in(opened, author(), report, bringing=manner)

        try:
            revision = in_catalog(store, tenant, bring_in, "import")
        except ChangeRefused:
            print_rows(opened, report, error=True)
            raise
    if as_json:
        made = revision.as_json() if revision else None
        show({"revision": made, "report": report.as_json()}, "", as_json=True)
    else:
        print_rows(opened, report)
        show_revision(revision, as_json=False)
